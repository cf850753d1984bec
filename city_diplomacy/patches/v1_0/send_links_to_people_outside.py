"""How links are sent stands in the settings, and partner organisations nobody ever verified are due like others."""

import frappe

AT_ONCE = 1000
SETTINGS = "City Diplomacy Settings"
FIELDS = ("link_valid_days", "link_mails_at_most", "link_mail_every_days")


def execute() -> None:
	stored = frappe.db.get_singles_dict(SETTINGS)
	for df in frappe.get_meta(SETTINGS).fields:
		if df.fieldname in FIELDS and not stored.get(df.fieldname):
			frappe.db.set_single_value(SETTINGS, df.fieldname, df.default)
	never = frappe.get_all(
		"Partner Organisation",
		{"last_verified": ["is", "not set"], "next_verification": ["is", "not set"]},
		["name", "creation"],
		limit_page_length=0,
	)
	since = {row.name: {"next_verification": frappe.utils.getdate(row.creation)} for row in never}
	frappe.db.bulk_update("Partner Organisation", since, chunk_size=AT_ONCE, update_modified=False)
