"""Partners, agreements and trade leads entered before are found under any of their names, and partners compared by them.

A statement a lot, not a record: a register of a hundred thousand partners and agreements stays within what Frappe
writes in one transaction.
"""

from typing import Any

import frappe

from city_diplomacy.domain.names.similarity import search_key
from city_diplomacy.partnerships.agreement_names import refresh_agreements
from city_diplomacy.partnerships.name_index import NAME_FIELDS, index_names
from city_diplomacy.setup.search_bar import offer_in_search_bar

LOT = 500


def execute() -> None:
	offer_in_search_bar()
	for doctype, name_field in NAME_FIELDS.items():
		for names in _lots(doctype):
			partners = _partners(doctype, names)
			found_by, known_as = {}, {}
			for partner in partners:
				partner.set_search_names()
				found_by[partner.name] = {"search_names": partner.search_names}
				known_as[partner.name] = [partner.get(name_field), *partner.other_names()]
			frappe.db.bulk_update(doctype, found_by, chunk_size=LOT, update_modified=False)
			index_names(doctype, known_as)
	for names in _lots("MOU"):
		refresh_agreements(names)
	for names in _lots("Trade Lead"):
		rows = _rows("Trade Lead", {"name": ["in", names]}, ["name", "company_name"])
		found_by = {
			row.name: {"search_names": search_key([row.name, row.company_name or ""])} for row in rows
		}
		frappe.db.bulk_update("Trade Lead", found_by, chunk_size=LOT, update_modified=False)


def _partners(doctype: str, names: list[str]) -> list[Any]:
	"""The partners as documents with what their names are made of, read in two statements."""
	also_known_as: dict[str, list[dict]] = {name: [] for name in names}
	other_names = {"parenttype": doctype, "parent": ["in", names]}
	for row in _rows("Alternate Name", other_names, ["parent", "alternate_name"]):
		also_known_as[row.parent].append({"alternate_name": row.alternate_name})
	return [
		frappe.get_doc({**row, "doctype": doctype, "alternate_names": also_known_as[row.name]})
		for row in _rows(doctype, {"name": ["in", names]}, ["*"])
	]


def _lots(doctype: str) -> list[list[str]]:
	names = [row.name for row in _rows(doctype, {}, ["name"])]
	return [names[start : start + LOT] for start in range(0, len(names), LOT)]


def _rows(doctype: str, filters: dict[str, Any], fields: list[str]) -> list[Any]:
	return frappe.get_all(doctype, filters, fields, limit_page_length=0)
