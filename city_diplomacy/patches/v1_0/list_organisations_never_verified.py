"""Directory entries nobody ever verified are due since the day they were entered."""

import frappe

AT_ONCE = 1000


def execute() -> None:
	never = frappe.get_all(
		"Diaspora Organisation",
		{"last_verified": ["is", "not set"], "next_verification": ["is", "not set"]},
		["name", "creation"],
		limit_page_length=0,
	)
	since = {row.name: {"next_verification": frappe.utils.getdate(row.creation)} for row in never}
	frappe.db.bulk_update("Diaspora Organisation", since, chunk_size=AT_ONCE, update_modified=False)
