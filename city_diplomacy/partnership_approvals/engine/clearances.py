"""The clearances of a route: putting questions, counting answers, keeping those that still hold.

All functions take a `Route` in hand; what they judge are the rows it holds.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from city_diplomacy.domain.calendar.deadlines import add_working_days
from city_diplomacy.domain.route import joins, routing
from city_diplomacy.domain.route.escalation import Step
from city_diplomacy.domain.route.states import OPEN, ClearanceState
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.people import names
from city_diplomacy.partnership_approvals.routing import escalation, planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, RouteRow


class Hashes:
	"""The hashes of one document's content by watched fields, each taken once."""

	def __init__(self, doc: Document):
		self.doc = doc
		self._known: dict[tuple[str, ...], str] = {}

	def __call__(self, watched: tuple[str, ...]) -> str:
		if watched not in self._known:
			self._known[watched] = hash_of(self.doc, watched)
		return self._known[watched]


@dataclass
class StageCheck:
	"""Where a stage of the plan stands: what holds, what can be carried over, what has to be asked."""

	stage: routing.Stage
	outcome: joins.Outcome
	open: list[ClearanceRow]
	carry: list[tuple[routing.Question, ClearanceRow]]
	ask: list[routing.Question]


def put(route: Route, stage: routing.Stage, questions: Iterable[routing.Question], doc: Document) -> None:
	"""Create clearances in a stage, with a to-do and a notification for each person asked."""
	now, holidays, hashes = now_datetime(), planning.holidays(), Hashes(doc)
	text, steps = snapshots.keep(route.row, doc), escalation.ladder_of(route.row.policy)
	rows = [
		_new_row(
			route.row,
			stage,
			question,
			hashes,
			asked_on=now,
			snapshot=text,
			**_times(question, now, steps, holidays),
		)
		for question in questions
	]
	if rows:
		route.clearances.add(rows)
		notify.ask(rows, doc)


def _times(
	question: routing.Question, now: datetime, steps: Sequence[Step], holidays: Collection[date]
) -> dict[str, Any]:
	due = add_working_days(getdate(now), question.rule.working_days, holidays)
	return {"due_date": due, **escalation.position(steps, due, getdate(now), holidays)}


def _new_row(
	route_row: RouteRow, stage: routing.Stage, question: routing.Question, hashes: Hashes, **values: Any
) -> ClearanceRow:
	rule, now = question.rule, now_datetime()
	return frappe._dict(
		name=frappe.generate_hash(length=16),
		owner=route_row.requested_by,
		modified_by=route_row.requested_by,
		creation=now,
		modified=now,
		route=route_row.name,
		reference_doctype=route_row.reference_doctype,
		reference_name=route_row.reference_name,
		round=route_row.round,
		stage=stage.number,
		workflow_state=stage.state,
		seat=question.seat,
		rule_key=rule.key,
		department=question.department,
		put_to=question.holder,
		role=question.role,
		basis=question.basis,
		why=rule.why,
		mandatory=int(rule.mandatory),
		veto=int(rule.veto),
		co_reviewers_see=rule.co_reviewers_see,
		content_hash=hashes(rule.watched_fields),
		**{"state": ClearanceState.PENDING, **values},
	)


def outcome_and_refusal(route: Route) -> tuple[joins.Outcome, routing.IfRefused]:
	"""The outcome of the stage by its joins, and where a refusal would lead.

	A seat that was put to somebody else after a recusal counts with its latest question only; one that the
	policy the document was moved to does not ask, not at all.
	"""
	asked = route.clearances.of_round(*OPEN, ClearanceState.DECIDED)
	latest = {row.seat: row for row in asked if row.stage == route.row.stage}
	rules = {rule.key: rule for rule in planning.rules_of(route.row.policy)}
	latest = {seat: row for seat, row in latest.items() if row.rule_key in rules}
	groups: dict[str, tuple[joins.JoinRule, list[joins.Vote]]] = {}
	if_refused = routing.IfRefused.RETURN_TO_DRAFT
	for row in latest.values():
		rule = rules[row.rule_key]
		votes = groups.setdefault(rule.group, (rule.join, []))[1]
		votes.append(joins.Vote(row.seat, row.decision or None, bool(row.mandatory), bool(row.veto)))
		if row.decision == joins.Decision.OBJECT and rule.if_refused == routing.IfRefused.DECLINE:
			if_refused = routing.IfRefused.DECLINE
	return joins.outcome_of_stage(groups), if_refused


def check_stage(route: Route, stage: routing.Stage, hashes: Hashes) -> StageCheck:
	"""Where a planned stage stands, given every clearance the route ever had.

	An answer holds while what its rule watches is what it was given on. A favourable answer of an earlier
	round, or one that was re-opened by a change since taken back, is carried over.
	"""
	current, before = _latest(route, stage)
	check = StageCheck(stage, joins.Outcome.OPEN, [], [], [])
	votes: dict[tuple[str, str], str | None] = {}
	for question in stage.questions:
		key = (question.rule.key, question.seat)
		row, digest = current.get(key), hashes(question.rule.watched_fields)
		kept = before.get((question.rule.key, question.seat, digest))
		if row and row.state in OPEN and not (kept and row.state == ClearanceState.PENDING):
			check.open.append(row)
		elif (
			row
			and row.state == ClearanceState.DECIDED
			and (row.decision not in joins.FAVOURABLE or row.content_hash == digest)
		):
			votes[key] = row.decision
		elif kept:
			check.carry.append((question, kept))
			votes[key] = kept.decision
		else:
			check.ask.append(question)
	check.outcome = joins.outcome_of_stage(
		{
			group: (
				join,
				[
					joins.Vote(q.seat, votes.get((q.rule.key, q.seat)), q.rule.mandatory, q.rule.veto)
					for q in questions
				],
			)
			for group, (join, questions) in stage.groups().items()
		}
	)
	return check


