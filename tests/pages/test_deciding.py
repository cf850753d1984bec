"""What the page of a clearance gives those who decide: what came before, the decision near, a file, a colleague's name."""

import hashlib
import json

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MAYOR, TRADE
from city_diplomacy.partnership_approvals.files.uploaded import readable_file
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes
from tests.pages.reading import open_page

DECIDE = "city_diplomacy.partnership_approvals.api.decide"
CONDITION = "No travel before the new fiscal year."


@pytest.fixture
def two_stages():
	"""Law and Harbor first, then the mayor, then the council's clerk; Harbor may pass it on."""
	law, mayor, clerk = (factories.make_person(role).name for role in (LEGAL, MAYOR, CLERK))
	harbor = factories.make_user("harbor@city.example", DEPARTMENT).name
	scenes.make_policy(
		scenes.rule("Law", user=law),
		scenes.rule("Harbor", user=harbor, may_forward=1),
		scenes.rule("Mayor", user=mayor, stage=2, workflow_state="Mayor's Decision"),
		scenes.rule("Council", user=clerk, stage=3, workflow_state="Council Decision"),
	)
	return scenes.under_way()


def page_for(client, agreement, seat: str):
	clearance = scenes.clearance_for(agreement, seat)
	return open_page(client(factories.who_answers(clearance)), f"/clearance/{clearance.name}")


def before_the_mayor(agreement):
	factories.decide(scenes.clearance_for(agreement, "Law"), "Clear with Conditions", "Fine.", CONDITION)
	factories.decide(scenes.clearance_for(agreement, "Harbor"))
	return agreement


def test_the_mayor_sees_what_was_answered_before_and_its_conditions(client, two_stages):
	page = page_for(client, before_the_mayor(two_stages), "Mayor")
	assert page.text.index("Conditions set before you") < page.text.index("Your decision")
	assert CONDITION in page.text
	assert "Open: it is not signed before this is met." in page.text
	assert "Cleared with conditions" in page.text[page.text.index("What was answered before") :]


