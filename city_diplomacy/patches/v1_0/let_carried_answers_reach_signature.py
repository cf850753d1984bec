"""A second round in which every answer still holds goes from intake to Ready to Sign: the workflow may follow."""

import frappe

from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, declared_routings
from city_diplomacy.partnership_approvals.routing.workflows import workflow_of


def execute() -> None:
	for routing in declared_routings().values():
		if frappe.db.exists("Workflow", routing.workflow_name):
			_add_missing(routing)


def _add_missing(routing: RoutedDoctype) -> None:
	workflow = frappe.get_doc("Workflow", routing.workflow_name)
	step = (routing.intake, routing.ready)
	if step in {(row.state, row.next_state) for row in workflow.transitions}:
		return
	if not set(step) <= {row.state for row in workflow.states}:
		# An administrator made another way of it; the checker of policies tells them what it lacks.
		return
	workflow.extend(
		"transitions",
		[row for row in workflow_of(routing)["transitions"] if (row["state"], row["next_state"]) == step],
	)
	workflow.save()
