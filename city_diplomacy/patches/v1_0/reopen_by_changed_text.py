"""A changed text asks again those who cleared what changed, from Ready to Sign too: the workflow may follow."""

import frappe

from city_diplomacy.partnership_approvals.routing.workflows import workflow_of
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING


def execute() -> None:
	name = MOU_ROUTING.workflow_name
	if not frappe.db.exists("Workflow", name):
		return
	workflow = frappe.get_doc("Workflow", name)
	there = {(row.state, row.action, row.next_state) for row in workflow.transitions}
	missing = [
		row
		for row in workflow_of(MOU_ROUTING)["transitions"]
		if (row["state"], row["action"], row["next_state"]) not in there
	]
	if missing:
		workflow.extend("transitions", missing)
		workflow.save()
