"""Partners entered before are found among many by the words of their names, whatever language these are in."""

import frappe

from city_diplomacy.partnerships.partners.name_index import NAME_FIELDS, index_names, names_of
from city_diplomacy.registers.many_rows import in_lots


def execute() -> None:
	for doctype in NAME_FIELDS:
		records = frappe.get_all(doctype, pluck="name", order_by="name asc", limit_page_length=0)
		for names in in_lots(records):
			index_names(doctype, names_of(doctype, names))
