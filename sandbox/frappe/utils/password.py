"""The site's secret. Password fields themselves are not in the sandbox."""

import frappe


def get_encryption_key() -> str:
	"""A key kept for the life of the site, made at first use."""
	if not frappe.local.conf.encryption_key:
		frappe.local.site_object.set_config("encryption_key", frappe.generate_hash(length=44))
	return frappe.local.conf.encryption_key
