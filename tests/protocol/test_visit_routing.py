"""Visits go through the approval engine where the office switches that on, and are plain where it does not."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from city_diplomacy.access.rights import DEPARTMENT, MANAGER, PROTOCOL
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.exceptions import ApprovalBypassError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_routed
from tests import factories
from tests.approvals.switched_on import policy_for, switch
from tests.protocol.factories import delegate, make_delegation_visit

VISIT = "Delegation Visit"
pytestmark = pytest.mark.delivers


@pytest.fixture
def chief():
	return factories.make_person(PROTOCOL).name


@pytest.fixture
def reviewer():
	return factories.make_user("finance@visits.example", DEPARTMENT).name


@pytest.fixture
def routed(chief, reviewer):
	"""A visit under way to be cleared, and one nobody is asked about."""
	switch(VISIT, on=True)
	policy_for(VISIT, reviewer)
	with factories.acting_as(chief):
		visit = make_delegation_visit(
			purpose="Berths", arrives_on="2090-03-01", leaves_on="2090-03-02", triage_reason="Invited."
		)
		other = make_delegation_visit("Another")
		apply_workflow(frappe.get_doc(VISIT, visit.name), "Submit for Intake")
		api.start(VISIT, visit.name)
	return frappe.get_doc(VISIT, visit.name), other


def clear(visit, chief, reviewer):
	(row,) = frappe.get_all("Approval Clearance", {"reference_name": visit.name}, pluck="name")
	with factories.acting_as(reviewer):
		api.decide(row, "Clear")
	with factories.acting_as(chief):
		api.complete(VISIT, visit.name)
	return frappe.get_doc(VISIT, visit.name)


def test_a_visit_is_accepted_once_it_is_approved(routed, chief, reviewer):
	visit, _other = routed
	with factories.acting_as(chief):
		visit.status = "Accepted"
		with pytest.raises(VisitError, match="goes through approval"):
			visit.save()
	approved = clear(visit, chief, reviewer)
	assert approved.workflow_state == "Active"
	with factories.acting_as(chief):
		approved.status = "Accepted"
		approved.save()
	assert entries.verify(VISIT, visit.name)["findings"] == []


def test_what_was_approved_stays_and_what_goes_on_changing_may(routed, chief, reviewer):
	visit = clear(routed[0], chief, reviewer)
	with factories.acting_as(chief):
		visit.append("delegates", delegate("Ana Lopez"))
		visit.leaves_on = "2090-03-04"
		visit.save()
		visit.purpose = "Something else"
		with pytest.raises(ApprovalBypassError, match="cannot be changed"):
			visit.save()


def test_a_reviewer_knows_of_the_visit_they_are_asked_about_and_of_no_other(routed, reviewer):
	visit, other = routed
	with factories.acting_as(reviewer):
		assert visit.has_permission("read")
		assert not other.has_permission("read")
		assert frappe.get_list(VISIT, pluck="name") == [visit.name]


def test_where_it_is_switched_off_visits_are_plain(chief):
	assert not is_routed(VISIT)
	with factories.acting_as(chief):
		visit = make_delegation_visit(triage_reason="Invited.")
		visit.status = "Accepted"
		visit.save()
	with factories.acting_as(factories.make_person(MANAGER).name):
		visit.reload()
		visit.update({"status": "Cancelled", "status_reason": "Storm"})
		visit.save()
	assert frappe.db.get_value(VISIT, visit.name, "status") == "Cancelled"
