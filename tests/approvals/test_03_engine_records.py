"""Property 3, for the engine's own records: nobody writes routes, clearances or the ledger by hand.

Not the Administrator either, over any document, REST, Desk or import path. The same ways are shown in
`test_03_no_way_around.py` to lead through on a plain DocType.
"""

import json

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, OFFICER, ROLES
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.exceptions import EngineRecordError, NotYourSeatError
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.real_site

RECORDS = scenes.ENGINE_DOCTYPES
# What somebody would change in each: where it stands, who is asked, what was said.
CHANGE = {
	"Approval Route": {"workflow_state": "Ready to Sign"},
	"Approval Clearance": {"state": "Decided", "decision": "Clear"},
	"Approval Decision": {"decision": "Clear"},
}


@pytest.fixture
def agreement():
	return scenes.under_way()


@pytest.fixture(params=["Administrator", "everything@city.example"])
def browser(request, client):
	if request.param != "Administrator":
		factories.make_user(request.param, *ROLES)
	return client(request.param)


def record_of(doctype: str, agreement):
	return frappe.get_last_doc(doctype, {"reference_name": agreement.name})


def requests_against(doctype: str, name: str, copy: dict) -> list[tuple[str, dict]]:
	"""Whitelisted methods and their arguments by which a browser would change, remove or forge a record."""
	changed = {**copy, **CHANGE[doctype]}
	forged = {**changed, "name": None, "sequence": 99, "flags": {"ignore_permissions": 1}}
	value = {"fieldname": json.dumps(CHANGE[doctype])}
	return [
		("frappe.client.save", {"doc": json.dumps(changed)}),
		("frappe.client.set_value", {"doctype": doctype, "name": name, **value}),
		("frappe.client.bulk_update", {"docs": json.dumps([{**changed, "docname": name}])}),
		("frappe.client.submit", {"doc": json.dumps(changed)}),
		("frappe.client.cancel", {"doctype": doctype, "name": name}),
		("frappe.client.delete", {"doctype": doctype, "name": name}),
		("frappe.client.insert", {"doc": json.dumps(forged)}),
		("frappe.client.insert_many", {"docs": json.dumps([forged])}),
		("frappe.client.rename_doc", {"doctype": doctype, "old_name": name, "new_name": "renamed"}),
		(
			"frappe.model.rename_doc.update_document_title",
			{"doctype": doctype, "docname": name, "name": "renamed"},
		),
		("frappe.desk.form.save.savedocs", {"doc": json.dumps(changed), "action": "Save"}),
		("frappe.desk.form.save.savedocs", {"doc": json.dumps(changed), "action": "Submit"}),
		("frappe.desk.form.save.cancel", {"doctype": doctype, "name": name}),
		("frappe.desk.reportview.delete_items", {"doctype": doctype, "items": json.dumps([name])}),
		(
			"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
			{
				"doctype": doctype,
				"docnames": json.dumps([name]),
				"action": "update",
				"data": json.dumps(CHANGE[doctype]),
			},
		),
	]


@pytest.mark.parametrize("doctype", RECORDS)
def test_no_method_changes_removes_or_forges_a_record(browser, agreement, doctype):
	record = record_of(doctype, agreement)
	copy = json.loads(frappe.as_json(record.as_dict()))
	before = scenes.picture_of(agreement)
	for method, arguments in requests_against(doctype, record.name, copy):
		browser.call(method, **arguments)
		assert scenes.picture_of(agreement) == before, method


@pytest.mark.parametrize("doctype", RECORDS)
def test_rest_does_not_either(browser, agreement, doctype):
	record = record_of(doctype, agreement)
	copy = json.loads(frappe.as_json(record.as_dict()))
	before = scenes.picture_of(agreement)
	for path in (f"/api/resource/{doctype}", f"/api/v2/document/{doctype}"):
		for method, where, body in (
			("PUT", f"{path}/{record.name}", CHANGE[doctype]),
			("DELETE", f"{path}/{record.name}", None),
			("POST", path, {**copy, "name": None}),
		):
			answer = browser.request(
				method, where + ("/" if "v2" in path and body != copy else ""), json=body
			)
			assert answer.status_code >= 400, (method, where)
			assert scenes.picture_of(agreement) == before, (method, where)


@pytest.mark.parametrize("doctype", RECORDS)
def test_code_that_goes_through_the_document_is_refused_whatever_it_ignores(agreement, doctype):
	record = record_of(doctype, agreement)
	before = scenes.picture_of(agreement)
	frappe.db.commit()
	for flags in ({}, {"ignore_permissions": True}, {"ignore_permissions": True, "ignore_validate": True}):
		changed = record_of(doctype, agreement)
		changed.update(CHANGE[doctype])
		changed.flags.update(flags)
		with pytest.raises(EngineRecordError):
			changed.save()
		frappe.db.rollback()
	with pytest.raises(EngineRecordError):
		frappe.copy_doc(record).insert(ignore_permissions=True)
	with pytest.raises(EngineRecordError):
		frappe.delete_doc(doctype, record.name, force=True, ignore_permissions=True)
	with pytest.raises(EngineRecordError):
		frappe.rename_doc(doctype, record.name, "renamed", force=True)
	assert scenes.picture_of(agreement) == before


@pytest.mark.parametrize("child", ["Routing Rule"])
def test_a_rule_of_a_policy_in_use_is_not_changed_by_itself(client, child):
	"""A row of a submitted document can be deleted over REST, which runs no hook of the document."""
	policy = frappe.get_doc("Routing Policy", {"status": "Active", "document_type": "MOU"})
	row = policy.rules[0]
	browser = client("Administrator")
	values = json.loads(frappe.as_json(row.as_dict()))
	for method, where, body in (
		("DELETE", f"/api/resource/{child}/{row.name}", None),
		("PUT", f"/api/resource/{child}/{row.name}", {"mandatory": 0, "seat": "Nobody"}),
		("POST", f"/api/resource/{child}", {**values, "name": None, "seat": "Somebody else"}),
	):
		browser.request(method, where, json=body)
	stored = frappe.get_doc("Routing Policy", policy.name)
	assert [rule.as_dict() for rule in stored.rules] == [rule.as_dict() for rule in policy.rules]


def test_assigning_a_clearance_in_desk_does_not_give_anybody_the_seat(client, agreement):
	"""Desk's "Assign To" writes a field called `assigned_to` wherever a DocType has one."""
	(seat,) = factories.clearances_of(agreement, "Pending")
	officer = factories.make_user("ambitious@city.example", OFFICER).name
	client(officer).call(
		"frappe.desk.form.assign_to.add",
		doctype=seat.doctype,
		name=seat.name,
		assign_to=json.dumps([officer]),
	)
	with factories.acting_as(officer), pytest.raises(NotYourSeatError):
		decide.decide(seat.name, "Clear")


def test_closing_ones_to_do_in_desk_leaves_the_seat_where_it_is(client):
	reviewer = factories.make_user("reviewer@city.example", LEGAL, OFFICER).name
	scenes.make_policy(scenes.rule("Attorney", user=reviewer))
	agreement = scenes.under_way()
	(seat,) = factories.clearances_of(agreement, "Pending")
	browser = client(reviewer)
	browser.call("frappe.desk.form.assign_to.close", doctype=seat.doctype, name=seat.name, assign_to=reviewer)
	browser.call(
		"frappe.desk.form.assign_to.remove", doctype=seat.doctype, name=seat.name, assign_to=reviewer
	)
	assert frappe.get_doc(seat.doctype, seat.name).put_to == reviewer
