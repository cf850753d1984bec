"""My clearances: what is asked of me, the most urgent first, and what I decided lately."""

import frappe
from frappe import _

from city_diplomacy.partnership_approvals import views
from city_diplomacy.templates.page import begin, day, moment, require_sign_in
from city_diplomacy.templates.route_drawing import DECISIONS

DECIDED_SHOWN = 10


def get_context(context) -> None:
	require_sign_in("/clearances")
	page = begin(context, _("My clearances"), here="clearances")
	rows = [
		{
			**row,
			"due": day(row["due"]),
			"asked_on": day(row["asked_on"]),
			"link": f"/clearance/{row['clearance']}",
		}
		for row in views.inbox(frappe.session.user)
	]
	page["questions"] = [row for row in rows if row["kind"] == "answer"]
	to_decide = [row for row in rows if row["kind"] == "decide"]
	page["overdue"] = [row for row in to_decide if row["overdue"]]
	page["waiting"] = [row for row in to_decide if not row["overdue"]]
	page["decided"] = decided_by_me()


def decided_by_me() -> list[dict]:
	"""The last answers of the person signed in; his own words, so no further permission is needed."""
	rows = frappe.get_all(
		"Approval Clearance",
		filters={"decided_by": frappe.session.user, "state": "Decided"},
		fields=["name", "seat", "reference_name", "decision", "decided_on"],
		order_by="decided_on desc",
		limit=DECIDED_SHOWN,
	)
	titles = dict(
		frappe.get_all(
			"MOU",
			filters={"name": ("in", [row.reference_name for row in rows])},
			fields=["name", "title"],
			as_list=True,
		)
		if rows
		else ()
	)
	return [
		{
			"link": f"/clearance/{row.name}",
			"seat": row.seat,
			"title": titles.get(row.reference_name, row.reference_name),
			"icon": DECISIONS[row.decision][0],
			"words": _(DECISIONS[row.decision][1]),
			"decided_on": moment(row.decided_on),
		}
		for row in rows
	]
