"""Deletes what guests eat and need 30 days after the day of their list."""

from typing import Any

import frappe

from city_diplomacy.diplomatic_protocol.guests.lists import GUEST, LIST
from city_diplomacy.diplomatic_protocol.retention import NEEDS, clear_beside, clear_rows
from city_diplomacy.domain.protocol.retention import last_day_deleted
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.record_dates import today

# So many lists in one job and one transaction.
AT_ONCE = 20


@retry_on_conflict
def delete_needs(after: str = "") -> None:
	"""Every night, and again by a job for what comes after a full lot."""
	lists = _due(after)
	if not lists:
		return
	guests = frappe.get_all(GUEST, {"guest_list": ["in", lists]}, pluck="name", limit_page_length=0)
	clear_rows(GUEST, frappe.qb.DocType(GUEST).guest_list.isin(lists))
	clear_beside(GUEST, guests)
	held = frappe.qb.DocType(LIST)
	frappe.qb.update(held).set(held.needs_deleted_on, today()).where(held.name.isin(lists)).run()
	for name in lists:
		frappe.clear_document_cache(LIST, name)
	if len(lists) == AT_ONCE:
		enqueue_next(f"{__name__}.delete_needs", lists[-1])


def _due(after: str) -> list[str]:
	return frappe.get_all(
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


def note_new_needs(guest: Any) -> None:
	"""What is entered after needs were deleted is deleted again. Called when a guest is saved."""
	if any(guest.get(name) for name in NEEDS) and frappe.db.get_value(
		LIST, guest.guest_list, "needs_deleted_on"
	):
		frappe.db.set_value(LIST, guest.guest_list, "needs_deleted_on", None)
