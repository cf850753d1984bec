"""Switching the routing of a DocType on and off in City Diplomacy Settings.

Agreements are always routed. Others are when their declaration's check is on: then they get their state
field, a workflow and readers; when it is off again they are as they were, and what was approved stays so.
"""

from typing import Any

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, declared_routings
from city_diplomacy.partnership_approvals.routing.workflows import seed_workflow
from city_diplomacy.setup.custom_fields import STATE_FIELDS
from city_diplomacy.setup.roles import grant_reading, revoke_reading


def refuse_off_while_running(settings: Any, method: str | None = None) -> None:
	"""Hook `validate` of the settings: raises ApprovalError when a switch is turned off while documents are on their way by it."""
	for routing in _switched(settings, to=False):
		running = frappe.db.count(
			"Approval Route",
			{
				"reference_doctype": routing.doctype,
				"workflow_state": ["in", [state for state in routing.states if routing.is_running(state)]],
			},
		)
		if running:
			frappe.throw(
				_("{0} of {1} are on their way. Bring them to an end or withdraw them first.").format(
					running, _(routing.doctype)
				),
				ApprovalError,
			)


def follow_switches(settings: Any, method: str | None = None) -> None:
	"""Hook `on_update` of the settings: create what a DocType needs to be routed, or put its workflow to rest."""
	for routing in _switched(settings, to=True):
		switch_on(routing)
	for routing in _switched(settings, to=False):
		switch_off(routing)


def switch_on(routing: RoutedDoctype) -> None:
	"""Create the state field, the workflow and the readers of a DocType, whatever of them is missing."""
	fields = STATE_FIELDS.get(routing.doctype)
	if fields and not frappe.get_meta(routing.doctype).has_field(routing.state_field):
		create_custom_fields({routing.doctype: fields})
	grant_reading(routing.doctype, routing.readers)
	# Frappe 16.10 (issue 34991) reads the Workflow in the person's own name before each action.
	grant_reading("Workflow", routing.requesters)
	seed_workflow(routing)
	_set_active(routing, 1)


def switch_off(routing: RoutedDoctype) -> None:
	"""The native workflow rests and the readers go; the state field keeps what was approved."""
	_set_active(routing, 0)
	if routing.readers:
		revoke_reading(routing.doctype, routing.readers)


def _switched(settings, to: bool) -> list[RoutedDoctype]:
	before = settings.get_doc_before_save()
	return [
		routing
		for routing in declared_routings().values()
		if routing.switch
		and bool(settings.get(routing.switch)) is to
		and bool(before and before.get(routing.switch)) is not to
	]


def _set_active(routing: RoutedDoctype, active: int) -> None:
	if not frappe.db.exists("Workflow", routing.workflow_name):
		return
	workflow = frappe.get_doc("Workflow", routing.workflow_name)
	if workflow.is_active != active:
		workflow.is_active = active
		# Who may change the settings need not be one who may design workflows.
		workflow.save(ignore_permissions=True)
