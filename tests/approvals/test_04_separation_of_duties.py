"""Property 4: whoever prepared a document does not clear it, and nobody fills two mandatory seats.

Requester, sponsor, editors of the text, delegates and earlier deciders are compared, by the ledger and not by
columns that can be handed on. One named role may override it, with a reason, and every use is reported.
"""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, LEGAL, MANAGER, MAYOR, OFFICER, OVERRIDE
from city_diplomacy.partnership_approvals.engine import decide, reassign
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, SelfApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def officer_and_attorney() -> str:
	"""A small office: one person prepares agreements and is one of the attorneys."""
	return factories.make_user("both@city.example", OFFICER, LEGAL).name


def attorney_is_asked():
	factories.make_person(LEGAL)
	scenes.make_policy(scenes.rule("Attorney", role=LEGAL, mandatory=1))


def refused(person: str, clearance) -> str:
	with factories.acting_as(person), pytest.raises(SelfApprovalError) as refusal:
		decide.decide(clearance.name, "Clear")
	return str(refusal.value)


def test_who_wrote_in_the_draft_of_a_colleague_does_not_clear_it(officer_and_attorney):
	attorney_is_asked()
	draft = scenes.draft_by(scenes.office())
	with factories.acting_as(officer_and_attorney):
		draft = frappe.get_doc("MOU", draft.name)
		draft.purpose = "Learn from each other's ports and rivers."
		draft.save()
	with factories.acting_as(scenes.office()):
		agreement = factories.start_clearance(draft)
	sentence = refused(officer_and_attorney, scenes.clearance_for(agreement, "Attorney"))
	assert "prepared" in sentence


def test_who_only_ticked_the_intake_list_wrote_nothing(officer_and_attorney):
	attorney_is_asked()
	draft = scenes.draft_by(scenes.office())
	with factories.acting_as(officer_and_attorney):
		factories.complete_intake(draft)
	with factories.acting_as(scenes.office()):
		agreement = factories.start_clearance(draft)
	with factories.acting_as(officer_and_attorney):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_who_changes_the_text_while_it_is_cleared_does_not_clear_it(officer_and_attorney):
	attorney_is_asked()
	agreement = scenes.under_way()
	with factories.acting_as(officer_and_attorney):
		agreement.purpose = "Learn from each other's ports and rivers."
		agreement.save()
	refused(officer_and_attorney, scenes.clearance_for(agreement, "Attorney"))


def test_a_delegate_does_not_answer_for_somebody_who_prepared_it(officer_and_attorney):
	attorney_is_asked()
	deputy = factories.make_user("deputy@city.example", DEPARTMENT).name
	with factories.acting_as(officer_and_attorney):
		frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": officer_and_attorney,
				"delegate": deputy,
				"from_date": frappe.utils.nowdate(),
				"to_date": frappe.utils.nowdate(),
				"reason": "On leave.",
			}
		).insert()
	first, second = scenes.under_way(), scenes.under_way()
	with factories.acting_as(officer_and_attorney):
		first.purpose = "Learn from each other's ports and rivers."
		first.save()
	before = scenes.picture_of(first)
	sentence = refused(deputy, scenes.clearance_for(first, "Attorney"))
	assert "nobody can clear it in that name" in sentence
	assert scenes.picture_of(first) == before
	with factories.acting_as(deputy):
		decide.decide(scenes.clearance_for(second, "Attorney").name, "Clear")
	assert scenes.state_of(second) == "Ready to Sign"


def test_a_question_is_not_passed_on_in_the_name_of_somebody_who_prepared_it(officer_and_attorney):
	scenes.make_policy(scenes.rule("Attorney", user=officer_and_attorney, mandatory=1, may_forward=1))
	agreement = scenes.under_way()
	clearance = scenes.clearance_for(agreement, "Attorney")
	with factories.acting_as(officer_and_attorney):
		agreement.purpose = "Learn from each other's ports and rivers."
		agreement.save()
	colleague = factories.make_person(LEGAL).name
	with factories.acting_as(officer_and_attorney), pytest.raises(SelfApprovalError, match="in that name"):
		reassign.forward(clearance.name, colleague, "You know the berth.")
	assert scenes.clearance_for(agreement, "Attorney").put_to == officer_and_attorney


@pytest.mark.parametrize(
	"spoil",
	[
		pytest.param(lambda named: named.split()[1:], id="fewer"),
		pytest.param(lambda named: [*named.split(), "eve@city.example"], id="more"),
	],
)
def test_verify_finds_a_route_that_names_others_than_prepared_it(spoil):
	attorney_is_asked()
	agreement = scenes.under_way()
	assert entries.verify("MOU", agreement.name)["findings"] == []
	route = scenes.route_of(agreement)
	frappe.db.set_value("Approval Route", route.name, "prepared_by", " ".join(spoil(route.prepared_by)))
	problems = [found["problem"] for found in entries.verify("MOU", agreement.name)["findings"]]
	assert problems == ["The route does not say of all who prepared the document that they did."]


def test_a_sponsor_who_hands_the_matter_on_has_still_prepared_it(officer_and_attorney):
	attorney_is_asked()
	agreement = scenes.under_way(sponsor=officer_and_attorney)
	with factories.acting_as(scenes.office()):
		agreement.sponsor = scenes.manager()
		agreement.save()
	refused(officer_and_attorney, scenes.clearance_for(agreement, "Attorney"))


