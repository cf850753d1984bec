"""Partners, agreements and trade leads entered before are found under any of their names, and partners compared by them."""

import frappe

from city_diplomacy.domain.names import search_key
from city_diplomacy.partnerships.agreement_names import refresh_agreements
from city_diplomacy.partnerships.name_index import NAME_FIELDS, index_names
from city_diplomacy.setup.search_bar import offer_in_search_bar

CHUNK = 500


def execute() -> None:
	offer_in_search_bar()
	for doctype in NAME_FIELDS:
		for names in _chunks(doctype):
			known_as = {}
			for name in names:
				doc = frappe.get_doc(doctype, name)
				doc.set_search_names()
				doc.db_set("search_names", doc.search_names, update_modified=False)
				known_as[name] = [doc.get(doc.NAME_FIELD), *doc.other_names()]
			index_names(doctype, known_as)
	for names in _chunks("MOU"):
		refresh_agreements(names)
	for names in _chunks("Trade Lead"):
		for name in names:
			company = frappe.db.get_value("Trade Lead", name, "company_name")
			found_by = search_key([name, company or ""])
			frappe.db.set_value("Trade Lead", name, "search_names", found_by, update_modified=False)


def _chunks(doctype: str) -> list[list[str]]:
	names = frappe.get_all(doctype, pluck="name", order_by="name asc", limit_page_length=0)
	return [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
