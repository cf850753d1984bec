"""What the people asked meet: their list, one clearance, the form behind it."""

import pytest

from city_diplomacy.partnership_approvals.engine import questions
from tests import factories
from tests.pages.reading import as_read, open_page

API = "city_diplomacy.partnership_approvals.api"


@pytest.mark.parametrize("path", ["/clearances", "/clearance/anything"])
def test_a_guest_is_sent_to_sign_in_and_back(client, path):
	answer = client().get(path)

	assert answer.status_code == 302
	assert answer.headers["Location"].endswith(f"/login?redirect-to={path}")


def test_a_clearance_of_others_answers_as_one_that_does_not_exist(client, asked, outsider):
	hidden = client(outsider).get(f"/clearance/{asked.name}")
	absent = client(outsider).get("/clearance/nothing")

	assert hidden.status_code == absent.status_code == 404
	assert "shore power" not in hidden.get_data(as_text=True)


def test_the_list_names_what_is_asked_and_on_what(client, asked, attorney):
	page = open_page(client(attorney), "/clearances")

	assert "Understanding on shore power" in page.text
	assert "Asked as City Attorney" in page.text
	assert page.all("a", href=f"/clearance/{asked.name}")


def test_an_empty_list_says_so_in_words(client, outsider):
	assert "Nothing is asked of you" in open_page(client(outsider), "/clearances").text


def test_a_clearance_shows_the_agreement_and_the_five_answers(client, asked, attorney):
	page = open_page(client(attorney), f"/clearance/{asked.name}")

	for words in (
		"Understanding on shore power",
		"Learn from each other's ports.",
		"Nagoya",
		"Whereas ports matter",
	):
		assert words in page.text
	assert [option["value"] for option in page.all("input", type="radio")] == [
		"Clear",
		"Clear with Conditions",
		"Return",
		"Object",
		"Recuse",
	]


def test_deciding_through_the_page_moves_the_agreement_and_the_page_says_so(client, asked, attorney):
	browser = client(attorney)
	open_page(browser, f"/clearance/{asked.name}")

	answer = browser.call(f"{API}.decide", clearance=asked.name, decision="Clear", remarks="", conditions="")
	again = browser.call(f"{API}.decide", clearance=asked.name, decision="Clear", remarks="", conditions="")

	assert answer.status_code == again.status_code == 200
	assert answer.json["message"]["workflow_state"] == "Mayor's Decision"
	page = open_page(browser, f"/clearance/{asked.name}")
	assert "Cleared" in page.text
	assert not page.all("form")
	assert "Understanding on shore power" in open_page(browser, "/clearances").text


def test_the_page_carries_the_token_its_form_is_sent_with(client, asked, attorney):
	page = open_page(client(attorney), f"/clearance/{asked.name}")

	assert page.all("meta", name="csrf-token")[0]["content"]


def test_a_refusal_comes_as_a_sentence_the_page_can_show(client, asked, attorney):
	answer = client(attorney).call(f"{API}.decide", clearance=asked.name, decision="Return", remarks="  ")

	assert 400 <= answer.status_code < 500
	assert "Give a reason" in answer.json["_server_messages"]


def test_the_sponsor_finds_a_question_and_a_form_to_answer_it(client, asked, attorney, officer):
	with factories.acting_as(attorney):
		questions.ask(asked.name, "Who pays for the cables?")

	assert "Who pays for the cables?" in open_page(client(officer), "/clearances").text
	page = open_page(client(officer), f"/clearance/{asked.name}")
	assert "Who pays for the cables?" in page.text
	assert page.all("textarea", name="answer")


def test_a_manager_can_record_what_came_by_letter(client, asked, manager):
	page = open_page(client(manager), f"/clearance/{asked.name}")

	assert page.all("form", **{"data-api": f"/api/method/{API}.record_decision"})
	assert page.all("input", type="file", name="evidence")


def test_whoever_set_conditions_can_confirm_them(client, asked, attorney):
	factories.decide(asked, "Clear with Conditions", conditions="Insurance for every loan.")

	page = open_page(client(attorney), f"/clearance/{asked.name}")

	assert "Insurance for every loan." in page.text
	assert page.all("textarea", name="how")


def test_the_agreement_page_draws_every_stage_and_verifies_the_ledger(client, in_clearance, officer):
	page = open_page(client(officer), f"/agreement/{in_clearance.name}")

	for words in ("In Clearance", "Mayor's Decision", "Council Decision", "Signature", "The ledger verifies"):
		assert as_read(words) in page.text
	assert len([item for item in page.all("li") if "stage" in item.get("class", "").split()]) == 4
	assert len(page.all("li", **{"aria-current": "step"})) == 1


def test_a_returned_agreement_keeps_its_earlier_round(client, in_clearance, asked, officer):
	factories.decide(asked, "Return", "Article 7 contradicts the charter.")
	with factories.acting_as(officer):
		factories.start_clearance(in_clearance)

	text = open_page(client(officer), f"/agreement/{in_clearance.name}").text

	assert "Round 2" in text
	assert "Article 7 contradicts the charter." in text


def test_an_outsider_gets_no_agreement_in_clearance(client, in_clearance, outsider):
	open_page(client(outsider), f"/agreement/{in_clearance.name}", status=404)
