"""Rehearsing a policy: a run in the shadow against every open and past document, in the background.

A run is a chain of jobs, one batch of documents and one transaction each; what a batch found, how far the run
got and that it is alive are written together. So a worker that dies loses one batch and leaves nothing half
written, a job that runs twice finds the second time that its batch is done, and a page that is opened again
reads how matters stand. Nothing but the run's own two tables is ever written.
"""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from city_diplomacy.access.rights import MANAGER, POLICY_ADMIN
from city_diplomacy.domain import sentences
from city_diplomacy.domain.rehearsal import comparison as domain
from city_diplomacy.domain.rehearsal.runs import LIVE, RehearsalStatus
from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RehearsalError
from city_diplomacy.partnership_approvals.native.retry import is_conflict
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.policies.shadow import Found, Shadow
from city_diplomacy.registers.languages import in_language, site_language
from city_diplomacy.registers.sentences import in_words, kept

RUN, ROW = "Policy Rehearsal", "Rehearsal Difference"
MAY_RUN, MAY_READ = (POLICY_ADMIN,), (POLICY_ADMIN, MANAGER)
BATCH = 1000
SILENT_AFTER = timedelta(minutes=2)
"""Time without a sign of life after which another run may take the place of one that is not done."""
EVENT = "policy_rehearsal"
WORKER_ENDED = sentences._("Its worker ended before it was done.")
WENT_WRONG = sentences._("Something went wrong; the error log has the details.")
STOPPED = sentences._("Stopped by {person}.")
COLUMNS = (
	"name",
	"policy",
	"policy_modified",
	"document_type",
	"since",
	"status",
	"run_by",
	"started_on",
	"ended_on",
	"progressed_on",
	"reached",
	"total",
	"examined",
	"differing",
	"problems",
	"summary",
	"why_ended",
)


def start(policy: str, since: date | None = None) -> dict[str, Any]:
	"""Begin to rehearse a policy, or answer the run of it that is under way, with "joined" true.

	Raises PermissionError unless the signed-in person may, ApprovalError when a rule of the policy cannot be
	read. Answers as `state_of`.
	"""
	routes.require_role(MAY_RUN, _("rehearse a policy"))
	# Whoever comes second waits here, and then sees what the first one began.
	frappe.db.get_value("Routing Policy", policy, "name", for_update=True)
	doc = frappe.get_doc("Routing Policy", policy)
	for row in _live_runs(policy):
		if not is_silent(row):
			return {**_in_words(row), "joined": True}
		_end(row.name, RehearsalStatus.FAILED, kept(WORKER_ENDED))
	name = frappe.generate_hash(length=10)
	now = now_datetime()
	frappe.get_doc(
		{
			"doctype": RUN,
			"name": name,
			"owner": frappe.session.user,
			"modified_by": frappe.session.user,
			"creation": now,
			"modified": now,
			"policy": policy,
			"policy_modified": doc.modified,
			"document_type": doc.document_type,
			"since": since,
			"status": RehearsalStatus.QUEUED,
			"run_by": frappe.session.user,
			"started_on": now,
			"progressed_on": now,
			"total": Shadow(doc, since).count(),
			"reached": "",
			"examined": 0,
			"differing": 0,
			"problems": 0,
			"summary": "{}",
		}
	).db_insert()
	_enqueue(name, 0)
	return {**state_of(name), "joined": False}


def run(rehearsal: str) -> None:
	"""Job: rehearse the next batch, and leave what follows to the next job."""
	row = _read(rehearsal)
	if not row or row.status not in LIVE:
		return
	try:
		# Why a document cannot be routed is read by whoever may read the run.
		with in_language(site_language()):
			going_on = advance(row)
	except ApprovalError as error:
		frappe.clear_last_message()
		_end(rehearsal, RehearsalStatus.FAILED, str(error))
		going_on = False
	except Exception as error:
		frappe.db.rollback()
		if is_conflict(error):
			# Frappe does a job again that asks for it.
			raise frappe.RetryBackgroundJobError from error
		# Raised, it would be rolled back with the rest: whoever waits is told, and the log has what it was.
		frappe.log_error(title=_("Rehearsing {0} failed").format(row.policy))
		_end(rehearsal, RehearsalStatus.FAILED, kept(WENT_WRONG))
		going_on = False
	_tell(rehearsal)
	if going_on:
		_enqueue(rehearsal, row.examined + BATCH)


