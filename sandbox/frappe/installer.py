"""The site's own configuration."""

import frappe


def update_site_config(key: str, value):
	"""Keep a value in site_config.json."""
	frappe.local.site_object.set_config(key, value)
