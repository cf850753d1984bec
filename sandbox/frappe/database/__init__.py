"""`frappe.database`: see database.py."""
