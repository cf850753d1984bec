"""The company answers about a win through the link it was sent: once, whole or not at all."""

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER, TRADE
from city_diplomacy.guest_links import api, schedule
from city_diplomacy.guest_links.exceptions import GuestLinkError
from city_diplomacy.trade_promotion import confirmation, wins
from city_diplomacy.trade_promotion.api import claim_win, reopen_win
from tests import factories
from tests.guest_links.sending import open_form, post, token_of
from tests.pages.reading import Page, open_page


@pytest.fixture
def seller():
	return factories.make_person(TRADE).name


@pytest.fixture
def asked(seller):
	"""(the win, the token of the link its company was sent)"""
	with factories.acting_as(seller):
		win = factories.make_export_win(how_we_helped="Secret of the office.", contact_name="Maria Santos")
		wins.claim(win.name)
		return win, token_of(ask(win))


def ask(win, email: str = "maria@harbor.example") -> str:
	"""The signed-in person asks a company; returns the name of the link."""
	return api.send(wins.WIN, win.name, confirmation.KEY, "Maria Santos", email)["link"]


def filled(form: dict[str, str], **answers: str) -> dict[str, str]:
	"""A form with these answers; what the page had chosen is not kept."""
	kept = {name: value for name, value in form.items() if not name.startswith("q_")}
	return {**kept, **{f"q_{name}": value for name, value in answers.items()}}


def stored(win):
	return frappe.get_doc("Export Win", win.name)


def test_the_company_reads_what_was_claimed_and_nothing_else(asked, client):
	_win, token = asked
	page = open_page(client(), f"/link/{token}")
	assert "Cranes for two berths." in page.text
	assert "100" in page.text
	assert "Secret of the office." not in page.text


def test_the_company_confirms_and_the_numbers_follow(asked, client):
	win, token = asked
	assert stored(win).status == "Sent"
	form = open_form(client(), token)
	answer = {
		"agrees": "1",
		"without_us": "21 to 40 %",
		"rating_support": "5",
		"faster": "1",
		"comments": "Thanks.",
	}
	got = post(client(), token, filled(form, **answer))
	assert got.status_code == 200, Page(got.get_data(as_text=True)).text
	confirmed = stored(win)
	(row,) = confirmed.won_values
	assert (confirmed.status, row.claimed, row.confirmed, row.anyway) == (
		"Confirmed",
		150_000,
		150_000,
		45_000,
	)
	assert (confirmed.faster, confirmed.case_study, confirmed.comments) == (1, 0, "Thanks.")


@pytest.mark.parametrize(
	("answer", "sentence"),
	[
		({"agrees": "0"}, "Say what is not right"),
		({"agrees": "1"}, "Choose how much of it"),
		({"agrees": "maybe"}, "choose one of the answers"),
		({"agrees": "1", "without_us": "Half"}, "choose one of the answers"),
		({}, "answer this"),
	],
)
def test_what_is_missing_is_told_and_nothing_is_written(answer, sentence, asked, client):
	win, token = asked
	form = open_form(client(), token)
	refused = post(client(), token, filled(form, **answer))
	assert 400 <= refused.status_code < 500
	assert sentence in refused.get_data(as_text=True)
	assert (stored(win).status, stored(win).answered_on) == ("Sent", None)


def test_a_link_answers_once(asked, client):
	win, token = asked
	form = open_form(client(), token)
	answer = filled(form, agrees="0", comments="No such order.")
	assert post(client(), token, answer).status_code == 200
	assert post(client(), token, filled(form, agrees="1", without_us="All of it")).status_code >= 400
	assert stored(win).status == "Disputed"


def test_a_draft_is_not_sent_and_no_letter_leaves(seller):
	with factories.acting_as(seller):
		win = factories.make_export_win()
		with pytest.raises(GuestLinkError, match="Claim the win of"):
			ask(win)
		assert api.about(wins.WIN, win.name)["purposes"] == []
		claim_win(win.name)
		assert [one["key"] for one in api.about(wins.WIN, win.name)["purposes"]] == [confirmation.KEY]
	assert factories.outbox() == []


def test_who_only_reads_wins_asks_nobody():
	win = factories.make_export_win()
	wins.claim(win.name)
	with factories.acting_as(factories.make_person(OFFICER).name), pytest.raises(frappe.PermissionError):
		ask(win)
	assert stored(win).status == "Claimed"


def test_a_win_opened_again_takes_its_link_back(asked, seller, client):
	win, token = asked
	form = open_form(client(), token)
	with factories.acting_as(seller):
		reopen_win(win.name)
	refused = client().get(f"/link/{token}")
	assert (refused.status_code, "taken back" in refused.get_data(as_text=True)) == (410, True)
	with factories.acting_as(seller):
		claim_win(win.name)
	# Claimed anew, it is asked about by a new letter alone.
	late = post(client(), token, filled(form, agrees="1", without_us="All of it"))
	assert late.status_code == 410
	assert stored(win).status == "Claimed"


def test_nobody_confirms_values_they_never_saw(asked, client):
	win, token = asked
	form = open_form(client(), token)
	row = stored(win).won_values[0]
	frappe.db.set_value(row.doctype, row.name, "year_1", 9_000_000)
	answer = post(client(), token, filled(form, agrees="1", without_us="All of it"))
	assert answer.status_code == 400
	assert "changed while you were reading" in answer.get_data(as_text=True)
	assert stored(win).status == "Sent"


def test_what_one_contact_answered_is_not_asked_of_another(asked, seller, client):
	win, token = asked
	with factories.acting_as(seller):
		other = ask(win, "owner@harbor.example")
	form = open_form(client(), token)
	assert post(client(), token, filled(form, agrees="1", without_us="All of it")).status_code == 200
	assert client().get(f"/link/{token_of(other)}").status_code == 410
	frappe.db.set_value("Guest Link", other, "next_mail_on", frappe.utils.nowdate())
	letters = len(factories.outbox())
	schedule.send_again(other)
	assert frappe.db.get_value("Guest Link", other, "next_mail_on") is None
	assert len(factories.outbox()) == letters
	with factories.acting_as(seller), pytest.raises(GuestLinkError, match="answered already: Confirmed"):
		ask(win)
