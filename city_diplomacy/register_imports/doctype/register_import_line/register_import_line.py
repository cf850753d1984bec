import frappe
from frappe.model.document import Document


class RegisterImportLine(Document):
	"""A line of an import; written by `register_imports.lines` beneath this layer and read through the import alone."""


def on_doctype_update() -> None:
	frappe.db.add_index("Register Import Line", ["register_import", "outcome", "line"])
	frappe.db.add_index("Register Import Line", ["register_import", "double_key"])
