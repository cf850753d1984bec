"""From a routing policy and a document to the questions that will be put, by the rules in `domain.route.routing`."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.calendar import deadlines
from city_diplomacy.domain.policy.conditions import Condition, ConditionError
from city_diplomacy.domain.policy.states import PolicyStatus
from city_diplomacy.domain.route import routing
from city_diplomacy.domain.route.joins import JoinError, JoinKind, JoinRule
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.people.names import other_name
from city_diplomacy.partnership_approvals.routing import preparers
from city_diplomacy.partnership_approvals.routing.conditions import condition_of_rule, conditions_of
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import Document, Policy, RuleRow

RULE_ERRORS = (routing.RoutingError, ConditionError, JoinError)


class SiteDirectory:
	"""The organisation as this site knows it: Departments with their heads, and Users."""

	def head_of(self, department: str) -> str | None:
		return frappe.get_cached_value("Department", department, "department_head")

	def acting_head_of(self, department: str) -> str | None:
		return frappe.get_cached_value("Department", department, "acting_head")

	def is_active(self, user: str) -> bool:
		return bool(frappe.get_cached_value("User", user, "enabled"))

	def has_role(self, user: str, role: str) -> bool:
		return role in frappe.get_roles(user)


def settings() -> Document:
	return frappe.get_cached_doc("City Diplomacy Settings")


def find_active_policy(doctype: str) -> str | None:
	"""The policy new routes of a DocType are pinned to, None when none is active."""
	return frappe.db.get_value(
		"Routing Policy", {"document_type": doctype, "status": PolicyStatus.ACTIVE, "docstatus": 1}, "name"
	)


def active_policy(doctype: str) -> str:
	"""The policy new routes of a DocType are pinned to. Raises ApprovalError when there is none."""
	policy = find_active_policy(doctype)
	if not policy:
		frappe.throw(
			_("No routing policy is active for {0}. Ask the approval administrator to activate one.").format(
				_(doctype)
			),
			ApprovalError,
		)
	return policy


def rules_of(policy: str | Policy) -> list[routing.Rule]:
	"""The rules of a policy as the domain knows them. Raises ApprovalError naming a rule that makes no sense."""
	doc = frappe.get_cached_doc("Routing Policy", policy) if isinstance(policy, str) else policy
	chosen, conditions = settings(), conditions_of(doc)
	try:
		return [_rule(row, chosen, condition_of_rule(row, conditions)) for row in doc.rules]
	except RULE_ERRORS as error:
		frappe.throw(str(error), ApprovalError)


def _rule(row: RuleRow, chosen: Document, condition: Condition | None) -> routing.Rule:
	asked_of, department = row.asked_of, row.department
	if asked_of == "Department in Settings":
		asked_of = routing.AskedOf.DEPARTMENT_HEAD
		department = chosen.get(row.settings_field) if row.settings_field else None
	return routing.Rule(
		key=row.rule_key or row.name,
		stage=row.stage,
		state=row.workflow_state,
		seat=row.seat,
		asked_of=asked_of,
		department=department,
		table_field=row.table_field,
		user_field=row.user_field,
		user=row.user,
		role=row.role,
		fallback_user=row.fallback_user or chosen.get("vacant_seat_user"),
		condition=condition,
		join=JoinRule(row.join or JoinKind.ALL, k=row.join_k or 0, percent=row.join_percent or 0),
		group=row.join_group or "",
		mandatory=bool(row.mandatory),
		veto=bool(row.veto),
		working_days=row.working_days or 0,
		escalates_to=row.escalates_to,
		watched_fields=tuple((row.watched_fields or "").replace(",", " ").split()),
		recorded_decision_allowed=bool(row.recorded_decision_allowed),
		may_forward=bool(row.get("may_forward")),
		co_reviewers_see=row.co_reviewers_see or routing.CoReviewersSee.DECISIONS,
		if_refused=row.if_refused or routing.IfRefused.RETURN_TO_DRAFT,
		why=row.why or "",
	)


def plan(
	policy: str | Policy, doc: Document, start: date | None = None, barred: Collection[str] | None = None
) -> tuple[routing.Stage, ...]:
	"""The stages `doc` would go through under `policy`, with due dates counted from `start`.

	`barred` are the people who prepared it and cannot be asked; of a draft, who would count as such.

	Raises ApprovalError with the domain's sentence when the rules contradict each other or the document.
	"""
	if barred is None:
		barred = who_prepared(doc)
	try:
		return routing.plan_route(
			rules_of(policy), facts_of(doc), SiteDirectory(), start=start, holidays=holidays(), barred=barred
		)
	except RULE_ERRORS as error:
		frappe.throw(str(error), ApprovalError)


def who_prepared(doc: Document) -> set[str]:
	"""By the ledger of a routed document, or by what would be entered there if it were handed in now."""
	route_row = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name or ""},
		["name", "prepared_by"],
		as_dict=True,
	)
	if route_row:
		return preparers.prepared_by(route_row)
	return preparers.will_have_prepared(doc)


def facts_of(doc: Document) -> dict[str, Any]:
	"""The document's values as rules read them; rows that name a department also carry its plain name."""
	facts = doc.as_dict()
	for df in doc.meta.get_table_fields():
		for row in facts.get(df.fieldname) or ():
			name_department(row)
	return facts


