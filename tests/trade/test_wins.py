"""A win: claimed, sent, answered by the company once; three numbers that are never one."""

import frappe
import pytest

from city_diplomacy.access.rights import MAYOR, OFFICER, TRADE
from city_diplomacy.domain.trade.wins import Answer, WithoutUs
from city_diplomacy.trade_promotion import wins
from city_diplomacy.trade_promotion.api import claim_win, draft_win, reopen_win
from city_diplomacy.trade_promotion.exceptions import ExportWinError, WinAnswerError
from tests import factories

AGREES = Answer(
	agrees=True,
	without_us=WithoutUs.UP_TO_40,
	ratings={"rating_support": 5, "rating_contacts": 4},
	faster=True,
	case_study=True,
	comments="They opened the door.",
)
DISPUTES = Answer(agrees=False, comments="The order was cancelled.")


@pytest.fixture
def seller():
	return factories.make_person(TRADE).name


def stored(win):
	return frappe.get_doc("Export Win", win.name)


def sent(**fields):
	win = factories.make_export_win(**fields)
	wins.claim(win.name)
	wins.mark_sent(win.name)
	return win


def numbers(win) -> list[tuple]:
	return [(row.kind, row.claimed, row.confirmed, row.anyway) for row in stored(win).won_values]


def test_a_draft_is_claimed_and_its_values_stay(seller):
	with factories.acting_as(seller):
		win = factories.make_export_win()
		claim_win(win.name)
		changed = stored(win)
		changed.won_values[0].year_1 = 9_000_000
		with pytest.raises(ExportWinError, match="stays as the company is asked"):
			changed.save()
		again = stored(win)
		again.how_we_helped = "Introduced the buyer."
		assert again.save().status == "Claimed"
	assert numbers(win) == [("Export", 150_000, 0, 0)]


def test_a_win_without_a_value_is_not_claimed():
	win = factories.make_export_win(won_values=[])
	with pytest.raises(ExportWinError, match="Enter at least one value"):
		wins.claim(win.name)
	assert stored(win).status == "Draft"


def test_the_company_agrees_and_three_numbers_stand_side_by_side():
	win = sent(
		won_values=[
			{"kind": "Export", "year_1": 100_000, "year_5": 50_000},
			{"kind": "Outward investment", "year_2": 10_000},
		]
	)
	wins.record_answer(win.name, AGREES)
	assert numbers(win) == [
		("Export", 150_000, 150_000, 45_000),
		("Outward investment", 10_000, 10_000, 3_000),
	]
	answered = stored(win)
	assert (answered.status, answered.faster, answered.market_was_new, answered.case_study) == (
		"Confirmed",
		1,
		0,
		1,
	)
	assert (answered.rating_support, answered.rating_problem) == (5, 0)


def test_the_company_disputes_and_nothing_is_confirmed():
	win = sent()
	wins.record_answer(win.name, DISPUTES)
	assert numbers(win) == [("Export", 150_000, 0, 0)]
	assert (stored(win).status, stored(win).comments) == ("Disputed", "The order was cancelled.")


@pytest.mark.parametrize(
	("answer", "sentence"),
	[
		(Answer(None), "whether you agree"),
		(Answer(False), "Say what is not right"),
		(Answer(True), "Choose how much"),
		(Answer(True, WithoutUs.NONE, {"rating_support": 9}), "Rate each kind"),
		(Answer(False, comments="x" * 6000), "up to 5000"),
	],
)
def test_an_answer_that_cannot_be_taken_writes_nothing(answer, sentence):
	win = sent()
	before = stored(win).as_dict()
	with pytest.raises(WinAnswerError, match=sentence):
		wins.record_answer(win.name, answer)
	assert stored(win).as_dict() == before


def test_an_answer_is_given_once():
	win = sent()
	wins.record_answer(win.name, AGREES)
	with pytest.raises(WinAnswerError, match="answered already"):
		wins.record_answer(win.name, DISPUTES)
	assert stored(win).status == "Confirmed"


def test_nobody_is_asked_about_a_draft_or_about_no_win_at_all():
	win = factories.make_export_win()
	with pytest.raises(WinAnswerError, match="Nobody asks about this"):
		wins.record_answer(win.name, AGREES)
	with pytest.raises(WinAnswerError, match="Nobody asks about this"):
		wins.record_answer("EW-1066-0001", AGREES)


def test_what_a_company_writes_is_words():
	win = sent()
	wins.record_answer(win.name, Answer(agrees=False, comments="<script>alert(1)</script> no"))
	assert "<script>" not in stored(win).comments


@pytest.mark.parametrize("value", ["6", "-1", "five", "٣", "1e1", "99999999999"])
def test_a_rating_of_a_form_that_is_none_is_refused(value):
	answer = wins.answer_of({"agrees": "1", "without_us": "All of it", "rating_support": value})
	win = sent()
	with pytest.raises(WinAnswerError, match="Rate each kind"):
		wins.record_answer(win.name, answer)


def test_a_disputed_win_is_opened_again_and_forgets_the_answer(seller):
	win = sent()
	wins.record_answer(win.name, DISPUTES)
	with factories.acting_as(seller):
		reopen_win(win.name)
	again = stored(win)
	assert (again.status, again.comments, again.answered_on, again.sent_on) == ("Draft", None, None, None)
	wins.claim(win.name)
	wins.mark_sent(win.name)
	wins.record_answer(win.name, AGREES)
	with pytest.raises(ExportWinError, match="is Confirmed"):
		reopen_win(win.name)


def test_a_claimed_win_is_not_deleted(seller):
	win = factories.make_export_win()
	wins.claim(win.name)
	with factories.acting_as(seller), pytest.raises(ExportWinError, match="is kept"):
		frappe.delete_doc("Export Win", win.name)


@pytest.mark.parametrize("role", [OFFICER, MAYOR])
def test_who_only_reads_wins_claims_none(role):
	win = factories.make_export_win()
	with factories.acting_as(factories.make_person(role).name), pytest.raises(frappe.PermissionError):
		claim_win(win.name)
	assert stored(win).status == "Draft"


def test_nothing_a_lead_says_is_typed_again(seller):
	with factories.acting_as(seller):
		lead = factories.make_trade_lead(annual_value=80_000, currency="USD")
		values = draft_win(lead.name)
		win = frappe.get_doc({**values, "what_was_won": "Cranes."}).insert()
	assert (win.company_name, win.market, win.trade_lead) == ("Harbor Robotics", "Japan", lead.name)
	assert numbers(win) == [("Export", 80_000, 0, 0)]
	assert [row.adviser for row in win.advisers] == [seller]


def test_the_day_of_a_win_is_the_day_its_lead_was_won_else_today():
	lead = factories.make_trade_lead()
	lead.db_set({"status": "Won", "status_on": "2026-01-05"})
	assert str(draft_win(lead.name)["won_on"]) == "2026-01-05"
	lead.db_set({"status": "Ongoing"})
	assert str(draft_win(lead.name)["won_on"]) == frappe.utils.nowdate()


def test_advisers_are_people_with_accounts_or_names():
	win = factories.make_export_win(
		advisers=[{"adviser": "Administrator", "share": 70}, {"adviser_name": "A. Broker", "share": 30}]
	)
	assert [row.share for row in win.advisers] == [70, 30]


@pytest.mark.parametrize(("direction", "kind"), [("Inward Investment", "Investment"), ("Tourism", "Tourism")])
def test_investment_and_tourism_are_won_too(direction, kind):
	win = factories.make_export_win(direction=direction, won_values=[{"kind": kind, "year_1": 5}])
	wins.claim(win.name)
	assert stored(win).status == "Claimed"
