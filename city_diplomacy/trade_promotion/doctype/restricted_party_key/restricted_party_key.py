import frappe

from city_diplomacy.registers.register import Register


class RestrictedPartyKey(Register):
	"""A key under which an entry of a list is found; written by the import of the list alone."""


def on_doctype_update() -> None:
	frappe.db.add_index("Restricted Party Key", ["name_key", "restricted_party"], "parties_alike")
	frappe.db.add_index("Restricted Party Key", ["restricted_party"], "keys_of_party")
