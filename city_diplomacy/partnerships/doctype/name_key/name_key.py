import frappe

from city_diplomacy.registers.register import Register


class NameKey(Register):
	"""A key under which a partner is found when a like name is entered; written by `partners/name_index.py` alone."""


def on_doctype_update() -> None:
	frappe.db.add_index("Name Key", ["name_key", "record_type", "record"], "names_alike")
	frappe.db.add_index("Name Key", ["record_type", "record"], "keys_of_record")
