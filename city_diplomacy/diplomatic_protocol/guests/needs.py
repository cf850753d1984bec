"""Deletes what guests eat and need 30 days after the day of their list: with the guest, in their history, in answers.

Names, answers and seats stay: they are the city's record.
"""

import json
from collections.abc import Sequence
from typing import Any

import frappe

from city_diplomacy.diplomatic_protocol.guests.lists import GUEST, LIST
from city_diplomacy.domain.protocol.retention import last_day_deleted
from city_diplomacy.guest_links import links
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.record_dates import today

NEEDS = ("diet", "access_needs")
# So many lists in one job and one transaction.
AT_ONCE = 20
TAKEN_OUT = ""


@retry_on_conflict
def delete_needs(after: str = "") -> None:
	"""Every night, and again by a job for what comes after a full lot."""
	lists = frappe.get_all(
		LIST,
		filters=[
			["event_date", "<=", last_day_deleted(today())],
			["needs_deleted_on", "is", "not set"],
			["name", ">", after],
		],
		pluck="name",
		order_by="name asc",
		limit_page_length=AT_ONCE,
	)
	if not lists:
		return
	guests = frappe.get_all(GUEST, {"guest_list": ["in", lists]}, pluck="name", limit_page_length=0)
	table, held = frappe.qb.DocType(GUEST), frappe.qb.DocType(LIST)
	query = frappe.qb.update(table)
	for fieldname in NEEDS:
		query = query.set(table[fieldname], None)
	query.where(table.guest_list.isin(lists)).run()
	_clear_answers(guests)
	_clear_history(guests)
	frappe.qb.update(held).set(held.needs_deleted_on, today()).where(held.name.isin(lists)).run()
	for doctype, names in ((LIST, lists), (GUEST, guests)):
		for name in names:
			frappe.clear_document_cache(doctype, name)
	if len(lists) == AT_ONCE:
		enqueue_next(f"{__name__}.delete_needs", lists[-1])


def note_new_needs(guest: Any) -> None:
	"""What is entered after needs were deleted is deleted again. Called when a guest is saved."""
	if any(guest.get(name) for name in NEEDS) and frappe.db.get_value(
		LIST, guest.guest_list, "needs_deleted_on"
	):
		frappe.db.set_value(LIST, guest.guest_list, "needs_deleted_on", None)


def _clear_answers(guests: Sequence[str]) -> None:
	"""What was answered by a link is kept with the link."""
	sent = frappe.get_all(
		links.DOCTYPE,
		{"reference_doctype": GUEST, "reference_name": ["in", guests or [""]]},
		pluck="name",
		limit_page_length=0,
	)
	answer = frappe.qb.DocType(links.ANSWERS)
	of_needs = answer.field.isin([*NEEDS, *(f"companion_{name}" for name in NEEDS)])
	frappe.qb.update(answer).set(answer.said, TAKEN_OUT).set(answer.held, TAKEN_OUT).where(
		answer.parent.isin(sent or [""]) & of_needs
	).run()


def _clear_history(guests: Sequence[str]) -> None:
	"""Frappe keeps what a guest said before it was changed."""
	for version in frappe.get_all(
		"Version",
		{"ref_doctype": GUEST, "docname": ["in", guests or [""]]},
		["name", "data"],
		limit_page_length=0,
	):
		data = json.loads(version.data or "{}")
		changes = [change for change in data.get("changed") or [] if change[0] in NEEDS]
		for change in changes:
			change[1:] = [TAKEN_OUT, TAKEN_OUT]
		if changes:
			frappe.db.set_value(
				"Version", version.name, "data", frappe.as_json(data, indent=None), update_modified=False
			)
