"""Partners entered before are found among many by the words of their names, whatever language these are in."""

import frappe

from city_diplomacy.partnerships.name_index import NAME_FIELDS, index_names, names_of

CHUNK = 500


def execute() -> None:
	for doctype in NAME_FIELDS:
		records = frappe.get_all(doctype, pluck="name", order_by="name asc", limit_page_length=0)
		for start in range(0, len(records), CHUNK):
			index_names(doctype, names_of(doctype, records[start : start + CHUNK]))
