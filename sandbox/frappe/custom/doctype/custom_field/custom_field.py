"""Fields added to a DocType on this site."""

import frappe


def create_custom_fields(custom_fields: dict, ignore_validate=False):
	"""Create, or bring up to date, the fields of each DocType: {"Lead": [{"fieldname": ...}]}."""
	for doctype, fields in custom_fields.items():
		for df in fields:
			same = {"dt": doctype, "fieldname": df["fieldname"]}
			name = frappe.db.get_value("Custom Field", same)
			if not name:
				values = {"doctype": "Custom Field", "fieldtype": "Data", "is_system_generated": 1, **df}
				frappe.get_doc({**values, "dt": doctype}).insert()
			elif frappe.db.get_value("Custom Field", {**same, **df}) is None:
				frappe.get_doc("Custom Field", name).update(df).save()
