"""Delivering what people are told: a job after each decision, and the scheduler's for whatever that one missed.

Notices end up in Frappe's own Notification Log, which rings the bell and sends the letter as the person's
Notification Settings say. Log, letter and the notice's new status are one transaction, so a job that dies
leaves all of it to the next one; rows another job has in hand are skipped, so two at once tell nobody twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import frappe
from frappe.utils import now_datetime

from city_diplomacy.domain.calendar.digests import next_digest
from city_diplomacy.domain.route.states import OPEN, NoticeStatus
from city_diplomacy.partnership_approvals.native.retry import is_conflict, retry_on_conflict
from city_diplomacy.partnership_approvals.notices import letters, preferences
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, NoticeRow
from city_diplomacy.registers.languages import in_language

BATCH = 1000
TRY_AGAIN_AFTER = timedelta(hours=1)
# These ask for a decision; without an open question behind them they are not worth a message.
ASKING = ("Asked", "Text Changed", "Forwarded", "Handed Over", "Delegated", "Reminder", "Late")
TO_THE_HOLDER = ("Asked", "Text Changed", "Forwarded", "Handed Over", "Reminder")


def deliver_soon() -> None:
	"""Have a worker deliver once this transaction is committed; several calls make one job."""
	try:
		frappe.enqueue(
			"city_diplomacy.partnership_approvals.notices.deliver.deliver",
			queue="short",
			job_id="deliver-approval-notices",
			deduplicate=True,
			enqueue_after_commit=True,
		)
	except Exception as error:
		if is_conflict(error):
			raise
		# A queue that is down or full must not stop a decision; the scheduler delivers within minutes.
		frappe.log_error("Approval notices wait for the scheduler")


def plan_anew(user: str | None = None) -> None:
	"""Let what waits for a person (for everybody without one) be planned by the new choice at the next delivery."""
	notice = frappe.qb.DocType("Approval Notice")
	query = frappe.qb.from_(notice).select(notice.name)
	query = query.where((notice.status == NoticeStatus.WAITING) & notice.deliver_after.isnotnull())
	if user:
		query = query.where(notice.for_user == user)
	# One by one and in the order of a delivery, which may run at the same moment: see `_claim`.
	for name in query.orderby(notice.for_user).orderby(notice.creation).run(pluck=True):
		frappe.db.set_value("Approval Notice", name, "deliver_after", None)
	deliver_soon()


@retry_on_conflict
def deliver(now: datetime | None = None) -> int:
	"""Deliver what may be delivered at `now` (the site's time); answers how many messages went out.

	Also the scheduler's job. What has to wait is given the moment until which it waits.
	"""
	now = now or now_datetime()
	names = _waiting(now)
	notices = _claim(names)
	readers = preferences.readers({notice.for_user for notice in notices})
	sent = 0
	for user, mine in groupby(notices, key=lambda notice: notice.for_user):
		sent += _tell_one(readers[user], list(mine), now)
	if len(names) == BATCH:
		deliver_soon()
	return sent


def _waiting(now: datetime) -> list[str]:
	table = frappe.qb.DocType("Approval Notice")
	return (
		frappe.qb.from_(table)
		.select(table.name)
		.where(
			(table.status == NoticeStatus.WAITING)
			& (table.deliver_after.isnull() | (table.deliver_after <= now))
		)
		.orderby(table.for_user)
		.orderby(table.creation)
		.limit(BATCH)
		.run(pluck=True)
	)


def _claim(names: list[str]) -> list[NoticeRow]:
	"""The notices with their rows locked, as far as no other job has them in hand; one person's together.

	Each is locked by its own name. For a list of names the database may read a small table from end to end,
	and then locks the gaps too: whoever decides meanwhile could not write their notices.
	"""
	table = frappe.qb.DocType("Approval Notice")
	every = frappe.qb.from_(table).select(table.star).for_update(skip_locked=True)
	rows = [row for name in names for row in every.where(table.name == name).run(as_dict=True)]
	waiting = [row for row in rows if row.status == NoticeStatus.WAITING]
	return sorted(waiting, key=lambda row: (row.for_user, row.creation, row.name))


def _tell_one(reader: preferences.Reader, notices: list[NoticeRow], now: datetime) -> int:
	"""One person's notices; what goes wrong with them is kept and tried again, and stops nobody else's."""
	frappe.db.savepoint("one_reader")
	try:
		sent = _tell(reader, notices, now)
	except Exception as error:
		if is_conflict(error):
			raise
		frappe.db.rollback(save_point="one_reader")
		frappe.log_error(f"Approval notices for {reader.user} could not be delivered")
		_set(notices, deliver_after=now + TRY_AGAIN_AFTER)
		return 0
	frappe.db.release_savepoint("one_reader")
	return sent


def _tell(reader: preferences.Reader, notices: list[NoticeRow], now: datetime) -> int:
	wanted = _wanted(reader, _needed(notices))
	ready = []
	for moment, waiting in _by_moment(reader, wanted, now).items():
		if moment is None:
			ready = waiting
		else:
			_set(waiting, deliver_after=moment)
	messages = _messages(reader, ready)
	for together in messages:
		with in_language(reader.language):
			letter = letters.compose(reader.user, together)
			log = frappe.get_doc({"doctype": "Notification Log", **letter})
			# Nobody has the right to write another person's notifications; the engine does it for them.
			log.insert(ignore_permissions=True)
		# Whose job this happens to be is nobody's business: the entry belongs to its reader.
		mine = {"owner": reader.user, "modified_by": reader.user}
		frappe.db.set_value("Notification Log", log.name, mine, update_modified=False)
		_set(together, status=NoticeStatus.DELIVERED, delivered_on=now, notification_log=log.name)
	return len(messages)


def _needed(notices: list[NoticeRow]) -> list[NoticeRow]:
	"""Without those that ask for what is answered, taken back or put to somebody else by now."""
	names = {notice.clearance for notice in notices if notice.clearance and notice.kind in ASKING}
	clearances = {}
	if names:
		# The engine looks whether its own question still stands; nobody is shown these rows.
		rows = frappe.get_all(
			"Approval Clearance",
			filters={"name": ["in", sorted(names)]},
			fields=["name", "state", "put_to"],
			limit_page_length=0,
		)
		clearances = {row.name: row for row in rows}
	moot = [notice for notice in notices if _is_moot(notice, clearances.get(notice.clearance))]
	_set(moot, status=NoticeStatus.NOT_NEEDED)
	return [notice for notice in notices if notice not in moot]


def _is_moot(notice: NoticeRow, clearance: ClearanceRow | None) -> bool:
	if not notice.clearance or notice.kind not in ASKING:
		return False
	if clearance is None or clearance.state not in OPEN:
		return True
	return notice.kind in TO_THE_HOLDER and clearance.put_to not in (None, "", notice.for_user)


def _wanted(reader: preferences.Reader, notices: list[NoticeRow]) -> list[NoticeRow]:
	"""Without what the person has switched off."""
	unwanted = [
		notice
		for notice in notices
		if not reader.wants_messages or (notice.kind == "Reminder" and not reader.wants_reminders)
	]
	_set(unwanted, status=NoticeStatus.SWITCHED_OFF)
	return [notice for notice in notices if notice not in unwanted]


def _by_moment(
	reader: preferences.Reader, notices: list[NoticeRow], now: datetime
) -> dict[datetime | None, list[NoticeRow]]:
	"""The notices by the moment until which they wait, in the site's time; None for those that may go now."""
	here = preferences.site_zone()
	sorted_out: dict[datetime | None, list[NoticeRow]] = {}
	for notice in notices:
		moment = None
		# A digest is planned once, from when the notice was written.
		if notice.deliver_after is None and (notice.digest or reader.daily_digest):
			written = min(notice.creation, now).replace(tzinfo=here)
			digest = next_digest(written, reader.zone, reader.digest_hour)
			moment = digest.astimezone(here).replace(tzinfo=None)
		sorted_out.setdefault(moment if moment and moment > now else None, []).append(notice)
	return sorted_out


def _messages(reader: preferences.Reader, ready: list[NoticeRow]) -> list[list[NoticeRow]]:
	"""What goes into one message each: everything, when a digest is among it; else one message a matter."""
	if not ready:
		return []
	if reader.daily_digest or any(notice.digest for notice in ready):
		return [ready]
	matters: dict[tuple[str, str], list[NoticeRow]] = {}
	for notice in ready:
		matters.setdefault((notice.reference_doctype, notice.reference_name), []).append(notice)
	return list(matters.values())


def _set(notices: Iterable[NoticeRow], **values: Any) -> None:
	# One by one, for the reason `_claim` gives.
	for notice in notices:
		frappe.db.set_value("Approval Notice", notice.name, values)
