"""Wins: drafted from a lead, claimed, sent to the company, confirmed or disputed by it.

Once claimed, what is claimed stays as the company is asked about it; it is changed by opening the win again. What the
company answers is written by `record_answer` alone.
"""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt

from city_diplomacy.domain.trade import wins as rules
from city_diplomacy.domain.trade.leads import LeadStatus
from city_diplomacy.domain.trade.wins import ANSWERED, RATINGS, Answer, Fault, WinStatus
from city_diplomacy.domain.words import neutral
from city_diplomacy.guest_links import links
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import date_of, refuse_future, today
from city_diplomacy.registers.record_money import default_currency, settle_money
from city_diplomacy.registers.set_by_server import refuse_typed
from city_diplomacy.trade_promotion.exceptions import ExportWinError, WinAnswerError
from city_diplomacy.trade_promotion.leads import refuse_unknown_lead

WIN = "Export Win"
YEARS = tuple(f"year_{number}" for number in range(1, 6))
ANSWER = ("without_us", "faster", "market_was_new", "case_study", "comments", "answered_on", *RATINGS)
SET_BY_VERBS = ("status", "claimed_on", "sent_on", *ANSWER)
CLAIMED = ("company_name", "direction", "trade_lead", "won_on", "market", "what_was_won", "currency")


def settle_win(win: Any) -> None:
	"""What a stored win must be. Raises ExportWinError or RegisterError in one sentence."""
	win.status = win.status or WinStatus.DRAFT
	_keep_what_verbs_set(win)
	_keep_claim(win)
	refuse_future(win, "won_on")
	won_on = date_of(win, "won_on")
	win.win_year = won_on.year if won_on else 0
	_settle_values(win)
	_check_advisers(win)
	check_email_address(win, "contact_email")
	refuse_unknown_lead(win)


def _keep_what_verbs_set(win: Any) -> None:
	if win.flags.by_verb:
		return
	sentence = _("{0} is set by claiming a win and by the company's answer, and not by hand.")
	refuse_typed(win, SET_BY_VERBS, sentence, ExportWinError, {"status": WinStatus.DRAFT})


def _keep_claim(win: Any) -> None:
	stored = win.get_doc_before_save()
	if not stored or stored.status == WinStatus.DRAFT or win.flags.by_verb:
		return
	if _claim_of(win) != _claim_of(stored):
		frappe.throw(
			_(
				"{0} is {1}: what is claimed stays as the company is asked about it. Open it again to change it."
			).format(win.company_name, _(stored.status)),
			ExportWinError,
		)


def _claim_of(win: Any) -> tuple[Any, ...]:
	rows = tuple((row.kind, *(flt(row.get(year)) for year in YEARS)) for row in win.won_values)
	return (*(cstr(win.get(field)) for field in CLAIMED), rows)


def _settle_values(win: Any) -> None:
	"""Sum up each kind by itself, with what of it the company confirmed and would have achieved anyway."""
	win.currency = win.currency or default_currency()
	allowed = rules.KINDS_OF.get(win.direction, ())
	for row in win.won_values:
		if row.kind and row.kind not in allowed:
			frappe.throw(
				_("Row {0}: {1} is no value of {2}; choose {3}.").format(
					row.idx, _(row.kind), _(win.direction), _(" or ").join(_(kind) for kind in allowed)
				),
				ExportWinError,
			)
		row.currency = win.currency
		for year in YEARS:
			settle_money(row, year)
		row.claimed = sum(flt(row.get(year)) for year in YEARS)
		row.confirmed, row.anyway = rules.counted(row.claimed, win.status, win.without_us)
		settle_money(row, "claimed")
	if twice := rules.first_repeated(row.kind for row in win.won_values):
		frappe.throw(_("{0} stands in two rows; put its years into one.").format(_(twice)), ExportWinError)


def _check_advisers(win: Any) -> None:
	for row in win.advisers:
		if not (row.adviser or cstr(row.adviser_name).strip()):
			frappe.throw(_("Row {0}: say who contributed.").format(row.idx), ExportWinError)
	if not rules.shares_are_whole([row.share for row in win.advisers]):
		frappe.throw(_("Give every adviser a share, together 100 %, or none of them any."), ExportWinError)


def draft_of(trade_lead: str) -> dict[str, Any]:
	"""The values of a new win of a lead, not stored: nothing the lead or its Opportunity says is typed again.

	Raises UnknownRecordError for a lead the person may not know of.
	"""
	lead = readable("Trade Lead", trade_lead)
	value, currency = lead.annual_value, lead.currency
	if lead.opportunity:
		value, currency = frappe.db.get_value(
			"Opportunity", lead.opportunity, ["opportunity_amount", "currency"]
		)
	kinds = rules.KINDS_OF[lead.direction]
	return {
		"doctype": WIN,
		"company_name": lead.company_name,
		"direction": lead.direction,
		"trade_lead": lead.name,
		"market": lead.market,
		"won_on": (lead.status_on if lead.status == LeadStatus.WON else None) or today(),
		"currency": currency or default_currency(),
		"won_values": [{"kind": str(kinds[0]), "year_1": flt(value)}] if flt(value) else [],
		"advisers": [{"adviser": lead.lead_owner}] if lead.lead_owner else [],
	}


