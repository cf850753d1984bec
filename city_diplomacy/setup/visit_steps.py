"""The steps of visits a site starts with; from then on they are the office's own."""

import frappe

from city_diplomacy.access.rights import MANAGER, PROTOCOL
from city_diplomacy.domain.protocol.visits import VisitDirection, VisitKind

IN, OUT = VisitDirection.INBOUND, VisitDirection.OUTBOUND

# what is to be done, days from arrival, direction, kind, role
CHECKLIST_STEPS = (
	("Ask who is coming", -21, IN, "", PROTOCOL),
	("Book interpreters", -14, IN, "", PROTOCOL),
	("Agree the programme with the delegation", -14, IN, "", PROTOCOL),
	("Ask departments and hosts to take part", -14, IN, "", ""),
	("Order gifts", -10, "", VisitKind.OFFICIAL, PROTOCOL),
	("Arrange vehicles, parking and security", -7, IN, "", PROTOCOL),
	("Prepare seating, flags and place cards", -7, IN, VisitKind.OFFICIAL, PROTOCOL),
	("Match companies and book meetings", -21, "", VisitKind.TRADE_MISSION, ""),
	("Confirm that a teacher or guide accompanies the group", -14, "", VisitKind.STUDENT, ""),
	("Agree what may be filmed and quoted", -7, "", VisitKind.MEDIA, ""),
	("Write the briefing book", -5, "", "", PROTOCOL),
	("Brief whoever receives or travels", -1, "", "", PROTOCOL),
	("Authorise travel and disclose who pays", -30, OUT, "", MANAGER),
	("Tell the partner who is coming", -14, OUT, "", ""),
	("Log gifts given and received", 3, "", "", PROTOCOL),
	("Send thank-you letters", 5, "", "", PROTOCOL),
	("Record what was promised", 5, "", "", ""),
	("Settle travel costs", 14, OUT, "", ""),
)


def seed_checklist_steps() -> None:
	"""The steps a site starts with. Called once, so that what is deleted stays deleted."""
	for name, days, direction, kind, role in CHECKLIST_STEPS:
		if frappe.db.exists("Visit Checklist Step", name):
			continue
		step = frappe.get_doc(
			{
				"doctype": "Visit Checklist Step",
				"step_name": name,
				"days": days,
				"direction": direction or None,
				"visit_kind": kind or None,
				"role": role or None,
			}
		)
		# Seeding runs at install and in a patch, in nobody's name.
		step.insert(ignore_permissions=True)
