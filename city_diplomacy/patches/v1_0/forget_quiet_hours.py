"""Messages come at once or once a day: what waited for the end of quiet hours or of days off is planned anew."""

import frappe

from city_diplomacy.partnership_approvals.notices import deliver

GONE = ("quiet_hours", "quiet_from", "quiet_until", "rests_on_days_off")


def execute() -> None:
	frappe.db.delete("Singles", {"doctype": "City Diplomacy Settings", "field": ["in", GONE]})
	deliver.plan_anew()