def claim(win: str) -> None:
	"""Claim a draft, after which its values stay. Raises ExportWinError for one that has none, or is claimed already."""
	doc = _for_verb(win, WinStatus.DRAFT)
	if not any(row.claimed for row in doc.won_values):
		frappe.throw(
			_("Enter at least one value of {0} before it is claimed.").format(doc.company_name),
			ExportWinError,
		)
	_store(doc, status=WinStatus.CLAIMED, claimed_on=today())


def mark_sent(win: str) -> None:
	"""Note that the company was asked today. Raises ExportWinError unless the win is claimed and not answered."""
	doc = _for_verb(win, WinStatus.CLAIMED, WinStatus.SENT)
	_store(doc, status=WinStatus.SENT, sent_on=today())


def reopen(win: str) -> None:
	"""Make a win a draft again, with no answer; links the company did not answer are taken back.

	Raises ExportWinError for one the company confirmed.
	"""
	doc = _for_verb(win, WinStatus.CLAIMED, WinStatus.SENT, WinStatus.DISPUTED)
	_store(doc, status=WinStatus.DRAFT, claimed_on=None, sent_on=None, **_no_answer())
	links.take_back(doc)


def record_answer(win: str, answer: Answer) -> None:
	"""Keep what the company says of a win, once.

	Called for the company by what has made sure that it is the company; it asks for no right of the signed-in person.
	Raises WinAnswerError, with nothing written, for an answer that cannot be taken and for a win nobody asks about.
	"""
	if not frappe.db.exists(WIN, win):
		frappe.throw(_("Nobody asks about this any more."), WinAnswerError)
	doc = frappe.get_doc(WIN, win, for_update=True)
	if doc.status in ANSWERED:
		frappe.throw(_("This has been answered already; thank you."), WinAnswerError)
	if doc.status == WinStatus.DRAFT:
		frappe.throw(_("Nobody asks about this any more."), WinAnswerError)
	if fault := rules.fault_of(answer):
		frappe.throw(_sentence_of(fault), WinAnswerError)
	# The link the company was sent is its right; see above.
	doc.flags.ignore_permissions = True
	_store(
		doc,
		status=WinStatus.CONFIRMED if answer.agrees else WinStatus.DISPUTED,
		answered_on=today(),
		without_us=str(answer.without_us) or None,
		faster=int(answer.faster),
		market_was_new=int(answer.market_was_new),
		case_study=int(answer.case_study),
		comments=neutral(answer.comments.strip()),
		**{name: answer.ratings.get(name, 0) for name in RATINGS},
	)


def answer_of(values: Mapping[str, Any]) -> Answer:
	"""What a form sent, as an answer; what is left out or is none of the choices is for `record_answer` to refuse."""
	agrees = {"1": True, "0": False}.get(cstr(values.get("agrees")))
	return Answer(
		agrees=agrees,
		without_us=cstr(values.get("without_us")),
		ratings={name: _rating(values[name]) for name in RATINGS if cstr(values.get(name))},
		faster=bool(cint(values.get("faster"))),
		market_was_new=bool(cint(values.get("market_was_new"))),
		case_study=bool(cint(values.get("case_study"))),
		comments=cstr(values.get("comments")),
	)


def _rating(value: Any) -> int:
	text = cstr(value).strip()
	return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else -1


def refuse_deletion(win: Any) -> None:
	"""Raises ExportWinError for a win that was claimed: figures may rest on it."""
	if win.status != WinStatus.DRAFT:
		frappe.throw(
			_("{0} is {1} and is kept; open it again first, if it was claimed by mistake.").format(
				win.company_name, _(win.status)
			),
			ExportWinError,
		)


def _for_verb(win: str, *states: WinStatus) -> Any:
	doc = readable(WIN, win, "write", for_update=True)
	if doc.status not in states:
		frappe.throw(
			_("{0} is {1}; this can be done while it is {2}.").format(
				doc.company_name, _(doc.status), _(" or ").join(_(state) for state in states)
			),
			ExportWinError,
		)
	return doc


def _no_answer() -> dict[str, Any]:
	numbers = dict.fromkeys(("faster", "market_was_new", "case_study", *RATINGS), 0)
	return {**dict.fromkeys(ANSWER), **numbers}


def _store(doc: Any, **values: Any) -> None:
	doc.update(values)
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.by_verb = True
	doc.save()


def _sentence_of(fault: Fault) -> str:
	return {
		Fault.NEITHER: _("Say whether you agree with what is written here."),
		Fault.WITHOUT_WORDS: _("Say what is not right, in a few words."),
		Fault.TOO_LONG: _("Say it in up to {0} characters.").format(rules.LONGEST_COMMENT),
		Fault.WITHOUT_BAND: _("Choose how much of it would have happened without the city."),
		Fault.RATING: _("Rate each kind of help from 1 to {0}, or leave it out.").format(
			rules.HIGHEST_RATING
		),
	}[fault]
