"""What the pages and the form of the council's clerk call. Reading is GET, what writes is POST only."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.partnership_approvals import council, council_record, council_texts, seats
from city_diplomacy.partnership_approvals.conflicts import retry_on_conflict


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def record_council_action(
	clearance: str,
	outcome: str,
	file_number: str,
	council_meeting_date: str,
	committee_meeting_date: str | None = None,
	instrument: str | None = None,
	instrument_number: str | None = None,
	effective_date: str | None = None,
	mover: str | None = None,
	seconder: str | None = None,
	votes: list[dict[str, Any]] | None = None,
	ayes: int | str | None = None,
	noes: int | str | None = None,
	absent: int | str | None = None,
	abstained: int | str | None = None,
	recused: int | str | None = None,
	amendments: list[dict[str, Any]] | None = None,
	continued_to: str | None = None,
	referred_to: str | None = None,
	attested_copy: str | None = None,
	notes: str | None = None,
) -> dict[str, Any]:
	"""Enter what the council did and submit it, for the clerk whose seat `clearance` is.

	`votes` are [{"member", "vote"}] or left out for counts alone, `amendments` [{"fieldname", "text"}], dates ISO
	texts, `attested_copy` the URL of an uploaded File. Answers as every act on a clearance does, with
	"council_action", the record's name; the same record sent twice is entered once.
	"""
	# Every argument is a field of the record.
	action = _drafted(dict(locals()))
	frappe.has_permission(council.DOCTYPE, "submit", throw=True)
	route, row = seats.take(clearance)
	if recorded := council.recorded_as(row, action):
		return {**seats.answer_of(route, row, row.decision), "council_action": recorded}
	action.insert()
	action.submit()
	route, row = seats.take(clearance)
	answer = seats.answer_of(route, row, row.decision)
	if not row.decision:
		answer["message"] = _("It is recorded as {0}. The question to the council stays open.").format(
			action.name
		)
	return {**answer, "council_action": action.name}


@frappe.whitelist()
def texts_to_amend(doctype: str, name: str) -> list[dict[str, str]]:
	"""The texts of a document the council may adopt in its own words, as they stand."""
	return council_texts.list_for(doctype, name)


def _drafted(given: dict[str, Any]) -> Any:
	"""A record with the values a page sent, what is blank left out; of rows only the columns there are."""
	for table, columns in (("votes", ("member", "vote")), ("amendments", ("fieldname", "text"))):
		given[table] = [{column: row.get(column) for column in columns} for row in given[table] or ()]
	given.update({count: cint(given[count]) for count in council_record.COUNTS})
	return frappe.get_doc(
		{"doctype": council.DOCTYPE, **{field: value for field, value in given.items() if value}}
	)
