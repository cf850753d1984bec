"""The native Workflow of a routed DocType, derived from its declaration.

The workflow shows the coarse state to lists, kanban, reports and permissions; the route decides it. So every
transition but the first asks, in its condition, whether the document's route already stands in the next
state: it can be taken by the engine within its own transaction, and by nobody else.
"""

from typing import Any

import frappe

from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.routing.routed_doctypes import (
	RoutedDoctype,
	routed_here,
	routing_of,
)

STATE_STYLES: dict[str, str] = {
	WorkflowState.DRAFT: "",
	WorkflowState.INTAKE_REVIEW: "Info",
	WorkflowState.IN_CLEARANCE: "Warning",
	WorkflowState.MAYORS_DECISION: "Warning",
	WorkflowState.COUNCIL_DECISION: "Warning",
	WorkflowState.READY_TO_SIGN: "Primary",
	WorkflowState.ACTIVE: "Success",
	WorkflowState.SUSPENDED: "Warning",
	WorkflowState.EXPIRED: "",
	WorkflowState.TERMINATED: "Danger",
	WorkflowState.SUPERSEDED: "",
	WorkflowState.DECLINED: "Danger",
	WorkflowState.WITHDRAWN: "",
}

ADVANCE, RETURN, DECLINE, WITHDRAW, SIGN, STANDING, RECORD = (
	"Advance",
	"Return to Draft",
	"Decline",
	"Withdraw",
	"Sign",
	"Change Standing",
	"Record Existing",
)


def seed_workflows() -> None:
	"""For every DocType routed here, create what is missing; leave alone what an administrator has changed."""
	for doctype in routed_here():
		seed_workflow(routing_of(doctype))


def seed_workflow(routing: RoutedDoctype) -> None:
	for state in routing.states:
		if not frappe.db.exists("Workflow State", state):
			style = STATE_STYLES.get(state, "")
			_insert({"doctype": "Workflow State", "workflow_state_name": state, "style": style})
	for action in actions_of(routing):
		if not frappe.db.exists("Workflow Action Master", action):
			_insert({"doctype": "Workflow Action Master", "workflow_action_name": action})
	if not frappe.db.exists("Workflow", routing.workflow_name):
		_insert(workflow_of(routing))


def actions_of(routing: RoutedDoctype) -> list[str]:
	return [routing.submit_action, ADVANCE, RETURN, DECLINE, WITHDRAW, SIGN, STANDING, RECORD]


def workflow_of(routing: RoutedDoctype) -> dict[str, Any]:
	"""The Workflow document for a routed DocType. No e-mail alerts: native action links act without signing in."""
	return {
		"doctype": "Workflow",
		"workflow_name": routing.workflow_name,
		"document_type": routing.doctype,
		"workflow_state_field": routing.state_field,
		"is_active": 1,
		"send_email_alert": 0,
		"override_status": 0,
		"states": [
			{
				"state": state,
				"doc_status": "1" if routing.is_submitted(state) else "0",
				# Desk alone reads this, one role a state; who may write is in `access/rights.py`.
				"allow_edit": "All",
				"is_optional_state": int(not routing.is_running(state) and state != routing.draft),
			}
			for state in routing.states
		],
		"transitions": _transitions(routing),
	}


def _transitions(routing: RoutedDoctype) -> list[dict[str, Any]]:
	by_people = [
		{
			"state": routing.draft,
			"action": routing.submit_action,
			"next_state": routing.intake,
			"allowed": role,
			"allow_self_approval": 1,
		}
		for role in routing.requesters
	]
	stages, running = routing.stage_states, (routing.intake, *routing.stage_states, routing.ready)
	by_engine = [(state, ADVANCE, to) for state in (routing.intake, *stages) for to in stages if to != state]
	# From intake too: in a second round every answer may still hold.
	by_engine += [(state, ADVANCE, routing.ready) for state in (routing.intake, *stages)]
	# A changed text asks again those who cleared what changed.
	by_engine += [(routing.ready, ADVANCE, state) for state in stages]
	by_engine += [(state, RETURN, routing.draft) for state in running]
	by_engine += [(state, DECLINE, routing.declined) for state in stages]
	by_engine += [(state, WITHDRAW, routing.withdrawn) for state in (routing.draft, *running)]
	by_engine += [(routing.ready, SIGN, routing.signed)]
	by_engine += [(a, STANDING, b) for a in routing.standings for b in routing.standings if a != b]
	by_engine += [(routing.draft, RECORD, to) for to in routing.standings]
	return by_people + [
		{
			"state": state,
			"action": action,
			"next_state": to,
			# Everybody signed in: whoever answers last moves the document, and the condition holds the rest.
			"allowed": "All",
			"allow_self_approval": 1,
			"condition": route_stands_in(to),
		}
		for state, action, to in by_engine
	]


def route_stands_in(state: str) -> str:
	"""The condition under which the native workflow may follow a route into `state`."""
	return (
		'frappe.db.get_value("Approval Route", {"reference_doctype": doc.doctype, '
		f'"reference_name": doc.name}}, "workflow_state") == {str(state)!r}'
	)


def _insert(values: dict[str, Any]) -> None:
	# Seeding runs at install and migrate, in nobody's name.
	frappe.get_doc(values).insert(ignore_permissions=True)
