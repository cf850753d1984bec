"""Directory entries nobody ever verified are due since the day they were entered."""

import frappe


def execute() -> None:
	never = frappe.get_all(
		"Diaspora Organisation",
		{"last_verified": ["is", "not set"], "next_verification": ["is", "not set"]},
		["name", "creation"],
		limit_page_length=0,
	)
	for row in never:
		frappe.db.set_value(
			"Diaspora Organisation",
			row.name,
			"next_verification",
			frappe.utils.getdate(row.creation),
			update_modified=False,
		)