def advance(row: Any) -> bool:
	"""Rehearse the batch behind where a run stands, and write what was found. Answers whether more is left.

	Raises RehearsalError when the policy was changed since the run began.
	"""
	policy = frappe.get_doc("Routing Policy", row.policy)
	if get_datetime(policy.modified) != get_datetime(row.policy_modified):
		frappe.throw(_("The policy was changed while it was rehearsed. Run it again."), RehearsalError)
	found = Shadow(policy, row.since).look(row.reached or "", BATCH)
	now = _read(row.name, for_update=True)
	# Stopped meanwhile, or this batch was done by the same job run twice.
	if not now or now.status not in LIVE or (now.reached or "") != (row.reached or ""):
		return False
	_insert(row, [one for one in found if one.differs])
	done = len(found) < BATCH
	frappe.db.set_value(
		RUN,
		row.name,
		{
			"status": RehearsalStatus.FINISHED if done else RehearsalStatus.RUNNING,
			"reached": found[-1].name if found else row.reached,
			"examined": now.examined + len(found),
			"differing": now.differing + sum(one.differs for one in found),
			"problems": now.problems + sum(bool(one.problem) for one in found),
			"summary": json.dumps(_added_up(now.summary, found), sort_keys=True),
			"progressed_on": now_datetime(),
			"ended_on": now_datetime() if done else None,
		},
	)
	return not done


def stop(rehearsal: str) -> dict[str, Any]:
	"""End a run before it is done; what it found so far stays. Answers as `state_of`."""
	routes.require_role(MAY_RUN, _("stop a rehearsal"))
	row = _read(rehearsal, for_update=True)
	if row and row.status in LIVE:
		name = full_names([frappe.session.user])[frappe.session.user]
		_end(rehearsal, RehearsalStatus.STOPPED, kept(STOPPED, person=name))
	return state_of(rehearsal)


def state_of(rehearsal: str) -> dict[str, Any]:
	"""How a run stands, in plain values for its page.

	{"name", "policy", "since", "status", "live": bool, "silent": no sign of life although it is not done,
	"words": how it stands, in a sentence, "run_by_name", "started_on", "ended_on", "total", "examined",
	"differing", "problems", "summary": {kind: documents it occurs in}, "policy_changed": since it was run}.
	"""
	return _in_words(_read(rehearsal))


def is_silent(row: Any) -> bool:
	"""Whether a run that is not done has given no sign of life for SILENT_AFTER."""
	return row.status in LIVE and get_datetime(row.progressed_on) < now_datetime() - SILENT_AFTER


def forget(policy: Any, method: str | None = None) -> None:
	"""Hook: with a policy go its rehearsals, which are about nothing else."""
	for name in frappe.get_all(RUN, {"policy": policy.name}, pluck="name", limit_page_length=0):
		frappe.db.delete(ROW, {"rehearsal": name})
		frappe.db.delete(RUN, {"name": name})


def _in_words(row: Any) -> dict[str, Any]:
	silent = is_silent(row)
	changed = frappe.db.get_value("Routing Policy", row.policy, "modified")
	return {
		"name": row.name,
		"policy": row.policy,
		"since": row.since,
		"status": row.status,
		"live": row.status in LIVE,
		"silent": silent,
		"words": _how_it_stands(row, silent),
		"run_by_name": full_names([row.run_by])[row.run_by],
		"started_on": row.started_on,
		"ended_on": row.ended_on,
		"total": row.total,
		"examined": row.examined,
		"differing": row.differing,
		"problems": row.problems,
		"summary": json.loads(row.summary or "{}"),
		"policy_changed": get_datetime(changed) != get_datetime(row.policy_modified),
	}


