"""Triage: what the office's rules say of a request, kept with it; and the decision, which a person makes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt, getdate

from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol import triage as rules
from city_diplomacy.domain.protocol.triage import Criterion, Earlier, TriageRule, VisitRequest
from city_diplomacy.domain.protocol.visits import AGREED, OPEN, PayerKind, VisitDirection, VisitStatus
from city_diplomacy.registers.languages import in_language, site_language
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import date_of, today
from city_diplomacy.registers.sentences import in_words, kept

RULE = "Visit Triage Rule"
COLUMNS = ("rule", "answer", "consequence", "reason", "letter_reason")
DECIDED = (VisitStatus.ACCEPTED, VisitStatus.DECLINED)
# Looked up for repeats; older visits than any rule asks for are not read.
MOST_EARLIER = 500
HIGHEST_LIMIT = 1_000_000_000


def check_rule(rule: Any) -> None:
	"""Raises VisitError for a limit no request can be compared with."""
	# Written so that "not a number" is refused as well.
	if not 0 <= flt(rule.threshold) <= HIGHEST_LIMIT:
		frappe.throw(_("Limit must be a number from 0 to {0}.").format(HIGHEST_LIMIT), VisitError)


def settle_triage(visit: Any) -> None:
	"""Judge a request as long as nobody has decided, and note who decides.

	Raises VisitError where the proposal is overruled without a reason.
	"""
	if visit.direction != VisitDirection.INBOUND:
		visit.set("triage_findings", [])
		visit.triage_proposal = None
		return
	stored = visit.get_doc_before_save()
	_keep_stored(visit, stored)
	if visit.status in OPEN:
		_judge(visit)
	elif visit.status in DECIDED and stored and stored.status in OPEN:
		_judge(visit)
		_note_decision(visit)


def _keep_stored(visit: Any, stored: Any) -> None:
	"""Findings are never what a client sends along."""
	visit.triage_proposal = stored.triage_proposal if stored else None
	visit.decided_by = stored.decided_by if stored else None
	visit.decided_on = stored.decided_on if stored else None
	rows = stored.triage_findings if stored else []
	visit.set("triage_findings", [{key: row.get(key) for key in ("name", *COLUMNS)} for row in rows])


def _judge(visit: Any) -> None:
	if not (date_of(visit, "arrives_on") and date_of(visit, "leaves_on")):
		return
	in_force = rules_in_force(today())
	findings = rules.judge(request_of(visit, in_force), in_force)
	visit.triage_proposal = rules.proposal_of(findings) if findings else None
	# A row stays the row of its rule, so that what is looked at again and found the same is no change.
	names = {row.rule: row.name for row in visit.triage_findings}
	visit.set(
		"triage_findings",
		[
			{
				"name": names.get(one.rule.name),
				"rule": one.rule.name,
				"answer": one.answer,
				"consequence": one.rule.consequence,
				"reason": kept(one.sentence, **{key: str(value) for key, value in one.values.items()}),
				"letter_reason": one.rule.letter_reason,
			}
			for one in findings
		],
	)


def _note_decision(visit: Any) -> None:
	accepted = visit.status == VisitStatus.ACCEPTED
	overruled = rules.is_overruled(visit.triage_proposal or "", accepted)
	if overruled and not cstr(visit.triage_reason).strip():
		frappe.throw(
			_("Triage proposes: {0}. Say in the field {1} why you decide otherwise.").format(
				_(visit.triage_proposal), _(visit.meta.get_label("triage_reason"))
			),
			VisitError,
		)
	visit.decided_by, visit.decided_on = frappe.session.user, today()
	if not accepted and not cstr(visit.status_reason).strip():
		# Many read it, so it is in the site's language; the letter is in the requester's.
		with in_language(site_language()):
			visit.status_reason = visit.letter_reason or " ".join(letter_reasons(visit))


def rules_in_force(day: date) -> list[TriageRule]:
	"""The office's rules of a day, in their order."""
	rows = frappe.get_all(
		RULE,
		filters={"disabled": 0},
		fields=[
			"name",
			"criterion",
			"threshold",
			"consequence",
			"letter_reason",
			"valid_from",
			"valid_until",
		],
		order_by="position asc, name asc",
		limit_page_length=0,
	)
	return [
		TriageRule(row.name, row.criterion, flt(row.threshold), row.consequence, cstr(row.letter_reason))
		for row in rows
		if (not row.valid_from or getdate(row.valid_from) <= day)
		and (not row.valid_until or day <= getdate(row.valid_until))
	]


