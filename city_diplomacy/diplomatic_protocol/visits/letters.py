"""Letters about a visit: drafted in the language of whoever reads them, sent through Frappe's queue, noted on the visit."""

from collections.abc import Callable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, formatdate, get_fullname, now_datetime

from city_diplomacy.diplomatic_protocol.visits import triage
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.visits import AGREED, LetterKind, VisitStatus
from city_diplomacy.domain.words import neutral
from city_diplomacy.guest_links.letters import language_for
from city_diplomacy.registers.email_addresses import email_address
from city_diplomacy.registers.languages import in_language
from city_diplomacy.registers.readable import readable

COLUMNS = ("kind", "person", "email", "written_in", "subject", "sent_on", "email_queue")
LONGEST_LETTER = 20_000
LONGEST_SUBJECT = 140


def kind_for(visit: Any) -> LetterKind | None:
	"""Which letter to the requester is due by the visit's status; None where nothing is decided."""
	if visit.status == VisitStatus.DECLINED:
		return LetterKind.DECLINED
	if visit.status == VisitStatus.CANCELLED:
		return LetterKind.CANCELLED
	return LetterKind.ACCEPTED if visit.status in AGREED else None


def draft(visit: Any) -> dict[str, str]:
	"""The letter to the requester that is due, to be read and changed before it is sent; nothing is stored.

	Raises VisitError where nothing is decided.
	"""
	kind = kind_for(visit)
	if kind is None:
		frappe.throw(_("Decide on {0} before you write to who asked.").format(visit.visit_title), VisitError)
	language = language_for(visit.requester_language)
	with in_language(language):
		return {
			"kind": kind,
			"person": cstr(visit.requester_name) or cstr(visit.requester_organisation),
			"email": cstr(visit.requester_email),
			"language": language,
			**written(kind, visit, cstr(visit.requester_name)),
		}


def written(kind: LetterKind, visit: Any, person: str) -> dict[str, str]:
	"""Subject and words of a letter, in the language of `frappe.local.lang`."""
	subject = {
		LetterKind.ACCEPTED: _("Your visit to {city}"),
		LetterKind.DECLINED: _("Your request to visit {city}"),
		LetterKind.CANCELLED: _("Cancelled: {visit}"),
		LetterKind.THANKS: _("Thank you for your visit to {city}"),
	}[kind]
	values = _values(visit, person)
	return {"subject": subject.format(**values)[:LONGEST_SUBJECT], "message": _BODIES[kind](visit, values)}


def _values(visit: Any, person: str) -> dict[str, str]:
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	return {
		"city": settings.city_name or _("our city"),
		"visit": visit.visit_title,
		"person": person or _("Sir or Madam"),
		"from": formatdate(visit.arrives_on, "d MMMM y"),
		"to": formatdate(visit.leaves_on, "d MMMM y"),
		"sender": get_fullname(),
	}


def _accepted(visit: Any, values: Mapping[str, str]) -> str:
	return _(
		"Dear {person},\n\nthank you for your request. We are glad to receive you in {city} from {from} to {to}. We will write to you about the programme and about who is coming.\n\nYours sincerely\n{sender}"
	).format(**values)


def _declined(visit: Any, values: Mapping[str, str]) -> str:
	reason = cstr(visit.letter_reason).strip() or " ".join(triage.letter_reasons(visit))
	return _(
		"Dear {person},\n\nthank you for your interest in {city} and for your request of a visit from {from} to {to}. We regret that we cannot receive you then. {reason}\n\nWe would be glad to hear from you again.\n\nYours sincerely\n{sender}"
	).format(reason=reason, **values)


def _cancelled(visit: Any, values: Mapping[str, str]) -> str:
	reason = cstr(visit.letter_reason).strip()
	return _(
		"Dear {person},\n\nwe regret to tell you that the visit “{visit}”, planned from {from} to {to}, does not take place. {reason}\n\nWe would be glad to find another time.\n\nYours sincerely\n{sender}"
	).format(reason=reason, **values)


def _thanks(visit: Any, values: Mapping[str, str]) -> str:
	return _(
		"Dear {person},\n\nthank you for your visit to {city} from {from} to {to}. It was an honour to receive you, and we look forward to what we begin together.\n\nYours sincerely\n{sender}"
	).format(**values)


_BODIES: Mapping[LetterKind, Callable[[Any, Mapping[str, str]], str]] = {
	LetterKind.ACCEPTED: _accepted,
	LetterKind.DECLINED: _declined,
	LetterKind.CANCELLED: _cancelled,
	LetterKind.THANKS: _thanks,
}


def send_to_requester(visit: str, subject: str, message: str) -> None:
	"""Send the letter that is due, in the words somebody has read. Raises VisitError or RegisterError."""
	doc = readable(VISIT, visit, "write", for_update=True)
	due = draft(doc)
	post(doc, LetterKind(due["kind"]), due["person"], due["email"], due["language"], subject, message)
	store(doc)


def post(
	visit: Any, kind: LetterKind, person: str, email: str, language: str, subject: str, message: str
) -> None:
	"""Queue a letter and note it on the visit, which whoever calls saves. Raises VisitError or RegisterError."""
	subject, message = " ".join(neutral(subject).split()), neutral(message).strip()
	if not subject or not message:
		frappe.throw(_("A letter has a subject and words."), VisitError)
	if len(subject) > LONGEST_SUBJECT or len(message) > LONGEST_LETTER:
		frappe.throw(
			_("Keep the subject under {0} and the letter under {1} characters.").format(
				LONGEST_SUBJECT, LONGEST_LETTER
			),
			VisitError,
		)
	address = email_address(email)
	body = "".join(
		f"<p>{escape_html(part).replace(chr(10), '<br>')}</p>"
		for part in message.split("\n\n")
		if part.strip()
	)
	queued = frappe.sendmail(recipients=[address], subject=subject, message=body)
	visit.append(
		"letters",
		{
			"kind": kind,
			"person": person,
			"email": address,
			"written_in": language,
			"subject": subject,
			"sent_on": now_datetime(),
			"email_queue": queued.name if queued else None,
		},
	)


def store(visit: Any) -> None:
	"""Save a visit with the letters that were noted on it; flags never come from a client."""
	visit.flags.by_letters = True
	visit.save()


def keep_letters(visit: Any) -> None:
	"""What was sent stays as it is noted, whatever a client sends along."""
	stored = visit.get_doc_before_save()
	if visit.flags.by_letters:
		return
	rows = stored.letters if stored else []
	visit.set("letters", [{key: row.get(key) for key in ("name", *COLUMNS)} for row in rows])
