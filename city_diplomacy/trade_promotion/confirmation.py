"""What a company is asked by a link: whether a win is right, and what the city's part in it was."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money, formatdate

from city_diplomacy.domain.guest_links.answers import Field, Kind
from city_diplomacy.domain.trade.wins import ANSWERED, HIGHEST_RATING, RATINGS, WinStatus, WithoutUs
from city_diplomacy.guest_links.exceptions import AnswerError
from city_diplomacy.guest_links.purposes import Addressee, Answer, Outcome, Purpose
from city_diplomacy.trade_promotion import wins
from city_diplomacy.trade_promotion.exceptions import WinAnswerError

KEY = "Confirm a win"


def heading(win: Any) -> str:
	return _("Is this right, {0}?").format(win.company_name)


def objection(win: Any) -> str:
	"""Why the company is not to be asked now: the values of a draft may still change, and it is asked once."""
	if win.status == WinStatus.DRAFT:
		return _("Claim the win of {0} before the company is asked about it.").format(win.company_name)
	if win.status in ANSWERED:
		return _("{0} answered already: {1}.").format(win.company_name, _(win.status))
	return ""


def asks(win: Any) -> str:
	return _(
		"We noted this success of yours and would like to count it. Please tell us whether it is right and what our part in it was."
	)


def facts(win: Any) -> list[tuple[str, str]]:
	"""What was won, where and when, and its value of each kind year by year."""
	rows = [
		(_("What was won"), win.what_was_won),
		(_("Market"), _(win.market)),
		(_("Won on"), formatdate(win.won_on)),
	]
	for row in win.won_values:
		years = [
			_("year {0}: {1}").format(year[-1], fmt_money(row.get(year), currency=row.currency))
			for year in wins.YEARS
			if row.get(year)
		]
		rows.append((_(row.kind), ", ".join(years)))
	return rows


def questions(win: Any) -> list[Field]:
	"""Agrees or not, the seven bands, the seven ratings, and three boxes."""
	ratings = tuple((str(number), str(number)) for number in range(1, HIGHEST_RATING + 1))
	return [
		Field(
			"agrees",
			_("Is what is written above right?"),
			Kind.OPTIONS,
			choices=(("1", _("Yes, we agree")), ("0", _("No, it is not right"))),
			required=True,
		),
		Field(
			"without_us",
			_("How much of it would have happened without the city?"),
			Kind.CHOICE,
			choices=tuple((str(band), _(band)) for band in WithoutUs),
			help=_("Asked where you agree."),
		),
		*(
			Field(
				name,
				_("How much did we help: {0}").format(_(label)),
				Kind.CHOICE,
				choices=ratings,
				help=_("1 is not at all, 5 is very much. Leave it out where it does not apply."),
			)
			for name, label in RATINGS.items()
		),
		Field("faster", _("It came about faster with the city's help"), Kind.CHECK),
		Field("market_was_new", _("The market was new to us"), Kind.CHECK),
		Field("case_study", _("The city may tell of it as an example"), Kind.CHECK),
		Field(
			"comments",
			_("In your own words"),
			Kind.TEXT,
			help=_("If it is not right, please say here what is not."),
		),
	]


def take(win: Any, answer: Answer) -> Outcome:
	"""Raises AnswerError, with the sentence for the company, for what `wins.record_answer` refuses."""
	try:
		wins.record_answer(win.name, wins.answer_of(answer.values))
	except WinAnswerError as refusal:
		frappe.clear_last_message()
		raise AnswerError([str(refusal)]) from refusal
	return Outcome()


def addressee(win: Any) -> Addressee:
	return Addressee(
		win.contact_name or win.company_name, win.contact_email or "", win.contact_language or ""
	)


CONFIRM_A_WIN = Purpose(
	key=KEY,
	doctype=wins.WIN,
	heading=heading,
	asks=asks,
	fields=questions,
	facts=facts,
	take=take,
	addressee=addressee,
	objection=objection,
	issued=lambda win: wins.mark_sent(win.name),
	thanks=lambda: _("Thank you. Your answer stands with the win from now on."),
)