def request_of(visit: Any, in_force: Sequence[TriageRule]) -> VisitRequest:
	"""What the rules ask of a visit."""
	years = max((rule.limit for rule in in_force if rule.criterion == Criterion.REPEAT), default=0)
	cities = [row.partner for row in visit.partners if row.partner_type == "Partner City"]
	ours = [row for row in visit.costs if row.payer_kind == PayerKind.OUR_CITY]
	return VisitRequest(
		requested_on=date_of(visit, "requested_on") or today(),
		arrives_on=date_of(visit, "arrives_on"),
		leaves_on=date_of(visit, "leaves_on"),
		requester_kind=cstr(visit.requester_kind),
		requester=cstr(visit.requester_organisation),
		topic=cstr(visit.topic),
		country=cstr(visit.country),
		benefit=cstr(visit.benefit),
		cost_to_us=sum(flt(row.amount) for row in ours),
		asks_us_to_pay=bool(visit.asks_city_to_pay),
		population=cint(frappe.db.get_value("Partner City", cities[0], "population")) if cities else 0,
		our_population=cint(frappe.db.get_single_value("City Diplomacy Settings", "city_population")),
		earlier=_earlier(visit, years) if years else (),
	)


def _earlier(visit: Any, years: float) -> list[Earlier]:
	days = int(years * 366)
	arrives = date_of(visit, "arrives_on")
	rows = frappe.get_all(
		VISIT,
		filters={
			"direction": VisitDirection.INBOUND,
			"status": ["in", AGREED],
			"name": ["!=", visit.name or ""],
			"arrives_on": ["between", [_shifted(arrives, -days), _shifted(arrives, days)]],
		},
		fields=["visit_title", "arrives_on", "topic", "country", "requester_organisation"],
		order_by="arrives_on desc",
		limit_page_length=MOST_EARLIER,
	)
	return [
		Earlier(
			row.visit_title,
			getdate(row.arrives_on),
			cstr(row.topic),
			cstr(row.country),
			cstr(row.requester_organisation),
		)
		for row in rows
	]


def _shifted(day: date, days: int) -> date:
	return date.fromordinal(max(1, day.toordinal() + days))


def for_form(visit: Any) -> list[dict[str, str]]:
	"""What the rules said, in the reader's language."""
	return [
		{
			"rule": row.rule,
			"answer": row.answer,
			"consequence": row.consequence,
			"reason": in_words(row.reason),
		}
		for row in visit.triage_findings
	]


def letter_reasons(visit: Any) -> list[str]:
	"""The words the rules that are not met have for a letter, in the language of `frappe.local.lang`."""
	return [
		_(row.letter_reason)
		for row in visit.triage_findings
		if row.answer == rules.Answer.NOT_MET and row.letter_reason
	]


def decide(visit: str, accept: bool, reason: str, letter_reason: str) -> None:
	"""Accept or decline a request, confirming what triage proposes or overruling it with a reason.

	Raises VisitError for one that was decided, or is overruled without a reason.
	"""
	doc = readable(VISIT, visit, "write", for_update=True)
	if doc.status not in OPEN:
		frappe.throw(
			_("{0} is {1} already; load the page again.").format(doc.visit_title, _(doc.status)), VisitError
		)
	doc.triage_reason = reason or doc.triage_reason
	doc.letter_reason = letter_reason or doc.letter_reason
	if accept:
		doc.status = VisitStatus.ACCEPTED
	else:
		doc.status = VisitStatus.DECLINED
		doc.status_reason = letter_reason or reason or doc.status_reason
	doc.save()