def _how_it_stands(row: Any, silent: bool) -> str:
	if silent and row.status == RehearsalStatus.QUEUED:
		return _("No worker has taken it up. Look whether background jobs are running, and run it again.")
	if silent:
		return _("Its worker ended before it was done. Run it again.")
	if row.status == RehearsalStatus.QUEUED:
		return _("It waits for a worker.")
	if row.status == RehearsalStatus.RUNNING:
		return _("{0} of {1} looked at.").format(row.examined, row.total)
	if row.status == RehearsalStatus.FINISHED:
		return _("All {0} looked at.").format(row.examined)
	return in_words(row.why_ended)


def _read(rehearsal: str, for_update: bool = False) -> Any:
	return frappe.db.get_value(RUN, rehearsal, COLUMNS, as_dict=True, for_update=for_update)


def _live_runs(policy: str) -> list[Any]:
	table = frappe.qb.DocType(RUN)
	return (
		frappe.qb.from_(table)
		.select(*(table[column] for column in COLUMNS))
		.where((table.policy == policy) & table.status.isin(LIVE))
		.for_update()
		.run(as_dict=True)
	)


def _end(rehearsal: str, status: str, why: str) -> None:
	frappe.db.set_value(
		RUN, rehearsal, {"status": status, "why_ended": neutral(why), "ended_on": now_datetime()}
	)


def _enqueue(rehearsal: str, batch: int) -> None:
	frappe.enqueue(
		"city_diplomacy.partnership_approvals.policies.rehearsals.run",
		queue="long",
		job_id=f"{EVENT}::{rehearsal}::{batch}",
		deduplicate=True,
		enqueue_after_commit=True,
		rehearsal=rehearsal,
	)


def _tell(rehearsal: str) -> None:
	"""Let the page of whoever runs it know that there is news; what they are, the page asks for."""
	row = _read(rehearsal)
	frappe.publish_realtime(
		EVENT,
		{"name": row.name, "examined": row.examined, "total": row.total},
		user=row.run_by,
		after_commit=True,
	)


def _insert(row: Any, found: list[Found]) -> None:
	if not found:
		return
	now, kinds = now_datetime(), [str(kind) for kind in domain.Kind]
	fields = [
		*("name", "owner", "modified_by", "creation", "modified"),
		*("rehearsal", "reference_doctype", "reference_name", "document_state", "compared_with"),
		*("problem", "changes", *kinds),
	]
	values = []
	for one in found:
		differences = one.comparison.differences if one.comparison else ()
		counted = one.comparison.kinds if one.comparison else {}
		values.append(
			[
				*(frappe.generate_hash(length=16), row.run_by, row.run_by, now, now),
				*(row.name, row.document_type, one.name, one.state, one.compared_with),
				one.problem and neutral(one.problem),
				json.dumps([domain.as_stored(difference) for difference in differences]),
				*(counted.get(kind, 0) for kind in kinds),
			]
		)
	frappe.db.bulk_insert(ROW, fields, values)


def _added_up(summary: str | None, found: list[Found]) -> Counter:
	total = Counter(json.loads(summary or "{}"))
	for one in found:
		if one.comparison:
			total.update(one.comparison.kinds.keys())
	return total


def since_of(since: str | None) -> date | None:
	"""A day as a client writes it; None for nothing. Raises RehearsalError for what is no day, or lies ahead."""
	if not since:
		return None
	try:
		day = getdate(since)
	except (ValueError, TypeError, frappe.ValidationError):
		frappe.throw(_("{0} is not a date.").format(since), RehearsalError)
	if day > getdate():
		frappe.throw(_("Replay from a day that has passed."), RehearsalError)
	return day
