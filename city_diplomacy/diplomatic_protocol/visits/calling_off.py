"""A visit that is cancelled: whoever was written to is told by a letter, open links end, and the calendar says so."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.diplomatic_protocol.visits import letters
from city_diplomacy.domain.protocol.visits import LetterKind, VisitStatus
from city_diplomacy.guest_links import links
from city_diplomacy.guest_links.letters import language_for
from city_diplomacy.registers.languages import in_language

EVENT_CANCELLED = "Cancelled"


def is_called_off_now(visit: Any) -> bool:
	"""Whether this save cancels a visit that was not cancelled before."""
	stored = visit.get_doc_before_save()
	return bool(stored) and visit.status == VisitStatus.CANCELLED and stored.status != VisitStatus.CANCELLED


def tell_who_was_written_to(visit: Any) -> None:
	"""Queue a letter to each address that got one about this visit, in the language it got; called last of all rules.

	Whoever was asked by a link counts as well.
	"""
	if not is_called_off_now(visit):
		return
	told = 0
	for email, (person, language) in _written_to(visit).items():
		with in_language(language):
			words = letters.written(LetterKind.CANCELLED, visit, person)
		letters.post(visit, LetterKind.CANCELLED, person, email, language, words["subject"], words["message"])
		told += 1
	if told:
		frappe.msgprint(
			_("Whoever was written to about this visit is told by a letter: {0}.").format(told), alert=True
		)


def _written_to(visit: Any) -> dict[str, tuple[str, str]]:
	found: dict[str, tuple[str, str]] = {}
	for row in visit.letters:
		if row.kind != LetterKind.CANCELLED and row.email:
			found[row.email.casefold()] = (cstr(row.person), language_for(row.written_in))
	sent = frappe.get_all(
		links.DOCTYPE,
		{"reference_doctype": visit.doctype, "reference_name": visit.name},
		["person", "email", "written_in"],
		order_by="creation asc",
		limit_page_length=0,
	)
	for row in sent:
		if row.email:
			found.setdefault(row.email.casefold(), (cstr(row.person), language_for(row.written_in)))
	return found


def end_what_hangs_on_it(visit: Any) -> None:
	"""End links nobody has answered and cancel the calendar Event; called after the visit was stored."""
	if not is_called_off_now(visit):
		return
	links.take_back(visit)
	if visit.event and frappe.db.exists("Event", visit.event):
		event = frappe.get_doc("Event", visit.event)
		event.status = EVENT_CANCELLED
		# The Event was made of the visit, which this person was allowed to cancel; it may be a colleague's own.
		event.save(ignore_permissions=True)
