"""Deletes what guests of a visit eat and need 30 days after it: in the visit, in its history, and in what they answered.

A visit says with a reason where it is to be kept longer. Names, programme and letters stay: they are the city's record.
"""

import json
from collections.abc import Sequence
from typing import Any

import frappe

from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.retention import last_day_deleted
from city_diplomacy.guest_links import links
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.record_dates import today

NEEDS = ("diet", "access_needs")
TABLE = "delegates"
# So many visits in one job and one transaction.
AT_ONCE = 100
TAKEN_OUT = ""


@retry_on_conflict
def delete_needs(after: str = "") -> None:
	"""Every night, and again by a job for what comes after a full lot."""
	names = _due(after)
	if not names:
		return
	delegate, visit = frappe.qb.DocType("Visit Delegate"), frappe.qb.DocType(VISIT)
	query = frappe.qb.update(delegate)
	for fieldname in NEEDS:
		query = query.set(delegate[fieldname], None)
	query.where((delegate.parenttype == VISIT) & delegate.parent.isin(names)).run()
	_clear_answers(names)
	_clear_history(names)
	frappe.qb.update(visit).set(visit.needs_deleted_on, today()).where(visit.name.isin(names)).run()
	for name in names:
		frappe.clear_document_cache(VISIT, name)
	if len(names) == AT_ONCE:
		enqueue_next(f"{__name__}.delete_needs", names[-1])


def _due(after: str) -> list[str]:
	return frappe.get_all(
		VISIT,
		filters=[
			["leaves_on", "<=", last_day_deleted(today())],
			["keep_needs", "=", 0],
			["needs_deleted_on", "is", "not set"],
			["name", ">", after],
		],
		pluck="name",
		order_by="name asc",
		limit_page_length=AT_ONCE,
	)


def _clear_answers(names: Sequence[str]) -> None:
	"""What the head of a delegation answered by a link is kept with the link."""
	sent = frappe.get_all(
		links.DOCTYPE,
		{"reference_doctype": VISIT, "reference_name": ["in", names]},
		pluck="name",
		limit_page_length=0,
	)
	answer = frappe.qb.DocType(links.ANSWERS)
	of_needs = answer.field.like("%_diet") | answer.field.like("%_access_needs")
	frappe.qb.update(answer).set(answer.said, TAKEN_OUT).set(answer.held, TAKEN_OUT).where(
		answer.parent.isin(sent or [""]) & of_needs
	).run()


def _clear_history(names: Sequence[str]) -> None:
	"""Frappe keeps what a row said before it was changed."""
	for version in frappe.get_all(
		"Version",
		{"ref_doctype": VISIT, "docname": ["in", names]},
		["name", "data"],
		limit_page_length=0,
	):
		data = json.loads(version.data or "{}")
		if _without_needs(data):
			frappe.db.set_value(
				"Version", version.name, "data", frappe.as_json(data, indent=None), update_modified=False
			)


def _without_needs(data: dict[str, Any]) -> bool:
	"""Take needs out of one version; whether there were any."""
	found = False
	for kind in ("added", "removed"):
		for table, row in data.get(kind) or []:
			for fieldname in NEEDS:
				if table == TABLE and row.get(fieldname):
					row[fieldname], found = TAKEN_OUT, True
	for table, _position, _name, changes in data.get("row_changed") or []:
		for change in changes:
			if table == TABLE and change[0] in NEEDS:
				change[1:], found = [TAKEN_OUT, TAKEN_OUT], True
	return found
