"""Showing people and departments by name wherever a record links to them, and lists with room for what they say."""

import frappe

from city_diplomacy.access.rows import FRAPPE
from city_diplomacy.setup.custom_fields import LINK_TITLES, WIDE_LISTS

DOCTYPE, LIST = "Property Setter", "List View Settings"


def show_names_in_links() -> None:
	"""Once, on install or upgrade: what an administrator has set otherwise, or sets later, stays."""
	for doctype, prop, kind, value in LINK_TITLES:
		if _is_lost_in_lists(doctype) or frappe.db.exists(DOCTYPE, {"doc_type": doctype, "property": prop}):
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
		_take_back(doctype, prop, value)


def remove_names_lists_would_lose() -> None:
	"""Take back what `show_names_in_links` set before the site came to a Frappe whose lists cannot bear it."""
	for doctype, prop, _kind, value in LINK_TITLES:
		if _is_lost_in_lists(doctype):
			_take_back(doctype, prop, value)


def _is_lost_in_lists(doctype: str) -> bool:
	"""Whether lists leave out records for the sake of this DocType's titles.

	Frappe 16 reads a link's title under the conditions of the DocType it comes from. An account has the condition
	that it is not the Administrator's, so a list left out every record whose person is the Administrator or empty.
	"""
	return FRAPPE >= 16 and doctype == "User"


def _take_back(doctype: str, prop: str, value: str) -> None:
	ours = {"doc_type": doctype, "property": prop, "value": value, "module": "Partnerships"}
	if frappe.db.exists(DOCTYPE, ours):
		frappe.db.delete(DOCTYPE, ours)
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
