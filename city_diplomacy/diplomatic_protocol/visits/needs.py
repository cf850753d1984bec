"""Deletes what guests of a visit eat and need 30 days after it. A visit says with a reason where it is to be kept longer."""

import frappe

from city_diplomacy.diplomatic_protocol.retention import clear_beside, clear_rows
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.retention import last_day_deleted
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.record_dates import today

DELEGATE, DELEGATES = "Visit Delegate", "delegates"
# So many visits in one job and one transaction.
AT_ONCE = 100


@retry_on_conflict
def delete_needs(after: str = "") -> None:
	"""Every night, and again by a job for what comes after a full lot."""
	names = _due(after)
	if not names:
		return
	delegate, visit = frappe.qb.DocType(DELEGATE), frappe.qb.DocType(VISIT)
	clear_rows(DELEGATE, (delegate.parenttype == VISIT) & delegate.parent.isin(names))
	frappe.qb.update(visit).set(visit.needs_deleted_on, today()).where(visit.name.isin(names)).run()
	clear_beside(VISIT, names, table=DELEGATES)
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
