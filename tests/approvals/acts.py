"""What the people of a `Workers` do besides calling the public interface."""

import frappe


def save_field(name: str, fieldname: str, value: str) -> None:
	"""As Desk's save does: the whole document as it was read before, with one field changed."""
	doc = frappe.get_doc("MOU", name)
	doc.set(fieldname, value)
	doc.save()
