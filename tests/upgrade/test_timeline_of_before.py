"""A site on which the moves of agreements stand in their timelines in the system's name."""

import frappe

from city_diplomacy.partnership_approvals.views import timeline
from city_diplomacy.patches.v1_0 import let_the_ledger_tell_the_timeline as patch
from tests import factories
from tests.approvals import scenes


def written(doctype: str, **values) -> str:
	doc = frappe.get_doc({"doctype": doctype, "name": frappe.generate_hash(length=10), **values})
	doc.db_insert()
	return doc.name


def test_the_patch_takes_what_credits_the_system_and_leaves_what_people_wrote():
	agreement = scenes.under_way()
	about = {"reference_doctype": "MOU", "reference_name": agreement.name}
	by_system = {"owner": "Administrator", "comment_by": "Administrator", "comment_email": "Administrator"}
	move = written("Comment", comment_type="Workflow", content="In Clearance", **about, **by_system)
	remark = written("Comment", comment_type="Comment", content="Please read it.", **about, **by_system)
	version = {"ref_doctype": "MOU", "docname": agreement.name, "owner": "Administrator"}
	state = ["workflow_state", "Intake Review", "In Clearance"]
	moved = written("Version", data=frappe.as_json({"changed": [state], "added": []}), **version)
	edited = written("Version", data=frappe.as_json({"changed": [state, ["purpose", "a", "b"]]}), **version)
	patch.execute()
	patch.execute()
	assert not frappe.db.exists("Comment", move)
	assert not frappe.db.exists("Version", moved)
	assert frappe.db.exists("Comment", remark)
	assert frappe.db.exists("Version", edited)
	with factories.acting_as(scenes.office()):
		assert any(
			"Clearance Started" in line["content"] for line in timeline.of_document("MOU", agreement.name)
		)