def _latest(
	route: Route, stage: routing.Stage
) -> tuple[dict[tuple[str, str], ClearanceRow], dict[tuple[str, str, str | None], ClearanceRow]]:
	"""By seat: the latest row of this stage and round; by seat and content: a favourable answer given on it.

	One who stood aside speaks for their seat until somebody else is asked; when that question was taken back or
	re-opened, the seat is asked again.
	"""
	current, before = {}, {}
	for row in route.clearances:
		key = (row.rule_key, row.seat)
		if (row.round, row.stage) == (route.row.round, stage.number):
			if row.state in (*OPEN, ClearanceState.DECIDED):
				current[key] = row
			else:
				current.pop(key, None)
		if row.decision in joins.FAVOURABLE and row.state in (
			ClearanceState.DECIDED,
			ClearanceState.REOPENED,
		):
			# An answer may hold for more than it was given on: for the same text with a record's new name.
			for digest in (row.content_hash, row.get("holds_for")):
				before[row.rule_key, row.seat, digest] = row
	return current, before


def carry_over(route: Route, check: StageCheck, doc: Document) -> None:
	"""Enter answers that still hold as answers of this round; each is an entry of the ledger."""
	hashes, now = Hashes(doc), now_datetime()
	for question, kept in check.carry:
		row = _new_row(
			route.row,
			check.stage,
			question,
			hashes,
			state=ClearanceState.DECIDED,
			asked_on=now,
			decision=kept.decision,
			remarks=kept.remarks,
			conditions=kept.conditions,
			conditions_met=kept.conditions_met,
			conditions_met_on=kept.conditions_met_on,
			decided_by=kept.decided_by,
			acting_for=kept.acting_for,
			decided_on=now,
			carried_over=1,
			snapshot=snapshots.keep(route.row, doc),
		)
		route.clearances.add([row], kept.name)
		route.record_carried_over(row)


def reopen(route: Route, doc: Document) -> list[ClearanceRow]:
	"""Answers of this round whose watched content is not what they were given on any more; they are re-opened.

	Answers the rows that were.
	"""
	hashes = Hashes(doc)
	rules = {rule.key: rule for rule in planning.rules_of(route.row.policy)}
	changed = [
		row
		for row in route.clearances.favourable()
		if (row.rule_key not in rules or row.content_hash != hashes(rules[row.rule_key].watched_fields))
	]
	route.clearances.set_state(changed, ClearanceState.REOPENED)
	return changed


def refresh_open(route: Route, doc: Document) -> list[ClearanceRow]:
	"""Bind open questions to the text as it is now; answers those whose watched content changed."""
	hashes, text = Hashes(doc), snapshots.keep(route.row, doc)
	rules = {rule.key: rule for rule in planning.rules_of(route.row.policy)}
	changed = []
	for row in route.clearances.in_states(*OPEN):
		if row.rule_key not in rules:
			continue
		digest = hashes(rules[row.rule_key].watched_fields)
		if digest != row.content_hash:
			changed.append(row)
		route.clearances.change(row, content_hash=digest, snapshot=text)
	return changed


def withdraw_open(route: Route, but: Iterable[str] = ()) -> None:
	"""Take back what is still asked of anybody on this route, except the rows named; their to-dos close."""
	taken_back = [row for row in route.clearances.in_states(*OPEN) if row.name not in set(but)]
	route.clearances.set_state(taken_back, ClearanceState.WITHDRAWN)
	notify.close_todos([row.name for row in taken_back], "Cancelled")


def can_be_answered(question: routing.Question, barred: Iterable[str] = ()) -> bool:
	"""Whether somebody with an account, other than those barred, can answer."""
	if question.holder:
		return True
	return bool(question.role and set(names.people_with_role(question.role)) - set(barred))


def refuse_open_conditions(route: Route) -> None:
	"""Raises ApprovalError while a condition somebody set in this round is not confirmed as met."""
	open_seats = [
		row.seat
		for row in route.clearances.of_round(ClearanceState.DECIDED)
		if row.decision == joins.Decision.CLEAR_WITH_CONDITIONS and not row.conditions_met_on
	]
	if open_seats:
		frappe.throw(
			_("Conditions are still open: {0}. Confirm how they were met before signing.").format(
				", ".join(open_seats)
			),
			ApprovalError,
		)


def refuse_changed_content(route: Route, doc: Document) -> None:
	"""Raises ApprovalError when an answer of this round was given on other content than `doc` has now."""
	rules, hashes = {rule.key: rule for rule in planning.rules_of(route.row.policy)}, Hashes(doc)
	changed = [
		answer.seat
		for answer in route.clearances.favourable()
		# What another policy asked before is on record; this one does not build on it.
		if answer.rule_key in rules and answer.content_hash != hashes(rules[answer.rule_key].watched_fields)
	]
	if changed:
		frappe.throw(
			_(
				"The text is not what was cleared by {0}. Send it back to draft so that they can read it again."
			).format(", ".join(changed)),
			ApprovalError,
		)
