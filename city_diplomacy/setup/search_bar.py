"""Letting Desk's search bar find our records on a site that was set up before the app came."""

import frappe

from city_diplomacy.hooks import global_search_doctypes


def offer_in_search_bar() -> None:
	"""Add the DocTypes of our hook to Global Search Settings, once: what an administrator takes out stays out."""
	settings = frappe.get_doc("Global Search Settings")
	listed = {row.document_type for row in settings.allowed_in_global_search}
	missing = [one["doctype"] for one in global_search_doctypes["Default"] if one["doctype"] not in listed]
	for doctype in missing:
		settings.append("allowed_in_global_search", {"document_type": doctype})
	if missing:
		# Install and upgrade run in nobody's name.
		settings.save(ignore_permissions=True)
