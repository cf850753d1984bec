"""Defaults of the site and of each user, kept in DefaultValue rows."""

import frappe


def get_defaults() -> frappe._dict:
	user = frappe.session.user
	return frappe._dict(_values("__default")).update(_values(user), user=user, owner=user)


def get_user_default(key):
	return _values(frappe.session.user).get(key) or _values("__default").get(key)


def _values(parent) -> dict:
	filters = {"parent": parent}
	return dict(frappe.db.get_values("DefaultValue", filters, ["defkey", "defvalue"], order_by=None))
