"""Taking an answer: once, whole or not at all.

Frappe answers a page's error with a page and then commits, so whatever goes wrong here is rolled back here.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from city_diplomacy.domain.guest_links.answers import AnswerState, Fault, Field, Kind, changed, read
from city_diplomacy.domain.guest_links.links import LinkStatus, Refusal
from city_diplomacy.guest_links import links, tell
from city_diplomacy.guest_links.exceptions import AnswerError, LinkRefusedError
from city_diplomacy.guest_links.purposes import Answer, Outcome, Purpose
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.languages import in_language, site_language

# Before the names of a form's fields, so that none is taken for an argument of Frappe's.
PREFIX = "q_"


class NotRecordedError(Exception):
	"""A rule of the record refused what an answer means, which is no fault of whoever answered; it is logged."""

	def __init__(self, language: str):
		super().__init__(language)
		self.language = language


def said(sent: Mapping[str, Any]) -> dict[str, Any]:
	"""The answers of what a form sent, by the names of its fields."""
	return {name.removeprefix(PREFIX): value for name, value in sent.items() if name.startswith(PREFIX)}


def shown_of(fields: Sequence[Field], facts: Sequence[tuple[str, str]]) -> str:
	"""What a page showed, in short, to tell when it is sent whether the record says something else by then."""
	held = [(field.name, field.held) for field in fields]
	return links.hashed(repr((held, list(facts))))[:16]


@retry_on_conflict
def take(token: str, sent: Mapping[str, Any]) -> tuple[Any, Purpose]:
	"""Keep what somebody outside answered and let the purpose act on it; returns the link and the purpose.

	Of two answers at once the second waits for the first and is refused. Raises LinkRefusedError, and AnswerError with
	what to mend; after either, nothing is written.
	"""
	with _whole_or_nothing():
		link, purpose, doc = links.open_link(token, for_update=True)
		if sent.get("purpose") != link.purpose:
			raise LinkRefusedError(Refusal.UNKNOWN)
		with in_language(link.written_in):
			fields = list(purpose.fields(doc))
			_refuse_unseen(shown_of(fields, purpose.facts(doc)), sent)
			values = _checked(fields, sent)
			differing = [field.name for field in changed(fields, values)]
			answer = Answer(link.name, link.person, values, differing)
			questions = _questions(purpose, doc)
			outcome = _act(purpose, doc, answer, link)
		to_decide = _keep(answer, fields, questions, outcome)
		links.end(link.name, LinkStatus.ANSWERED, answered_on=now_datetime(), to_decide=to_decide)
		tell.answered(purpose, doc, link, to_decide)
	return link, purpose


@contextmanager
def _whole_or_nothing() -> Iterator[None]:
	try:
		yield
	except NotRecordedError:
		raise
	except BaseException:
		frappe.db.rollback()
		raise


def _act(purpose: Purpose, doc: Any, answer: Answer, link: Any) -> Outcome:
	try:
		return purpose.take(doc, answer)
	except AnswerError:
		raise
	except frappe.ValidationError as error:
		# Its words are for the office: they may name other records.
		frappe.db.rollback()
		frappe.clear_messages()
		frappe.log_error(
			"An answer could not be recorded", reference_doctype=links.DOCTYPE, reference_name=link.name
		)
		raise NotRecordedError(link.written_in) from error


def _refuse_unseen(shown: str, sent: Mapping[str, Any]) -> None:
	"""Raises AnswerError where the record says something else than the page did: nobody answers what they never saw."""
	if sent.get("shown") != shown:
		sentence = _("What we hold changed while you were reading. Please look at it again and send it.")
		raise AnswerError([sentence], is_stale=True)


def _checked(fields: list[Field], sent: Mapping[str, Any]) -> dict[str, str]:
	values, faults = read(fields, said(sent))
	if faults:
		raise AnswerError(
			[_sentence(field, fault) for field, fault in faults], [field.name for field, _fault in faults]
		)
	return values


def _sentence(field: Field, fault: Fault) -> str:
	sentences = {
		Fault.MISSING: _("{0}: please answer this."),
		Fault.TOO_LONG: _("{0}: please keep it under {1} characters."),
		Fault.NO_CHOICE: _("{0}: please choose one of the answers."),
		Fault.NO_TEXT: _("{0}: please type it again; it holds a character that cannot be stored."),
	}
	return sentences[fault].format(field.label, field.longest)


def _questions(purpose: Purpose, doc: Any) -> dict[str, str]:
	"""What was asked in the words of the office, which reads the answer."""
	with in_language(site_language()):
		return {field.name: field.label for field in purpose.fields(doc)}


def _keep(answer: Answer, fields: list[Field], questions: Mapping[str, str], outcome: Outcome) -> int:
	"""Write one row for each answer that says something; returns how many of them somebody has to decide on."""
	told = [field for field in fields if answer.values[field.name] and field.kind is Kind.CHECK]
	told += [field for field in fields if field.name in answer.changed]
	rows = [
		{
			"name": frappe.generate_hash(length=10),
			"parent": answer.link,
			"parenttype": links.DOCTYPE,
			"parentfield": "answers",
			"idx": position,
			"field": field.name,
			"question": questions[field.name],
			"held": field.held,
			"said": answer.values[field.name],
			"state": AnswerState.PROPOSED if field.name in outcome.proposed else AnswerState.NOTED,
		}
		for position, field in enumerate(told, start=1)
	]
	links.insert(links.ANSWERS, rows, by=frappe.session.user)
	return sum(field.name in outcome.proposed for field in told)
