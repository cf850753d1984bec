"""What Desk shows of a routed document beside its fields: its route, and what this person may do next.

One place says who may do what when; the form only arranges it, and the methods themselves check again.
"""

from typing import Any

import frappe

from city_diplomacy.access.rights import OVERRIDE
from city_diplomacy.domain.route.joins import FAVOURABLE, Decision
from city_diplomacy.domain.route.states import OPEN, ClearanceState
from city_diplomacy.partnership_approvals.arguments import Name, RoutedDoctypeName, checked
from city_diplomacy.partnership_approvals.council import action
from city_diplomacy.partnership_approvals.engine import conditions_met
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.routing import planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, content_of, routing_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, RouteRow
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.registers.readable import readable


@frappe.whitelist()
@checked
def for_form(doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""The view of a document's route with what the form needs around it.

	Answers {"view": see `approvals.view`, "plan" (who will be asked, for a document that has not set out),
	"plan_problem" (why nobody can be named), "needed_by" (see `planning.back_plan`), "watching" ([{"seat",
	"fields": labels}] whose answers a change of the text re-opens; no fields for all of it), "locked" (fields
	that cannot be changed any more), "acts" (see `acts_of`), "page" (address of the document's page for those
	without Desk, empty where it has none), "own_signing" (whether signing is more than a state), "signed" (that
	state), "missing" (sentences: what the document lacks before clearance can start)}.
	"""
	doc = readable(doctype, name)
	routing = routing_of(doctype)
	plan, problem, needed_by = _plan(doc, routing)
	free = routing.text_may_change(routing.state_of(doc))
	return {
		"view": approvals.view(doc),
		"plan": plan,
		"plan_problem": problem,
		"needed_by": needed_by,
		"watching": _watching(doc, routing),
		"locked": [] if free else list(content_of(doc)),
		"acts": acts_of(doc),
		"page": notify.agreement_url(doctype, name) if routing.page else "",
		"own_signing": routing.own_signing,
		"signed": routing.signed,
		"missing": _missing(doc, routing),
	}


def acts_of(doc: Document) -> dict[str, Any]:
	"""What the signed-in person may do with a document now.

	{"start", "send_back", "withdraw", "sign", "change_signed": bool, "standings": [state], and with the clearances they are
	about: "decide": [{"clearance", "seat", "url"}], "record" and "override": [{"clearance", "seat"}],
	"conditions": [{"clearance", "seat", "conditions"}], "dispute": [{"clearance", "seat", "conditions", "met"}], "answer": [{"clearance", "seat", "question"}],
	"council": [{"clearance", "seat", "draft": name of the record prepared already}]}.
	"""
	routing = routing_of(doc.doctype)
	roles, user = set(frappe.get_roles()), frappe.session.user
	route_row = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name},
		["name", "workflow_state", "round", "policy", "prepared_by"],
		as_dict=True,
	)
	state = route_row.workflow_state if route_row else routing.draft
	office = bool(roles & set(routing.requesters))
	answerable = office or user in routing.people_answerable(doc)
	manager = bool(roles & set(routing.managers))
	running = routing.is_running(state)
	acts: dict[str, Any] = {
		"start": office and state == routing.intake,
		"send_back": answerable and running,
		"withdraw": answerable and bool(route_row) and (running or state == routing.draft),
		"sign": state == routing.ready and bool(roles & set(routing.signers)),
		"standings": list(routing.standing_changes.get(state, ())) if manager else [],
		"change_signed": manager and routing.own_signing and routing.is_signed(state),
	}
	rows = _rows_of_round(route_row) if route_row and running else []
	return {**acts, **_acts_on_clearances(rows, route_row, user, manager, answerable)}


def _acts_on_clearances(
	rows: list[ClearanceRow], route_row: RouteRow, user: str, manager: bool, answerable: bool
) -> dict[str, list[dict[str, Any]]]:
	open_rows = [row for row in rows if row.state in OPEN]
	neutral = manager and user not in preparers.prepared_by(route_row) if route_row else False
	recordable = _recordable_rules(route_row) if neutral and open_rows else set()
	roles = set(frappe.get_roles())
	records_council = frappe.has_permission(action.DOCTYPE, "create")
	of_council = [row for row in open_rows if records_council and action.is_councils(row)]
	return {
		# What the council did is recorded; there is no second form beside it.
		"decide": [
			{"clearance": row.name, "seat": row.seat, "url": notify.clearance_url(row.name)}
			for row in open_rows
			if row not in of_council and (row.put_to == user if row.put_to else row.role in roles)
		],
		"override": [{"clearance": row.name, "seat": row.seat} for row in open_rows if OVERRIDE in roles],
		"record": [
			{"clearance": row.name, "seat": row.seat} for row in open_rows if row.rule_key in recordable
		],
		"council": [
			{"clearance": row.name, "seat": row.seat, "draft": action.draft_about(row.name)}
			for row in of_council
		],
		"answer": [
			{"clearance": row.name, "seat": row.seat, "question": row.question}
			for row in rows
			if answerable and row.state == ClearanceState.QUESTION_ASKED
		],
		"conditions": [
			{"clearance": row.name, "seat": row.seat, "conditions": row.conditions}
			for row in rows
			if row.decision == Decision.CLEAR_WITH_CONDITIONS
			and not row.conditions_met_on
			and (neutral or user in conditions_met.setters_of(row, bool(row.recorded)))
		],
		"dispute": [
			{"clearance": row.name, "seat": row.seat, "conditions": row.conditions, "met": row.conditions_met}
			for row in rows
			if row.state == ClearanceState.DECIDED
			and row.conditions_met_on
			and user in conditions_met.setters_of(row, bool(row.recorded))
		],
	}


def _rows_of_round(route_row: RouteRow) -> list[ClearanceRow]:
	# What of a row leaves this module is decided per act, by the person's office or their own seat.
	return frappe.get_all(
		"Approval Clearance",
		filters={"route": route_row.name, "round": route_row.round},
		fields=[
			"name",
			"reference_doctype",
			"seat",
			"state",
			"put_to",
			"role",
			"rule_key",
			"workflow_state",
			"decision",
			"decided_by",
			"acting_for",
			"recorded",
			"overridden",
			"conditions",
			"conditions_met",
			"conditions_met_on",
			"question",
		],
		order_by="stage asc, seat asc",
		limit_page_length=0,
	)


def _recordable_rules(route_row: RouteRow) -> set[str]:
	return {rule.key for rule in planning.rules_of(route_row.policy) if rule.recorded_decision_allowed}


def _plan(
	doc: Document, routing: RoutedDoctype
) -> tuple[list[dict[str, Any]], str | None, dict[str, Any] | None]:
	"""Who will be asked about a document that is still with its author or the office, or why nobody can be named."""
	if routing.has_set_out(routing.state_of(doc)):
		return [], None, None
	try:
		preview = planning.preview(doc)
	except ApprovalError as error:
		frappe.clear_last_message()
		return [], str(error), None
	return preview["stages"], None, preview["needed_by"]


def _missing(doc: Document, routing: RoutedDoctype) -> list[str]:
	in_intake = routing.state_of(doc) == routing.intake
	return doc.missing_for_clearance() if in_intake and hasattr(doc, "missing_for_clearance") else []


def _watching(doc: Document, routing: RoutedDoctype) -> list[dict[str, Any]]:
	state = routing.state_of(doc)
	if not routing.has_set_out(state) or not routing.text_may_change(state):
		return []
	route_row = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name},
		["name", "round", "policy"],
		as_dict=True,
	)
	rules = (
		{rule.key: rule for rule in planning.rules_of(route_row.policy)}
		if route_row and route_row.policy
		else {}
	)
	# Seats that have answered, not what they answered: whoever may change the text may know whom they ask again.
	rows = frappe.get_all(
		"Approval Clearance",
		filters={
			"route": route_row.name,
			"round": route_row.round,
			"state": ClearanceState.DECIDED,
			"decision": ["in", FAVOURABLE],
		},
		fields=["seat", "rule_key"],
		order_by="stage asc, seat asc",
		limit_page_length=0,
	)
	return [
		{
			"seat": row.seat,
			"fields": [frappe._(doc.meta.get_label(field)) for field in rules[row.rule_key].watched_fields],
		}
		for row in rows
		if row.rule_key in rules
	]
