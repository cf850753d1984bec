"""What the council clerk's page needs: its address, the choices, the members who voted last, earlier records."""

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _

from city_diplomacy.domain.route.council import Outcome, Vote
from city_diplomacy.partnership_approvals.council import action
from city_diplomacy.templates.page import day

ROWS_OF_VOTES = 5


def address_for(row: Any) -> str:
	"""The page on which the signed-in person records what the council did with a clearance; empty if they may not."""
	return f"/council-action/{row.name}" if action.may_record(row) else ""


PAPERS = ("Council Agenda Packet", "Council Staff Report")


def papers(doc: Any) -> list[dict[str, str]]:
	"""The papers of an agreement for the council, with where they are printed; none for one who may not print it."""
	if doc.doctype != "MOU" or not doc.has_permission("print"):
		return []
	return [
		{
			"name": _(paper),
			"link": "/printview?" + urlencode({"doctype": "MOU", "name": doc.name, "format": paper}),
		}
		for paper in PAPERS
	]


def choices(onward: str) -> list[tuple[str, str, str, str]]:
	"""The outcomes as (value, label, meaning, what follows)."""
	meanings = {
		Outcome.ADOPTED: (_("On the text as it is."), onward),
		Outcome.ADOPTED_AS_AMENDED: (
			_("You write the text as adopted below."),
			_("Those who had cleared the old words are asked again; the council is not."),
		),
		Outcome.REJECTED: (_("The council said no."), _("The sponsor and the office are told.")),
		Outcome.CONTINUED: (_("It comes back in another meeting."), _("The question stays with you.")),
		Outcome.REFERRED: (_("It goes to a committee first."), _("The question stays with you.")),
	}
	return [(str(outcome), _(str(outcome)), *meanings[outcome]) for outcome in Outcome]


def instruments() -> list[str]:
	options = frappe.get_meta(action.DOCTYPE).get_field("instrument").options
	return [option for option in options.split("\n") if option]


def votes() -> list[str]:
	return [str(vote) for vote in Vote]


def members() -> list[str]:
	"""The members in the latest record the person may see, or blank rows for a first one."""
	if not frappe.has_permission(action.DOCTYPE, "read"):
		# Whoever stands in for the clerk writes the members' names themselves.
		return [""] * ROWS_OF_VOTES
	latest = frappe.get_list(
		action.DOCTYPE,
		filters=[["docstatus", "=", 1], ["Council Vote", "member", "is", "set"]],
		order_by="council_meeting_date desc",
		limit=1,
		pluck="name",
	)
	names = [row.member for row in frappe.get_doc(action.DOCTYPE, latest[0]).votes] if latest else []
	return names or [""] * ROWS_OF_VOTES


def earlier(clearance: str) -> list[dict[str, Any]]:
	"""What the council did with it before, latest first, as far as the person may see it."""
	if not frappe.has_permission(action.DOCTYPE, "read"):
		return []
	rows = frappe.get_list(
		action.DOCTYPE,
		filters={"clearance": clearance, "docstatus": 1},
		fields=["name", "outcome", "file_number", "council_meeting_date", "continued_to", "referred_to"],
		order_by="council_meeting_date desc",
	)
	return [{**row, "met": day(row.council_meeting_date), "words": _(row.outcome)} for row in rows]
