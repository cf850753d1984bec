"""How ERPNext's projects are routed, where the office switches that on: the example of another app's DocType.

Nothing in ERPNext is changed for it. A project is worked on in ERPNext as before; what it is about, by when
and for how much is what people clear.
"""

import frappe
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MANAGER, MAYOR, OFFICER, OVERRIDE, ROLES
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.routing.permissions import asked_about
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, is_routed

PROJECTS_USER, PROJECTS_MANAGER = "Projects User", "Projects Manager"

PROJECT_ROUTING = RoutedDoctype(
	doctype="Project",
	submittable=False,
	switch="route_projects",
	title_field="project_name",
	requesters=(PROJECTS_USER, PROJECTS_MANAGER),
	managers=(MANAGER,),
	signers=(MANAGER, PROJECTS_MANAGER),
	stage_states=(WorkflowState.IN_CLEARANCE, WorkflowState.MAYORS_DECISION, WorkflowState.COUNCIL_DECISION),
	council_state=WorkflowState.COUNCIL_DECISION,
	standings=(WorkflowState.ACTIVE, WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
	standing_changes={
		WorkflowState.ACTIVE: (WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
		WorkflowState.SUSPENDED: (WorkflowState.ACTIVE, WorkflowState.TERMINATED),
	},
	needed_by_field="expected_start_date",
	visible_to="city_diplomacy.overrides.project_routing.visible_projects_condition",
	readers=(OFFICER, MANAGER, LEGAL, DEPARTMENT, MAYOR, CLERK, OVERRIDE),
	content_fields=frozenset(
		{"project_name", "department", "customer", "expected_end_date", "estimated_costing", "notes"}
	),
)


def visible_projects_condition(user: str) -> Criterion | None:
	"""The projects a person may know of: who reads them by a role of ERPNext, all; our roles, what is asked.

	Where projects are not routed they are ERPNext's business alone.
	"""
	if not is_routed("Project"):
		return None
	table, roles = frappe.qb.DocType("Project"), set(frappe.get_roles(user))
	if roles & {OFFICER, MANAGER} or _reads_by_erpnext(roles):
		return table.name.isnotnull()
	return (table.owner == user) | table.name.isin(asked_about("Project", user))


def _reads_by_erpnext(roles: set[str]) -> bool:
	rows = frappe.get_meta("Project").permissions
	others = {row.role for row in rows if (row.read or row.select) and not row.permlevel} - set(ROLES)
	return bool(others & roles) or not roles & set(ROLES)
