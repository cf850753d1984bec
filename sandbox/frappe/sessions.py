"""The session's CSRF token."""

import frappe


def get_csrf_token() -> str:
	if not frappe.session.data.csrf_token:
		frappe.session.data.csrf_token = frappe.generate_hash()
	return frappe.session.data.csrf_token
