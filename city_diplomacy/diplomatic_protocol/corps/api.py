"""What browsers ask of the consular corps."""

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.corps import roster
from city_diplomacy.partnership_approvals.arguments import Day, Name, checked
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import day_asked


@frappe.whitelist()
@checked
def compare(first: Name, second: Name, day: Day = "") -> dict[str, str]:
	"""Why one of two missions stands before the other on a day: {"sentence", "rule"}."""
	for mission in (first, second):
		readable(roster.MISSION, mission)
	sentence, rule = roster.why_before(first, second, day_asked(day, _("As of")))
	return {
		"sentence": sentence or _("Choose two missions that are open on that day."),
		"rule": rule,
	}