def test_a_department_sees_of_them_what_their_rule_shows(client):
	law, harbor = factories.make_person(LEGAL).name, factories.make_user("h@city.example", DEPARTMENT).name
	scenes.make_policy(
		scenes.rule("Law", user=law, co_reviewers_see="Nothing"),
		scenes.rule("Harbor", user=harbor, stage=2, workflow_state="Mayor's Decision"),
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Law"), "Clear with Conditions", "Fine.", CONDITION)
	page = page_for(client, agreement, "Harbor")
	assert CONDITION not in page.text
	assert "Conditions set before you" not in page.text


def test_the_decision_comes_before_the_long_reading(client, two_stages):
	text = page_for(client, two_stages, "Law").text
	places = [
		text.index(words)
		for words in ("What is asked", "Your decision", "The agreement in brief", "Who else is asked now")
	]
	assert places == sorted(places)


# a file with the answer


@pytest.fixture
def law(two_stages):
	return scenes.clearance_for(two_stages, "Law")


def opinion_of(user: str) -> str:
	with factories.acting_as(user):
		return factories.make_file("opinion.txt", "In my opinion it is sound.").file_url


def test_an_answer_carries_a_file_that_the_approval_keeps(client, two_stages, law):
	file = opinion_of(law.put_to)
	answer = client(law.put_to).call(DECIDE, clearance=law.name, decision="Clear", attachment=file)
	assert answer.status_code == 200, answer.get_data(as_text=True)
	assert frappe.db.get_value("Approval Clearance", law.name, "evidence") == file
	kept = {"attached_to_doctype": "Approval Clearance", "attached_to_name": law.name, "file_url": file}
	assert frappe.db.count("File", kept) == 1
	(decided,) = [entry for entry in scenes.entries_of(two_stages) if entry.event == "Decided"]
	digest = hashlib.sha256(b"In my opinion it is sound.").hexdigest()
	assert json.loads(decided.payload)["evidence_sha256"] == digest
	assert entries.verify("MOU", two_stages.name)["findings"] == []


def test_other_bytes_in_the_file_are_found(client, two_stages, law):
	file = opinion_of(law.put_to)
	client(law.put_to).call(DECIDE, clearance=law.name, decision="Clear", attachment=file)
	with open(readable_file(file).get_full_path(), "w") as opened:
		opened.write("In my opinion it is not sound.")
	assert [finding["problem"] for finding in entries.verify("MOU", two_stages.name)["findings"]]


def test_the_mayor_opens_it_from_the_page_and_a_stranger_does_not(client, two_stages, law):
	file = opinion_of(law.put_to)
	client(law.put_to).call(DECIDE, clearance=law.name, decision="Clear", attachment=file)
	factories.decide(scenes.clearance_for(two_stages, "Harbor"))
	assert page_for(client, two_stages, "Mayor").all("a", href=file)
	for person, opens in (
		(factories.make_person(MAYOR).name, True),
		("harbor@city.example", False),
		(factories.make_person(TRADE).name, False),
	):
		with factories.acting_as(person):
			assert bool(readable_file(file)) is opens, person


def test_somebody_else_s_file_is_not_taken(client, two_stages, law):
	file = opinion_of(factories.make_person(MAYOR).name)
	answer = client(law.put_to).call(DECIDE, clearance=law.name, decision="Clear", attachment=file)
	assert answer.status_code == 417
	assert frappe.db.get_value("Approval Clearance", law.name, "state") == "Pending"


# a colleague by name


def test_a_colleague_is_picked_by_name(client, two_stages):
	page = page_for(client, two_stages, "Harbor")
	mayor = factories.make_person(MAYOR)
	assert page.all("select", name="to_user")
	assert page.all("option", value=mayor.name)
	assert mayor.full_name in page.text
	assert not page.all("option", value="harbor@city.example")
	assert not page.all("option", value="Administrator")
	assert not page.all("input", type="email")


def test_whoever_is_away_picks_a_colleague_by_name(client, two_stages):
	page = open_page(client("harbor@city.example"), "/clearances")
	assert page.all("select", name="delegate")
	assert page.all("option", value=factories.make_person(LEGAL).name)


def test_two_of_the_same_name_are_told_apart(client, two_stages):
	factories.make_user("kim@one.example", DEPARTMENT, first_name="Kim Park")
	factories.make_user("kim@two.example", DEPARTMENT, first_name="Kim Parker").db_set(
		"full_name", "Kim Park"
	)
	assert "Kim Park (kim@one.example)" in page_for(client, two_stages, "Harbor").text


@pytest.mark.real_site
@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_no_answer_reads_as_another_act_in_another_language(client, two_stages, language):
	"""Frappe's own German of "Clear" is to delete, of "Return" it is to go back to the page before."""
	law = factories.who_answers(scenes.clearance_for(two_stages, "Law"))
	frappe.db.set_value("User", law, "language", language)
	frappe.clear_cache(user=law)
	offered = page_for(client, two_stages, "Law").text
	for words in ("Clear it", "Clear with conditions", "Return it", "Object to it", "Recuse yourself"):
		assert words in offered


# the council's clerk


def test_the_clerk_has_one_form_and_the_rest_stands_aside(client, two_stages):
	agreement = before_the_mayor(two_stages)
	factories.decide(scenes.clearance_for(agreement, "Mayor"))
	page = page_for(client, agreement, "Council")
	clearance = scenes.clearance_for(agreement, "Council")
	assert page.all("a", href=f"/council-action/{clearance.name}", **{"class": "button"})
	assert [option["value"] for option in page.all("input", type="radio")] == ["Clear", "Return", "Recuse"]
	assert "There is no meeting to record" in page.text


def test_what_must_be_filled_in_is_marked(client, two_stages):
	agreement = before_the_mayor(two_stages)
	factories.decide(scenes.clearance_for(agreement, "Mayor"))
	clearance = scenes.clearance_for(agreement, "Council")
	page = open_page(client(clearance.put_to), f"/council-action/{clearance.name}")
	for label in ("Outcome", "File number", "Council meeting", "Instrument", "Committee"):
		assert f"{label} (required)" in page.text, label


def test_whatever_is_wrong_or_missing_is_said_at_once(client, two_stages):
	agreement = before_the_mayor(two_stages)
	factories.decide(scenes.clearance_for(agreement, "Mayor"))
	clearance = scenes.clearance_for(agreement, "Council")
	answer = client(clearance.put_to).call(
		"city_diplomacy.partnership_approvals.api.council.record_council_action",
		clearance=clearance.name,
		outcome="Adopted",
		file_number="26-0412",
		council_meeting_date="2026-11-02",
		seconder="Member Two",
		effective_date="2026-10-01",
	)
	said = answer.get_data(as_text=True)
	for words in ("It was seconded", "lies after", "Name the instrument", "Give the votes"):
		assert words in said, words
