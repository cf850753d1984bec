"""A site whose workflow was made before a second round could go straight to signature."""

import frappe

from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from city_diplomacy.patches.v1_0 import let_carried_answers_reach_signature as patch
from tests import factories
from tests.approvals import scenes


def steps() -> list[tuple[str, str]]:
	workflow = frappe.get_doc("Workflow", MOU_ROUTING.workflow_name)
	return [(row.state, row.next_state) for row in workflow.transitions]


def test_the_patch_adds_the_transition_once_and_touches_no_other():
	before = steps()
	workflow = frappe.get_doc("Workflow", MOU_ROUTING.workflow_name)
	kept = [
		row
		for row in workflow.transitions
		if (row.state, row.next_state) != ("Intake Review", "Ready to Sign")
	]
	workflow.set("transitions", kept)
	workflow.save()
	patch.execute()
	patch.execute()
	assert sorted(steps()) == sorted(before)
	agreement = scenes.ready_to_sign()
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The ceremony is put off.")
		factories.start_clearance(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"
