"""After a return or an objection: who said so, why, and what changed since, before anything else."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, PROTOCOL
from city_diplomacy.partnership_approvals.api import form
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.templates.route_drawing import draw
from tests import factories
from tests.approvals import scenes
from tests.pages.reading import open_page

REASON = "Name the insurer in the text."


@pytest.fixture
def agreement():
	"""Finance has cleared, then law has sent it back with a reason."""
	scenes.make_policy_of_departments(
		{
			"Law": {"co_reviewers_see": "Remarks"},
			"Finance": {"watched_fields": "financial_value"},
			"Harbor": {"co_reviewers_see": "Nothing"},
		}
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Finance"))
	factories.decide(scenes.clearance_for(agreement, "Law"), "Return", REASON)
	return frappe.get_doc("MOU", agreement.name)


def second_round(agreement, purpose="Twelve students, insured by the exchange organisation."):
	with factories.acting_as(scenes.office()):
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.purpose = purpose
		agreement.save()
		return factories.start_clearance(agreement)


def view_of(agreement, user: str) -> dict:
	with factories.acting_as(user):
		return form.for_form("MOU", agreement.name)["view"]


def test_the_form_of_the_draft_says_who_sent_it_back_and_why(agreement):
	why = view_of(agreement, scenes.office())["sent_back"]
	assert [(seat["seat"], seat["decided_by_name"], seat["remarks"]) for seat in why["seats"]] == [
		("Law", "Law", REASON)
	]
	assert why["changes"] == []


def test_the_form_shows_what_was_changed_since(agreement):
	second_round(agreement)
	(change,) = view_of(agreement, scenes.office())["sent_back"]["changes"]
	assert change["label"] == "Purpose"


def test_the_second_rounds_page_begins_with_who_why_and_what_changed(client, agreement):
	agreement = second_round(agreement)
	law = scenes.clearance_for(agreement, "Law")
	text = open_page(client(law.put_to), f"/clearance/{law.name}").text
	places = [
		text.index(words)
		for words in (
			"Why it came back",
			REASON,
			"What changed since you returned it",
			"insured",
			"What is asked",
		)
	]
	assert places == sorted(places)


def test_a_text_that_comes_back_unchanged_says_so(client, agreement):
	agreement = second_round(agreement, purpose=agreement.purpose)
	law = scenes.clearance_for(agreement, "Law")
	assert "Nothing: the text is the same." in open_page(client(law.put_to), f"/clearance/{law.name}").text


def test_one_who_had_not_answered_sees_what_changed_since_the_first_question(client, agreement):
	agreement = second_round(agreement)
	harbor = scenes.clearance_for(agreement, "Harbor")
	text = open_page(client(harbor.put_to), f"/clearance/{harbor.name}").text
	assert text.index("What changed since you were asked") < text.index("What is asked")


def test_the_office_that_takes_it_back_is_named_with_its_reason(client):
	scenes.make_policy_of_departments({"Law": {}})
	agreement = scenes.under_way()
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The budget is not settled.")
	why = view_of(agreement, scenes.office())["sent_back"]
	assert (why["by"], why["reason"]) == ("International Affairs Officer", "The budget is not settled.")
	agreement = second_round(agreement)
	law = scenes.clearance_for(agreement, "Law")
	assert "The budget is not settled." in open_page(client(law.put_to), f"/clearance/{law.name}").text


def test_a_reader_who_was_not_asked_learns_no_reason_of_the_office(agreement):
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
		routes.send_back("MOU", agreement.name, "Law and finance quarrel.")
	why = view_of(agreement, factories.make_person(PROTOCOL).name)["sent_back"]
	assert (why["by"], why["reason"], why["changes"]) == (None, None, [])


def test_a_seat_that_shows_nothing_to_others_is_not_named(client, agreement):
	agreement = second_round(agreement)
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Return", "The berth is sold.")
	agreement = second_round(agreement, "Thirteen students.")
	finance = factories.clearances_of(agreement, seat="Finance")[-1]
	text = open_page(client(finance.put_to or finance.decided_by), f"/clearance/{finance.name}").text
	assert "Why it came back" in text
	assert "Who sent it back is not shown to you" in text
	assert "The berth is sold." not in text


def test_it_is_past_once_it_is_signed_or_cleared_and_sent_back_again(agreement):
	agreement = second_round(agreement)
	factories.clear_every_stage(agreement)
	with factories.acting_as(scenes.manager()):
		from city_diplomacy.partnerships.agreements import signing

		signing.sign(agreement.name, frappe.utils.nowdate())
	assert view_of(agreement, scenes.office())["sent_back"] is None


@pytest.mark.parametrize(("decision", "state"), [("Return", "Draft"), ("Object", "Declined")])
def test_a_refused_stage_is_never_done(decision, state):
	law = factories.make_user("law@city.example", DEPARTMENT).name
	scenes.make_policy(scenes.rule("Law", user=law, mandatory=1, if_refused="Decline"))
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Law"), decision, REASON)
	view = view_of(agreement, scenes.office())
	assert view["state"] == state
	assert [stage["status"] for stage in view["stages"] if stage["status"] != "next"] == ["refused"]
	with factories.acting_as(scenes.office()):
		assert draw(view)["stages"][0]["status_words"] == "Not cleared by everybody"


def test_a_stage_passed_over_an_objection_is_not_done_either():
	first, second = (factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("one", "two"))
	scenes.make_policy(
		scenes.rule("One", user=first, join_group="Either", join="Any"),
		scenes.rule("Two", user=second, join_group="Either", join="Any"),
		scenes.rule(
			"Mayor",
			user=factories.make_user("mayor@city.example", DEPARTMENT).name,
			stage=2,
			workflow_state="Mayor's Decision",
		),
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "One"), "Object", REASON)
	factories.decide(scenes.clearance_for(agreement, "Two"))
	view = view_of(agreement, scenes.office())
	assert [stage["status"] for stage in view["stages"]] == ["refused", "current"]
