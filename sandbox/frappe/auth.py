"""Who is signed in."""

import frappe


@frappe.whitelist()
def get_logged_user():
	return frappe.session.user