def test_a_new_sponsor_has_prepared_it_too(officer_and_attorney):
	attorney_is_asked()
	agreement = scenes.under_way()
	with factories.acting_as(scenes.office()):
		agreement.sponsor = officer_and_attorney
		agreement.save()
	refused(officer_and_attorney, scenes.clearance_for(agreement, "Attorney"))


def test_nobody_fills_two_mandatory_seats():
	one = factories.make_user("one@city.example", LEGAL, MAYOR).name
	scenes.make_policy(
		scenes.rule("Attorney", role=LEGAL, mandatory=1),
		scenes.rule("Mayor", role=MAYOR, mandatory=1, stage=2, workflow_state="Mayor's Decision"),
	)
	agreement = scenes.under_way()
	with factories.acting_as(one):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	sentence = refused(one, scenes.clearance_for(agreement, "Mayor"))
	assert "answered for Attorney already" in sentence


def test_the_same_seat_asked_again_later_is_one_seat():
	attorney = factories.make_person(LEGAL).name
	scenes.make_policy(
		scenes.rule("Attorney", role=LEGAL, mandatory=1),
		scenes.rule("Attorney", role=LEGAL, mandatory=1, stage=2, workflow_state="Mayor's Decision"),
	)
	agreement = scenes.under_way()
	for _stage in (1, 2):
		with factories.acting_as(attorney):
			decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_a_head_who_prepared_it_is_passed_over_for_the_acting_head():
	head, acting = (
		factories.make_user(f"{who}@city.example", OFFICER, DEPARTMENT).name for who in ("head", "acting")
	)
	harbor = factories.make_department("Harbor", head=head, acting_head=acting).name
	scenes.make_policy(scenes.rule("Harbor", asked_of="Department Head", department=harbor, mandatory=1))
	draft = scenes.draft_by(head)
	with factories.acting_as(head):
		agreement = factories.start_clearance(draft)
	assert scenes.clearance_for(agreement, "Harbor").put_to == acting


def test_the_head_of_two_departments_is_asked_once_and_the_acting_head_for_the_other():
	head, acting = (factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("head", "acting"))
	seats = [
		scenes.rule(
			name,
			asked_of="Department Head",
			department=factories.make_department(name, head=head, acting_head=acting).name,
			mandatory=1,
		)
		for name in ("Harbor", "Finance")
	]
	scenes.make_policy(*seats)
	agreement = scenes.under_way()
	assert [scenes.clearance_for(agreement, name).put_to for name in ("Harbor", "Finance")] == [head, acting]


def test_a_document_does_not_set_out_when_one_person_would_have_to_fill_two_seats():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	scenes.make_policy(
		*(
			scenes.rule(
				name,
				asked_of="Department Head",
				department=factories.make_department(name, head=head).name,
				mandatory=1,
			)
			for name in ("Harbor", "Finance")
		)
	)
	draft = scenes.draft_by(scenes.office())
	with factories.acting_as(scenes.office()), pytest.raises(ApprovalError, match="another mandatory seat"):
		factories.start_clearance(draft)


# the override


@pytest.fixture
def overrider() -> str:
	return factories.make_person(OVERRIDE).name


def test_the_override_needs_its_own_role():
	attorney_is_asked()
	agreement = scenes.under_way()
	clearance = scenes.clearance_for(agreement, "Attorney")
	before = scenes.picture_of(agreement)
	with factories.acting_as(scenes.all_roles_but_the_systems()), pytest.raises(frappe.PermissionError):
		decide.override(clearance.name, "Clear", "The attorney is unreachable.")
	assert scenes.picture_of(agreement) == before


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_the_override_needs_a_reason(overrider, reason):
	attorney_is_asked()
	clearance = scenes.clearance_for(scenes.under_way(), "Attorney")
	with factories.acting_as(overrider), pytest.raises(ApprovalError, match="reason"):
		decide.override(clearance.name, "Clear", reason)


def test_an_override_moves_the_document_and_says_so_for_ever(overrider):
	attorney_is_asked()
	agreement = scenes.under_way()
	clearance = scenes.clearance_for(agreement, "Attorney")
	with factories.acting_as(overrider):
		decide.override(clearance.name, "Clear", "The attorney is unreachable after the storm.")
	assert scenes.state_of(agreement) == "Ready to Sign"
	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Overridden"]
	assert (entry.actor, entry.acting_for, entry.remarks) == (
		overrider,
		LEGAL,
		"The attorney is unreachable after the storm.",
	)
	clearance.reload()
	assert (clearance.overridden, clearance.decided_by) == (1, overrider)


def test_the_exceptions_report_lists_what_left_the_ordinary_way(overrider):
	from city_diplomacy.partnership_approvals.report.approval_exceptions import approval_exceptions

	attorney_is_asked()
	agreement = scenes.under_way()
	with factories.acting_as(overrider):
		decide.override(scenes.clearance_for(agreement, "Attorney").name, "Clear", "After the storm.")
	with factories.acting_as(factories.make_person(MANAGER).name):
		_columns, rows = approval_exceptions.execute({})[:2]
	assert [(row["event"], row["reference_name"], row["remarks"]) for row in rows] == [
		("Overridden", agreement.name, "After the storm.")
	]