def name_department(row: dict[str, Any]) -> None:
	"""Add the plain name of the department a row of a table names, if it names one."""
	if row.get("department"):
		row["department_name"] = frappe.get_cached_value("Department", row["department"], "department_name")


def holidays() -> Sequence[date]:
	"""The days of the city's Holiday List; none without a list, when only weekends are left out."""
	holiday_list = settings().get("holiday_list")
	if not holiday_list:
		return ()
	return [getdate(row.holiday_date) for row in frappe.get_cached_doc("Holiday List", holiday_list).holidays]


def preview(doc: Document) -> dict[str, Any]:
	"""Who will be asked about `doc`, in which order, why and by when, if it set out today."""
	policy = active_policy(doc.doctype)
	stages = plan(policy, doc, start=getdate(nowdate()))
	return {"policy": policy, **as_shown(doc, stages)}


def as_shown(doc: Document, stages: Collection[routing.Stage]) -> dict[str, Any]:
	"""A planned route in plain values, as pages and forms show it: "needed_by" (see `back_plan`) and "stages"."""
	# Planning has looked at each of these accounts, which are at hand since.
	holders = {question.holder for stage in stages for question in stage.questions if question.holder}
	names = {holder: frappe.get_cached_value("User", holder, "full_name") or holder for holder in holders}
	return {
		"needed_by": back_plan(doc, stages),
		"stages": [
			{
				"number": stage.number,
				"state": stage.state,
				"seats": [described(question, names) for question in stage.questions],
			}
			for stage in stages
		],
	}


def back_plan(doc: Document, stages: Collection[routing.Stage]) -> dict[str, Any] | None:
	"""When to start so that a document is cleared by the day it is needed, if every seat takes all its time.

	{"needed_by", "start_by": dates, "working_days": counted for all stages one after the other, "late": working
	days it is too late to start today, 0 when there is time}; None without such a day. Stages that have passed
	already are not in `stages`.
	"""
	field = routing_of(doc.doctype).needed_by_field
	needed_by = getdate(doc.get(field)) if field and doc.get(field) else None
	if not needed_by:
		return None
	days = [max(q.rule.working_days for q in stage.questions) for stage in stages if stage.questions]
	calendar, today = holidays(), getdate(nowdate())
	start_by = deadlines.latest_start(needed_by, days, calendar)
	return {
		"needed_by": needed_by,
		"start_by": start_by,
		"working_days": sum(days),
		"late": max(deadlines.working_days_between(start_by, today, calendar), 0),
	}


def described(question: routing.Question, names: dict[str, str]) -> dict[str, Any]:
	"""A planned question in plain values, as pages and forms show it; `names` are people's full names."""
	return {
		"seat": question.seat,
		"department": other_name(question.department, question.seat),
		"holder": question.holder,
		"holder_name": names.get(question.holder) if question.holder else None,
		"role": question.role,
		"basis": str(question.basis),
		"why": question.rule.why,
		"due": question.due,
	}
