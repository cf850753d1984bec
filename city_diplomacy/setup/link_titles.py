"""Showing people and departments by name wherever a record links to them, and taking that back."""

import frappe

from city_diplomacy.setup.custom_fields import LINK_TITLES

DOCTYPE = "Property Setter"


def show_names_in_links() -> None:
	"""Once, on install or upgrade: what an administrator has set otherwise, or sets later, stays."""
	for doctype, prop, kind, value in LINK_TITLES:
		if frappe.db.exists(DOCTYPE, {"doc_type": doctype, "property": prop}):
			continue
		# Install and upgrade run in nobody's name.
		frappe.get_doc(
			{
				"doctype": DOCTYPE,
				"doctype_or_field": "DocType",
				"doc_type": doctype,
				"property": prop,
				"property_type": kind,
				"value": value,
				"module": "Partnerships",
			}
		).insert(ignore_permissions=True)
		frappe.clear_cache(doctype=doctype)


def remove_names_in_links() -> None:
	"""Take back what `show_names_in_links` set and nobody changed."""
	for doctype, prop, _kind, value in LINK_TITLES:
		frappe.db.delete(
			DOCTYPE, {"doc_type": doctype, "property": prop, "value": value, "module": "Partnerships"}
		)
		frappe.clear_cache(doctype=doctype)
