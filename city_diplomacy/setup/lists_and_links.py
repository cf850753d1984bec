"""Showing people and departments by name wherever a record links to them, and lists with room for what they say."""

import frappe

from city_diplomacy.setup.custom_fields import LINK_TITLES, WIDE_LISTS

DOCTYPE, LIST = "Property Setter", "List View Settings"


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
			# Install and migrate run in nobody's name.
		).insert(ignore_permissions=True)
		frappe.clear_cache(doctype=doctype)


def remove_names_in_links() -> None:
	"""Take back what `show_names_in_links` set and nobody changed."""
	for doctype, prop, _kind, value in LINK_TITLES:
		frappe.db.delete(
			DOCTYPE, {"doc_type": doctype, "property": prop, "value": value, "module": "Partnerships"}
		)
		frappe.clear_cache(doctype=doctype)


def widen_lists() -> None:
	"""Once, on install or upgrade: lists somebody has arranged already stay as they are."""
	for doctype, columns in WIDE_LISTS.items():
		if not frappe.db.exists(LIST, doctype):
			settings = frappe.get_doc({"doctype": LIST, "name": doctype, "total_fields": str(columns)})
			# Install and upgrade run in nobody's name.
			settings.insert(ignore_permissions=True)


def remove_wide_lists() -> None:
	"""Take the arrangement of our lists with the lists."""
	frappe.db.delete(LIST, {"name": ["in", list(WIDE_LISTS)]})
