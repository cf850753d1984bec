"""Partners, agreements and trade leads entered before are found under any of their names.

The index by which partners are compared is made by `compare_names_by_their_words`. A statement a lot, not a record: a register of a hundred thousand partners and agreements stays within what Frappe
writes in one transaction.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import frappe

from city_diplomacy.domain.names.similarity import search_key
from city_diplomacy.partnerships.agreements.names import refresh_agreements
from city_diplomacy.partnerships.partners.name_index import NAME_FIELDS
from city_diplomacy.registers.many_rows import in_lots
from city_diplomacy.setup.search_bar import offer_in_search_bar


def execute() -> None:
	offer_in_search_bar()
	for doctype in NAME_FIELDS:
		for names in _lots(doctype):
			found_by = {}
			for partner in _partners(doctype, names):
				partner.set_search_names()
				found_by[partner.name] = {"search_names": partner.search_names}
			frappe.db.bulk_update(doctype, found_by, update_modified=False)
	for names in _lots("MOU"):
		refresh_agreements(names)
	for names in _lots("Trade Lead"):
		rows = _rows("Trade Lead", {"name": ["in", names]}, ["name", "company_name"])
		found_by = {
			row.name: {"search_names": search_key([row.name, row.company_name or ""])} for row in rows
		}
		frappe.db.bulk_update("Trade Lead", found_by, update_modified=False)


def _partners(doctype: str, names: Sequence[str]) -> list[Any]:
	"""The partners as documents with what their names are made of, read in two statements."""
	also_known_as: dict[str, list[dict]] = {name: [] for name in names}
	other_names = {"parenttype": doctype, "parent": ["in", names]}
	for row in _rows("Alternate Name", other_names, ["parent", "alternate_name"]):
		also_known_as[row.parent].append({"alternate_name": row.alternate_name})
	return [
		frappe.get_doc({**row, "doctype": doctype, "alternate_names": also_known_as[row.name]})
		for row in _rows(doctype, {"name": ["in", names]}, ["*"])
	]


def _lots(doctype: str) -> Iterator[Sequence[str]]:
	return in_lots([row.name for row in _rows(doctype, {}, ["name"])])


def _rows(doctype: str, filters: dict[str, Any], fields: list[str]) -> list[Any]:
	return frappe.get_all(doctype, filters, fields, limit_page_length=0)
