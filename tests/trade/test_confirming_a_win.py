"""The company answers about a win through the link it was sent: once, whole or not at all."""

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER, TRADE
from city_diplomacy.trade_promotion import wins
from city_diplomacy.trade_promotion.api import send_win
from city_diplomacy.trade_promotion.exceptions import ExportWinError
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
		send_win(win.name)
	return win, token_of(frappe.db.get_value("Guest Link", {"reference_name": win.name}))


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
		with pytest.raises(ExportWinError, match="is Draft"):
			send_win(win.name)
	assert factories.outbox() == []


def test_who_only_reads_wins_asks_nobody():
	win = factories.make_export_win()
	wins.claim(win.name)
	with factories.acting_as(factories.make_person(OFFICER).name), pytest.raises(frappe.PermissionError):
		send_win(win.name)
	assert stored(win).status == "Claimed"
