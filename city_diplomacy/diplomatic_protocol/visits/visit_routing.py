"""How visits are routed, where the office switches that on: who receives or travels, for what and at whose cost."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import (
	CLERK,
	DEPARTMENT,
	DOCTYPE_PERMISSIONS,
	LEGAL,
	MANAGER,
	OFFICER,
	OVERRIDE,
	PROTOCOL,
)
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.visits import AGREED, VisitStatus
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.routing.permissions import asked_about
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, is_routed

ASKED_ONLY = (LEGAL, DEPARTMENT, CLERK, OVERRIDE)

VISIT_ROUTING = RoutedDoctype(
	doctype=VISIT,
	submittable=False,
	switch="route_visits",
	title_field="visit_title",
	sponsor_field="visit_owner",
	requesters=(PROTOCOL, OFFICER, MANAGER),
	managers=(MANAGER,),
	signers=(MANAGER, PROTOCOL),
	stage_states=(WorkflowState.IN_CLEARANCE, WorkflowState.MAYORS_DECISION, WorkflowState.COUNCIL_DECISION),
	council_state=WorkflowState.COUNCIL_DECISION,
	standings=(WorkflowState.ACTIVE, WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
	standing_changes={
		WorkflowState.ACTIVE: (WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
		WorkflowState.SUSPENDED: (WorkflowState.ACTIVE, WorkflowState.TERMINATED),
	},
	needed_by_field="arrives_on",
	visible_to="city_diplomacy.diplomatic_protocol.visits.visit_routing.visible_visits_condition",
	# Days, delegates and programme go on changing until the guests are here, and are nobody's to clear.
	content_fields=frozenset(
		{
			"direction",
			"visit_kind",
			"purpose",
			"benefit",
			"country",
			"partners",
			"costs",
			"without_cost",
			"authorised_by",
			"gifts_planned",
		}
	),
)


def visible_visits_condition(user: str) -> Criterion:
	"""The visits a person may know of: all for those who work with visits, else what they are asked about."""
	table = frappe.qb.DocType(VISIT)
	if (set(DOCTYPE_PERMISSIONS[VISIT]) - set(ASKED_ONLY)) & set(frappe.get_roles(user)):
		return table.name.isnotnull()
	condition = (table.owner == user) | (table.visit_owner == user)
	return condition | table.name.isin(asked_about(VISIT, user))


def refuse_unapproved(visit: Any) -> None:
	"""Raises VisitError where visits go through approval and one is to be accepted before it is approved."""
	stored = visit.get_doc_before_save()
	if visit.status not in AGREED or not stored or stored.status in AGREED or not is_routed(VISIT):
		return
	if visit.workflow_state != VISIT_ROUTING.signed:
		frappe.throw(
			_("{0} goes through approval before it is {1}; submit it for intake.").format(
				visit.visit_title, _(VisitStatus.ACCEPTED)
			),
			VisitError,
		)
