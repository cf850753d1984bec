"""Screening everybody again who was screened against our lists, after a new version of one: a chain of jobs, one lot each.

What a lot found, how far the run got and that it is alive are written together: a worker that dies loses one lot, and
whoever goes on begins behind the last one that was written. A run that failed ends, and the next begins with the first.
"""

from datetime import timedelta
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from city_diplomacy.domain.sentences import _ as marked
from city_diplomacy.domain.trade.screening.states import LIVE, Method, RunStatus
from city_diplomacy.partnership_approvals.native.retry import is_conflict
from city_diplomacy.registers.sentences import in_words, kept
from city_diplomacy.trade_promotion.screening.again import screen_again

RUN, SCREENING = "Screening Run", "Party Screening"
EVENT = "city_diplomacy_screening_run"
LOT = 100
SILENT_AFTER = timedelta(minutes=5)
WENT_WRONG = marked(
	"Something went wrong; the error log has the details. “Screen Everybody Again” on a list begins anew, with the first."
)
REPLACED = marked("Everybody began to be screened again meanwhile, by the lists as they were then.")
COLUMNS = ("name", "status", "why", "run_by", "total", "examined", "changed", "reached", "progressed_on")


def start() -> str | None:
	"""Begin to screen everybody again who was screened against our lists; a run that is under way ends.

	Returns the run, None where nobody was screened against them yet.
	"""
	if not (total := frappe.db.count(SCREENING, _concerned())):
		return None
	for row in _live(for_update=True):
		_end(row.name, RunStatus.FAILED, kept(REPLACED))
	name, now = frappe.generate_hash(length=10), now_datetime()
	frappe.get_doc(
		{
			"doctype": RUN,
			"name": name,
			"owner": frappe.session.user,
			"modified_by": frappe.session.user,
			"creation": now,
			"modified": now,
			"status": RunStatus.QUEUED,
			"run_by": frappe.session.user,
			"started_on": now,
			"progressed_on": now,
			"total": total,
			"examined": 0,
			"changed": 0,
			"reached": "",
		}
	).db_insert()
	_enqueue(name, "")
	return name


def go_on() -> None:
	"""Scheduled job: take up a run whose worker ended before it was done."""
	for row in _live():
		if get_datetime(row.progressed_on) < now_datetime() - SILENT_AFTER:
			_enqueue(row.name, row.reached or "", again=True)


def run(name: str) -> None:
	"""A job: screen the next lot, and leave what follows to the next job."""
	row = _read(name)
	if not row or row.status not in LIVE:
		return
	try:
		going_on = advance(name)
	except Exception as error:
		frappe.db.rollback()
		if is_conflict(error):
			# Frappe does a job again that asks for it.
			raise frappe.RetryBackgroundJobError from error
		_end(name, RunStatus.FAILED, kept(WENT_WRONG))
		frappe.log_error(title="Screening everybody again failed")
		going_on = False
	told = _read(name)
	frappe.publish_realtime(
		EVENT,
		{"name": name, "examined": told.examined, "total": told.total, "status": told.status},
		user=told.run_by,
		after_commit=True,
	)
	if going_on:
		_enqueue(name, told.reached)


def advance(name: str) -> bool:
	"""Screen the lot behind where a run stands, and write what was found. Returns whether more is left."""
	row = _read(name, for_update=True)
	# Ended meanwhile, or done by the same job run twice.
	if not row or row.status not in LIVE:
		return False
	names = frappe.get_all(
		SCREENING,
		filters={**_concerned(), "name": [">", row.reached or ""], "creation": ["<=", _started(name)]},
		pluck="name",
		order_by="name asc",
		limit_page_length=LOT,
	)
	changed = screen_again(names)
	done = len(names) < LOT
	frappe.db.set_value(
		RUN,
		name,
		{
			"status": RunStatus.FINISHED if done else RunStatus.RUNNING,
			"reached": names[-1] if names else row.reached,
			"examined": row.examined + len(names),
			"changed": row.changed + changed,
			"progressed_on": now_datetime(),
			"ended_on": now_datetime() if done else None,
		},
	)
	return not done


def why(row: Any) -> str:
	"""Why a run ended early, in the reader's language."""
	return in_words(row.why)


def _concerned() -> dict[str, Any]:
	return {"method": Method.AGAINST_LISTS, "superseded_by": ["is", "not set"]}


def _started(name: str) -> Any:
	return frappe.db.get_value(RUN, name, "started_on")


def _live(for_update: bool = False) -> list[Any]:
	table = frappe.qb.DocType(RUN)
	query = (
		frappe.qb.from_(table)
		.select(*(table[column] for column in COLUMNS))
		.where(table.status.isin(list(map(str, LIVE))))
	)
	return (query.for_update() if for_update else query).run(as_dict=True)


def _read(name: str, for_update: bool = False) -> Any:
	return frappe.db.get_value(RUN, name, COLUMNS, as_dict=True, for_update=for_update)


def _end(name: str, status: str, why_ended: str) -> None:
	frappe.db.set_value(RUN, name, {"status": status, "why": why_ended, "ended_on": now_datetime()})


def _enqueue(name: str, reached: str, again: bool = False) -> None:
	frappe.enqueue(
		f"{__name__}.run",
		queue="long",
		job_id=f"{EVENT}::{name}::{reached}{'::again' if again else ''}",
		deduplicate=True,
		enqueue_after_commit=True,
		name=name,
	)
