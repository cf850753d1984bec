"""What waits for a screening: making ERPNext records of a trade lead, and the intake of an agreement."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate

from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.domain.trade.screening.states import PASSED, STOPS, Method, ScreeningState, is_current
from city_diplomacy.trade_promotion.exceptions import NotScreenedError
from city_diplomacy.trade_promotion.screening.screenings import latest, screened_against
from city_diplomacy.trade_promotion.screening.subjects import SUBJECTS, subject_of
from city_diplomacy.trade_promotion.screening.versions import versions_in_force


def what_is_missing(subject_type: str, subject: str) -> str | None:
	"""Why a record does not count as screened now, in a sentence that says what to do; None when it does."""
	return standing_of(subject_type, subject)[0]


def standing_of(subject_type: str, subject: str) -> tuple[str | None, Any | None]:
	"""What `what_is_missing` answers, and the record's latest screening against our lists, if it has one.

	What was found elsewhere counts where our own lists have nothing open; it never outweighs a candidate of ours.
	"""
	ours = latest(subject_type, subject, Method.AGAINST_LISTS)
	return _what_is_missing(subject_type, subject, ours), ours


def refuse_unscreened(trade_lead: Any, made: str) -> None:
	"""Raises NotScreenedError for a trade lead of which nothing was `made` yet and that is not screened."""
	if not trade_lead.get(made) and (missing := what_is_missing("Trade Lead", trade_lead.name)):
		frappe.throw(missing, NotScreenedError)


def refuse_from_unscreened_lead(doc: Any, method: str | None = None) -> None:
	"""Doc event of Opportunity and Customer: what is made of the Lead of a trade lead waits as that does."""
	lead = doc.get("lead_name") if doc.doctype == "Customer" else doc.get("party_name")
	if not lead or (doc.doctype == "Opportunity" and doc.opportunity_from != "Lead"):
		return
	trade_lead = frappe.db.get_value("Trade Lead", {"lead": lead})
	if trade_lead and (missing := what_is_missing("Trade Lead", trade_lead)):
		frappe.throw(missing, NotScreenedError)


def missing_of_agreement(agreement: Any) -> list[str]:
	"""A sentence for each counterpart of an agreement that does not count as screened."""
	sentences = (what_is_missing(*one) for one in counterparts(agreement))
	return [sentence for sentence in sentences if sentence]


def counterparts(agreement: Any) -> list[tuple[str, str]]:
	"""The parties of an agreement that are screened, (DocType, name), each once."""
	return list(
		dict.fromkeys(
			(row.party_type, row.party)
			for row in agreement.parties
			if row.side == "Counterpart" and row.party_type in SUBJECTS and row.party
		)
	)


def answer_intake(agreement: Any, method: str | None = None) -> None:
	"""Doc event of MOU: the box of its intake is the screening's answer, and stays as it was once intake is over.

	A decision about a candidate saves the screening and not the agreement, so it is asked on leaving intake too.
	"""
	stored = agreement.get_doc_before_save()
	if agreement.workflow_state == WorkflowState.DRAFT:
		agreement.parties_screened = 0
	elif WorkflowState.INTAKE_REVIEW in (agreement.workflow_state, stored and stored.workflow_state):
		agreement.parties_screened = int(not missing_of_agreement(agreement))
	else:
		agreement.parties_screened = stored.parties_screened if stored else 0


def _what_is_missing(subject_type: str, subject: str, ours: Any | None) -> str | None:
	names = subject_of(subject_type, subject).names
	shown = names[0] if names else subject
	if ours and ours.state in STOPS:
		return _why_stopped(shown, ours)
	if (
		ours
		and ours.state in PASSED
		and not _is_renamed(ours, names)
		and is_current(screened_against(ours), versions_in_force(), now_datetime())
	):
		return None
	elsewhere = latest(subject_type, subject, Method.ELSEWHERE)
	if (
		elsewhere
		and getdate(elsewhere.valid_until) >= getdate(nowdate())
		and not _is_renamed(elsewhere, names)
	):
		return None
	if not ours and not elsewhere:
		return _("{0} was not screened against restricted-party lists yet. Screen them first.").format(shown)
	return _(
		"The screening of {0} is out of date: a list, its age or the name changed. Screen them again."
	).format(shown)


def _is_renamed(screening: Any, names: tuple[str, ...]) -> bool:
	compared = {screening.name_screened, *(screening.other_names or "").split("\n")}
	return bool(set(names) - compared)


def _why_stopped(shown: str, screening: Any) -> str:
	if screening.state == ScreeningState.TRUE_MATCH:
		return _("{0} was decided to be a party on a list ({1}).").format(shown, screening.name)
	if screening.state == ScreeningState.ESCALATED:
		return _("A candidate for {0} was escalated and waits for a decision ({1}).").format(
			shown, screening.name
		)
	return _("There are candidates for {0} to be decided about ({1}).").format(shown, screening.name)
