"""The clearances of a route: putting questions, counting answers, taking questions back.

All functions that read in order to decide take rows with locks; their callers hold the route's lock.
"""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime
from pypika import Table

from city_diplomacy.domain import joins, routing
from city_diplomacy.domain.deadlines import add_working_days
from city_diplomacy.partnership_approvals import notices, planning
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routed_doctypes import hash_of

CLEARANCE = Table("tabApproval Clearance")
OPEN = ("Pending", "Question Asked")


def put_questions(route: Any, stage: routing.Stage, doc: Any) -> None:
	"""Create the clearances of a stage, with a to-do and a notification for each person asked."""
	put(route, stage.number, stage.state, stage.questions, doc)


def put(route: Any, number: int, state: str, questions: Iterable[routing.Question], doc: Any) -> None:
	now = now_datetime()
	holidays = planning.holidays()
	hashes: dict[tuple[str, ...], str] = {}
	rows = []
	for question in questions:
		rule = question.rule
		if rule.watched_fields not in hashes:
			hashes[rule.watched_fields] = hash_of(doc, rule.watched_fields)
		rows.append(
			frappe._dict(
				name=frappe.generate_hash(length=16),
				owner=frappe.session.user,
				modified_by=frappe.session.user,
				creation=now,
				modified=now,
				route=route.name,
				reference_doctype=route.reference_doctype,
				reference_name=route.reference_name,
				round=route.round,
				stage=number,
				workflow_state=state,
				state="Pending",
				seat=question.seat,
				rule_key=rule.key,
				department=question.department,
				put_to=question.holder,
				role=question.role,
				basis=str(question.basis),
				why=rule.why,
				mandatory=int(rule.mandatory),
				veto=int(rule.veto),
				co_reviewers_see=str(rule.co_reviewers_see),
				asked_on=now,
				due_date=add_working_days(getdate(now), rule.working_days, holidays),
				content_hash=hashes[rule.watched_fields],
			)
		)
	if rows:
		fields = list(rows[0])
		frappe.db.bulk_insert("Approval Clearance", fields, [[row[f] for f in fields] for row in rows])
		notices.ask(rows, doc)


def locked_rows(route: Any, columns: tuple[str, ...], condition: Any) -> list[Any]:
	"""Clearances of a route as they are now, their rows locked, in the order they were asked.

	A plain read would show them as they were when the request began.
	"""
	return (
		frappe.qb.from_(CLEARANCE)
		.select(*(CLEARANCE[column] for column in columns))
		.where((CLEARANCE.route == route.name) & condition)
		.orderby(CLEARANCE.asked_on)
		.for_update()
		.run(as_dict=True)
	)


def standing_of(route: Any) -> tuple[joins.Outcome, routing.IfRefused]:
	"""Where the stage stands by its joins, and where a refusal would lead.

	A seat that was given to somebody else after a recusal counts with its latest question only.
	"""
	columns = ("seat", "rule_key", "decision", "mandatory", "veto")
	rows = locked_rows(route, columns, (CLEARANCE.round == route.round) & (CLEARANCE.stage == route.stage))
	latest = {row.seat: row for row in rows}
	rules = {rule.key: rule for rule in planning.rules_of(route.policy)}
	groups: dict[str, tuple[joins.JoinRule, list[joins.Vote]]] = {}
	if_refused = routing.IfRefused.RETURN_TO_DRAFT
	for row in latest.values():
		rule = rules[row.rule_key]
		votes = groups.setdefault(rule.group, (rule.join, []))[1]
		votes.append(joins.Vote(row.seat, row.decision or None, bool(row.mandatory), bool(row.veto)))
		if row.decision == joins.Decision.OBJECT and rule.if_refused == routing.IfRefused.DECLINE:
			if_refused = routing.IfRefused.DECLINE
	return joins.settle_stage(groups), if_refused


def withdraw_open(route: Any) -> None:
	"""Take back what is still asked of anybody on this route; their to-dos close."""
	names = [row.name for row in locked_rows(route, ("name",), CLEARANCE.state.isin(OPEN))]
	if not names:
		return
	(
		frappe.qb.update(CLEARANCE)
		.set(CLEARANCE.state, "Withdrawn")
		.set(CLEARANCE.modified, now_datetime())
		.set(CLEARANCE.modified_by, frappe.session.user)
		.where(CLEARANCE.name.isin(names))
		.run()
	)
	notices.close_todos(names, "Cancelled")


def can_be_answered(question: routing.Question) -> bool:
	"""Whether somebody with an account can answer."""
	return bool(question.holder) or bool(question.role and people_with_role(question.role))


def people_with_role(role: str) -> list[str]:
	"""The enabled people who hold a role, in order of their names; Administrator is nobody's seat."""
	user, has_role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(has_role)
		.on((has_role.parent == user.name) & (has_role.parenttype == "User"))
		.select(user.name)
		.where((has_role.role == role) & (user.enabled == 1) & user.name.notin(("Administrator", "Guest")))
		.orderby(user.name)
		.run(pluck=True)
	)


def reassign_after_recusal(route: Any, clearance: Any, doc: Any) -> None:
	"""A seat whose holder stood aside is put to the next who may fill it, or stays open for the office.

	Next are the acting head, the rule's and the settings' named person; others who hold the seat's role.
	"""
	rule = next(r for r in planning.rules_of(route.policy) if r.key == clearance.rule_key)
	recused = (
		(CLEARANCE.round == route.round)
		& (CLEARANCE.seat == clearance.seat)
		& (CLEARANCE.decision == joins.Decision.RECUSE.value)
	)
	aside = {row.decided_by for row in locked_rows(route, ("decided_by",), recused)}
	directory = planning.SiteDirectory()
	candidates = [rule.fallback_user]
	if clearance.department:
		candidates.insert(0, directory.acting_head_of(clearance.department))
	holder = next((c for c in candidates if c not in aside and routing.may_hold_seat(c, directory)), None)
	role = clearance.role if not holder and set(people_with_role(clearance.role or "")) - aside else None
	basis = routing.Basis.FALLBACK if holder else routing.Basis.ROLE if role else routing.Basis.VACANT
	question = routing.Question(rule, clearance.seat, clearance.department, holder, role, basis)
	put(route, clearance.stage, clearance.workflow_state, [question], doc)


def refuse_open_conditions(route: Any) -> None:
	"""Raises ApprovalError while a condition somebody set in this round is not confirmed as met."""
	unmet = (
		(CLEARANCE.round == route.round)
		& (CLEARANCE.decision == joins.Decision.CLEAR_WITH_CONDITIONS.value)
		& CLEARANCE.conditions_met_on.isnull()
	)
	open_seats = [row.seat for row in locked_rows(route, ("seat",), unmet)]
	if open_seats:
		frappe.throw(
			_("Conditions are still open: {0}. Confirm how they were met before signing.").format(
				", ".join(open_seats)
			),
			ApprovalError,
		)


def refuse_changed_content(route: Any, doc: Any) -> None:
	"""Raises ApprovalError when an answer of this round was given on other content than `doc` has now."""
	rules = {rule.key: rule for rule in planning.rules_of(route.policy)}
	decided = (CLEARANCE.round == route.round) & (CLEARANCE.state == "Decided")
	answers = locked_rows(route, ("seat", "rule_key", "content_hash"), decided)
	changed = [a.seat for a in answers if a.content_hash != hash_of(doc, rules[a.rule_key].watched_fields)]
	if changed:
		frappe.throw(
			_(
				"The text is not what was cleared by {0}. Send it back to draft so that they can read it again."
			).format(", ".join(changed)),
			ApprovalError,
		)
