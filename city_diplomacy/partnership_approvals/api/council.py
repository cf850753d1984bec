"""What the pages and the form of the council's clerk call. Reading is GET, what writes is POST only."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.route.states import OPEN
from city_diplomacy.partnership_approvals.arguments import (
	Count,
	Day,
	FileAddress,
	Filters,
	Line,
	Name,
	PageLength,
	RoutedDoctypeName,
	Rows,
	Start,
	Words,
	checked,
)
from city_diplomacy.partnership_approvals.council import action as council
from city_diplomacy.partnership_approvals.council import minutes, texts
from city_diplomacy.partnership_approvals.engine import seats
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routed_here, routing_of


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def record_council_action(
	clearance: Name,
	outcome: Line,
	file_number: Line,
	council_meeting_date: Day,
	committee_meeting_date: Day = None,
	instrument: Line = None,
	instrument_number: Line = None,
	effective_date: Day = None,
	mover: Line = None,
	seconder: Line = None,
	votes: Rows = None,
	ayes: Count = None,
	noes: Count = None,
	absent: Count = None,
	abstained: Count = None,
	recused: Count = None,
	amendments: Rows = None,
	continued_to: Day = None,
	referred_to: Line = None,
	attested_copy: FileAddress = None,
	notes: Words = None,
) -> dict[str, Any]:
	"""Enter what the council did and submit it, for the clerk whose seat `clearance` is.

	`votes` are [{"member", "vote"}] or left out for counts alone, `amendments` [{"fieldname", "text"}], dates ISO
	texts, `attested_copy` the URL of an uploaded File. Answers as every act on a clearance does, with
	"council_action", the record's name; the same record sent twice is entered once.
	"""
	# Every argument is a field of the record.
	action = _drafted(dict(locals()))
	route, row = seats.lock_known(clearance)
	# Whoever stands in for the clerk has not their role; for whom they answer, the ledger says.
	action.flags.ignore_permissions = council.is_councils(row) and council.stands_in(row)
	if not action.flags.ignore_permissions:
		frappe.has_permission(council.DOCTYPE, "submit", throw=True)
	if recorded := council.recorded_as(row, action):
		return {**seats.answer_of(route, row, row.decision), "council_action": recorded}
	# It is submitted in the same breath, so whatever is wrong or missing is said at once.
	action.flags.is_final = True
	action.insert()
	action.submit()
	route, row = seats.lock_known(clearance)
	answer = seats.answer_of(route, row, row.decision)
	if not row.decision:
		answer["message"] = _("It is recorded as {0}. The question to the council stays open.").format(
			action.name
		)
	return {**answer, "council_action": action.name}


@frappe.whitelist()
@checked
def open_questions(
	doctype: Line, txt: Line, searchfield: Line, start: Start, page_len: PageLength, filters: Filters = None
) -> list[tuple[str, str, str]]:
	"""What the form offers as the question a record answers: those open before a council, as a link search.

	Rows of (name, document, seat), of the documents the signed-in person may read; `doctype`, `searchfield` and
	`filters` are what every link search is given, and change nothing here.
	"""
	asked_in = [routing_of(routed).council_state for routed in routed_here()]
	return frappe.get_list(
		"Approval Clearance",
		filters={
			"workflow_state": ["in", sorted(state for state in asked_in if state)],
			"state": ["in", OPEN],
		},
		or_filters={field: ["like", f"%{txt}%"] for field in ("name", "reference_name", "seat")},
		fields=["name", "reference_name", "seat"],
		limit_start=cint(start),
		limit_page_length=cint(page_len),
		as_list=True,
	)


@frappe.whitelist()
@checked
def texts_to_amend(doctype: RoutedDoctypeName, name: Name) -> list[dict[str, str]]:
	"""The texts of a document the council may adopt in its own words, as they stand."""
	return texts.list_for(doctype, name)


def _drafted(given: dict[str, Any]) -> Any:
	"""A record with the values a page sent, what is blank left out; of rows only the columns there are."""
	for table, columns in (("votes", ("member", "vote")), ("amendments", ("fieldname", "text"))):
		given[table] = [{column: row.get(column) for column in columns} for row in given[table] or ()]
	given.update({count: cint(given[count]) for count in minutes.COUNTS})
	return frappe.get_doc(
		{"doctype": council.DOCTYPE, **{field: value for field, value in given.items() if value}}
	)
