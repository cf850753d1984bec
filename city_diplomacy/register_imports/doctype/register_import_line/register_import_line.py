import frappe

from city_diplomacy.registers.register import Register


class RegisterImportLine(Register):
	"""A line of an import; written by `register_imports.lines` beneath this layer and read through the import alone."""


def on_doctype_update() -> None:
	frappe.db.add_index("Register Import Line", ["register_import", "outcome", "line"])
	frappe.db.add_index("Register Import Line", ["register_import", "double_key"])
