"""What the form of an agreement is told: the route, what is closed, and what this person may do."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, CLERK, LEGAL, MANAGER, OFFICER, OVERRIDE
from city_diplomacy.partnership_approvals.api import cards, form
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def officer():
	return factories.make_person(OFFICER).name


@pytest.fixture
def draft(officer):
	with factories.acting_as(officer):
		return factories.make_agreement()


def acts(agreement, role: str) -> dict:
	with factories.acting_as(factories.make_person(role).name):
		return form.for_form("MOU", agreement.name)["acts"]


def test_a_draft_shows_who_will_be_asked_and_leaves_everything_open(draft, officer):
	with factories.acting_as(officer):
		shown = form.for_form("MOU", draft.name)
	assert shown["plan"][0]["state"] == "In Clearance"
	assert shown["locked"] == []
	assert not any(acts(draft, OFFICER).values())


def test_the_plan_names_departments_as_people_call_them(officer):
	department = factories.make_department("Harbor Plan Test", head=factories.make_person(LEGAL).name)
	scenes.make_policy(
		scenes.rule("Finance", asked_of="Department Head", department=department.name, mandatory=1)
	)
	with factories.acting_as(officer):
		(stage,) = form.for_form("MOU", factories.make_agreement().name)["plan"]
	assert stage["seats"][0]["department"] == "Harbor Plan Test"


def test_in_intake_the_office_may_start_send_back_and_withdraw(draft, officer):
	with factories.acting_as(officer):
		factories.submit_for_intake(draft)
	found = acts(draft, OFFICER)
	assert (found["start"], found["send_back"], found["withdraw"]) == (True, True, True)
	assert not any(acts(draft, AUDITOR).values())


def test_while_people_decide_the_text_is_open_and_in_force_only_what_is_no_content(draft, officer):
	with factories.acting_as(officer):
		factories.start_clearance(draft)
		assert form.for_form("MOU", draft.name)["locked"] == []
	factories.clear_every_stage(draft)
	with factories.acting_as(factories.make_person(MANAGER).name):
		signing.sign(draft.name, frappe.utils.nowdate())
		locked = form.for_form("MOU", draft.name)["locked"]
	assert {"title", "purpose", "parties", "texts"} <= set(locked)
	assert not {"sponsor", "needed_by", "intake_note", "workflow_state"} & set(locked)


def test_who_is_asked_is_offered_to_decide_and_a_manager_to_record(draft, officer):
	with factories.acting_as(officer):
		factories.start_clearance(draft)
	assert [row["seat"] for row in acts(draft, LEGAL)["decide"]] == ["City Attorney"]
	assert [row["seat"] for row in acts(draft, MANAGER)["record"]] == ["City Attorney"]
	assert acts(draft, OFFICER)["record"] == []
	assert not acts(draft, OFFICER)["start"]


def test_an_override_is_offered_to_its_own_role_alone_while_people_are_asked(draft, officer):
	assert acts(draft, OVERRIDE)["override"] == []
	with factories.acting_as(officer):
		factories.start_clearance(draft)
	(asked,) = factories.clearances_of(draft, "Pending")
	assert acts(draft, OVERRIDE)["override"] == [{"clearance": asked.name, "seat": "City Attorney"}]
	for role in (MANAGER, OFFICER, LEGAL, CLERK, AUDITOR):
		assert acts(draft, role)["override"] == [], role
	factories.clear_every_stage(draft)
	assert acts(draft, OVERRIDE)["override"] == []


def test_open_conditions_are_offered_to_their_decider_and_the_manager(draft, officer):
	with factories.acting_as(officer):
		factories.start_clearance(draft)
	clearance = factories.clearances_of(draft, "Pending")[0]
	with factories.acting_as(factories.make_person(LEGAL).name):
		factories.decide(clearance, "Clear with Conditions", conditions="Strike clause 4.")
	for role in (MANAGER, LEGAL):
		assert [row["conditions"] for row in acts(draft, role)["conditions"]] == ["Strike clause 4."]
	assert acts(draft, OFFICER)["conditions"] == []


def test_when_all_have_cleared_the_signature_is_offered_to_signers(draft, officer):
	with factories.acting_as(officer):
		factories.clear_every_stage(draft)
	assert acts(draft, MANAGER)["sign"]
	assert acts(draft, CLERK)["sign"]
	assert not acts(draft, OFFICER)["sign"]


def test_a_person_without_business_with_it_is_refused(draft):
	outsider = factories.make_user("outsider@city.example").name
	with factories.acting_as(outsider), pytest.raises(frappe.PermissionError):
		form.for_form("MOU", draft.name)


@pytest.mark.real_site
def test_the_card_counts_what_waits_for_this_person(draft, officer):
	attorney = factories.make_person(LEGAL).name
	with factories.acting_as(attorney):
		before = cards.count_waiting()["value"]
	with factories.acting_as(officer):
		factories.start_clearance(draft)
	with factories.acting_as(attorney):
		assert cards.count_waiting()["value"] == before + 1
