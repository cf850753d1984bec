"""How memberships of networks are routed, where the office switches that on: joining one is a decision too."""

import frappe
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import DEPARTMENT, DOCTYPE_PERMISSIONS, LEGAL, MANAGER, OFFICER, OVERRIDE
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.routing.permissions import asked_about
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype

ASKED_ONLY = (LEGAL, DEPARTMENT, OVERRIDE)

MEMBERSHIP_ROUTING = RoutedDoctype(
	doctype="Network Membership",
	submittable=False,
	switch="route_memberships",
	title_field="network",
	sponsor_field="responsible_user",
	requesters=(OFFICER, MANAGER),
	managers=(MANAGER,),
	signers=(MANAGER,),
	stage_states=(WorkflowState.IN_CLEARANCE, WorkflowState.MAYORS_DECISION, WorkflowState.COUNCIL_DECISION),
	council_state=WorkflowState.COUNCIL_DECISION,
	standings=(WorkflowState.ACTIVE, WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
	standing_changes={
		WorkflowState.ACTIVE: (WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
		WorkflowState.SUSPENDED: (WorkflowState.ACTIVE, WorkflowState.TERMINATED),
	},
	visible_to="city_diplomacy.partnerships.networks.membership_routing.visible_memberships_condition",
	content_fields=frozenset(
		{"network", "member_type", "partner_city", "basis", "dues", "currency", "notes"}
	),
)


def visible_memberships_condition(user: str) -> Criterion:
	"""The memberships a person may know of: all for those who keep the registers, else what they are asked about."""
	table = frappe.qb.DocType("Network Membership")
	if (set(DOCTYPE_PERMISSIONS["Network Membership"]) - set(ASKED_ONLY)) & set(frappe.get_roles(user)):
		return table.name.isnotnull()
	condition = (table.owner == user) | (table.responsible_user == user)
	return condition | table.name.isin(asked_about("Network Membership", user))
