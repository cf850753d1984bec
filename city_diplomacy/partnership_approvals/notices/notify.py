"""What people are told about approvals: each thing is one row, written with the decision and delivered after it.

In the name of whom: what is asked or moves comes from the document's author, never from the reviewer whose
answer happened to move it, because who they are may not be for the reader's eyes.

A decision must cost little, so nothing here composes or sends. The rows of one call go into Approval Notice
in one statement, in the same transaction as what they tell of; `deliver` takes them from there.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any, Protocol

import frappe
from frappe.utils import get_url, now_datetime

from city_diplomacy.domain.route.delegation import Delegation
from city_diplomacy.domain.route.states import NoticeStatus
from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals.notices.deliver import deliver_soon
from city_diplomacy.partnership_approvals.notices.todos import close_todos, open_missing_todos, open_todos
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.people.names import people_with_role
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, routing_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, DelegationDocument, Document, RouteRow
from city_diplomacy.registers.sentences import kept

__all__ = [
	"agreement_url",
	"ask",
	"clearance_url",
	"close_todos",
	"in_one_statement",
	"people_asked",
	"remind",
	"tell_answer",
	"tell_conditions_met",
	"tell_conditions_not_met",
	"tell_delegation",
	"tell_forwarded",
	"tell_handed_over",
	"tell_late",
	"tell_overridden",
	"tell_question",
	"tell_recorded",
	"tell_requester",
	"tell_text_changed",
]

FIELDS = (
	"name",
	"owner",
	"modified_by",
	"creation",
	"modified",
	"status",
	"for_user",
	"from_user",
	"kind",
	"matter",
	"reference_doctype",
	"reference_name",
	"clearance",
	"seat",
	"what",
	"changed",
	"due_date",
	"url",
	"digest",
)
LONGEST_TITLE = 255
NoticeValues = dict[str, Any]
"""The columns of a notice that is to be stored."""


class RouteInHand(Protocol):
	"""What is told of an `engine.route.Route`."""

	row: RouteRow
	routing: RoutedDoctype


@dataclass
class Notice:
	"""One thing one person is to be told; without a sender it comes from the signed-in person."""

	kind: str
	for_user: str
	matter: str
	reference_doctype: str
	reference_name: str
	url: str
	clearance: str | None = None
	seat: str | None = None
	what: str | None = None
	changed: str | None = None
	due_date: date | None = None
	from_user: str | None = None
	digest: int = 0


_together: ContextVar[list[NoticeValues] | None] = ContextVar("notices_written_together", default=None)


def ask(rows: list[ClearanceRow], doc: Document) -> None:
	"""A to-do and a notice for everybody a question is put to; `rows` are clearances, `doc` their document."""
	title = _title_of(doc)
	holding = delegations.holding_today()
	asked = [(row, people_asked(row, holding)) for row in rows]
	open_todos(asked, title, doc.owner)
	_write(_asked(row, person, title, doc.owner) for row, people in asked for person in people)


def _asked(row: ClearanceRow, person: str, title: str, author: str) -> Notice:
	"""A holder is asked; whoever stands in for them today is told for whom."""
	stands_in = bool(row.put_to) and person != row.put_to
	kind, from_user = ("Delegated", row.put_to) if stands_in else ("Asked", author)
	return _about(row, kind, person, title, from_user=from_user, what=row.why, due_date=row.due_date)


def remind(rows: list[ClearanceRow], doc: Document, holding: list[Delegation] | None = None) -> None:
	"""Remind everybody a clearance is put to; comes in their daily digest, unless they want no reminders.

	`holding` are today's delegations, where they have been read already.
	"""
	title = _title_of(doc)
	_write(
		_about(
			row, "Reminder", person, title, from_user=doc.owner, what=row.why, due_date=row.due_date, digest=1
		)
		for row in rows
		for person in people_asked(row, holding)
	)


def tell_text_changed(rows: list[ClearanceRow], doc: Document, labels: Iterable[str]) -> None:
	"""The text changed under open questions; `labels`, untranslated, name the fields that read differently."""
	title, changed = _title_of(doc), "\n".join(labels)
	_write(
		_about(
			row,
			"Text Changed",
			person,
			title,
			from_user=doc.owner,
			changed=changed,
			due_date=row.due_date,
			# The walk over the stages does not read them.
			reference_doctype=doc.doctype,
			reference_name=doc.name,
		)
		for row in rows
		for person in people_asked(row)
	)


def tell_forwarded(row: ClearanceRow, doc: Document, by: str, words: str) -> None:
	"""`by` passed their question on, with `words`; `row` says to whom, and they get a to-do."""
	title, people = _title_of(doc), people_asked(row)
	close_todos([row.name], "Cancelled")
	open_missing_todos(row, people, title, doc.owner)
	_write(
		_about(row, "Forwarded", person, title, what=words, due_date=row.due_date, from_user=by)
		for person in people
	)


def tell_late(row: ClearanceRow, doc: Document, people: Iterable[str], days_late: int) -> None:
	"""A clearance is `days_late` working days overdue; `people` are those it is brought to."""
	title = _title_of(doc)
	_write(
		_about(row, "Late", person, title, from_user=doc.owner, what=str(days_late), due_date=row.due_date)
		for person in dict.fromkeys(people)
	)


def tell_handed_over(row: ClearanceRow, doc: Document, before: list[str], to_person: str) -> None:
	"""A question is put to `to_person` instead of those asked `before`: all are told, and the to-do moves along."""
	title = _title_of(doc)
	close_todos([row.name], "Cancelled")
	open_missing_todos(row, [to_person], title, doc.owner)
	_write(
		[
			_about(
				row,
				"Handed Over",
				to_person,
				title,
				what=row.why,
				due_date=row.due_date,
				from_user=before[0] if before else doc.owner,
			),
			*(_about(row, "Taken Over", person, title, from_user=to_person) for person in before),
		]
	)


def tell_overridden(row: ClearanceRow, reason: str) -> None:
	"""Whoever a question was put to learns that it was decided in their place, by whom and why."""
	_tell_others(row, "Overridden", people_asked(row), what=reason)


def tell_recorded(row: ClearanceRow, decision: str) -> None:
	"""Whoever a question was put to gets a copy of what was recorded in their name."""
	_tell_others(row, "Recorded", people_asked(row), what=decision)


def tell_question(route: RouteInHand, row: ClearanceRow, question: str) -> None:
	"""A reviewer's question goes to the sponsor and to whoever asked for the approval."""
	_tell_others(row, "Question", _sponsor_and_requester(route, row), what=question)


def tell_answer(row: ClearanceRow, answer: str) -> None:
	"""The answer goes to whoever the clearance is put to; their clock runs again."""
	_tell_others(row, "Answer", people_asked(row), what=answer, due_date=row.due_date)


def tell_conditions_met(row: ClearanceRow, how: str, setters: Iterable[str]) -> None:
	"""Whoever set a condition learns that somebody else said it is met, and can say that it is not."""
	_tell_others(row, "Conditions Met", sorted(setters), what=how)


def tell_conditions_not_met(route: RouteInHand, row: ClearanceRow, why: str) -> None:
	"""Whoever asked for the approval, and the sponsor, learn what is still missing."""
	_tell_others(row, "Conditions Not Met", _sponsor_and_requester(route, row), what=why)


def _tell_others(row: ClearanceRow, kind: str, people: Iterable[str], **said: Any) -> None:
	"""A notice about a clearance for each of `people` but the signed-in person, who did what is told."""
	title = _stored_title(row, routing_of(row.reference_doctype))
	_write(_about(row, kind, person, title, **said) for person in people if person != frappe.session.user)


def _sponsor_and_requester(route: RouteInHand, row: ClearanceRow) -> list[str]:
	sponsor = frappe.db.get_value(
		row.reference_doctype, row.reference_name, route.routing.sponsor_field or "owner"
	)
	return sorted({sponsor, route.row.requested_by} - {None, ""})


def tell_requester(route: RouteInHand, doc: Document, sentence: str, **values: str) -> None:
	"""Tell whoever asked for the approval, and the sponsor; nobody is told what they did themselves.

	`sentence` is marked by `domain.sentences._` and composed at delivery: `values` fill its places, and the
	document's title {title}.
	"""
	sponsor = doc.get(route.routing.sponsor_field) if route.routing.sponsor_field else None
	answerable = {person for person in (route.row.requested_by, sponsor) if person}
	people = sorted(answerable - {frappe.session.user})
	title = _title_of(doc)
	_write(
		Notice(
			"Moved",
			person,
			title,
			doc.doctype,
			doc.name,
			_for_letters(agreement_url(doc.doctype, doc.name)),
			what=kept(sentence, **values),
			from_user=doc.owner,
		)
		for person in people
	)


def tell_delegation(delegation: DelegationDocument) -> None:
	"""Whoever is away learns that somebody else arranged who answers for them; they can end it at once."""
	first, last = str(delegation.from_date), str(delegation.to_date)
	_write(
		[
			Notice(
				"Delegation Arranged",
				delegation.delegator,
				delegation.name,
				delegation.doctype,
				delegation.name,
				get_url("/clearances"),
				seat=delegation.delegate,
				what=f"{first} {last}",
			)
		]
	)


def people_asked(row: ClearanceRow, holding: list[Delegation] | None = None) -> list[str]:
	"""The users a clearance is put to: its holder and who stands in for them today, or everybody with its role.

	`holding` are today's delegations, where they have been read already.
	"""
	if row.put_to:
		return [row.put_to, *delegations.delegates_for(row, holding)]
	return people_with_role(row.role) if row.role else []


def clearance_url(clearance: str) -> str:
	return get_url(f"/clearance/{clearance}")


def agreement_url(doctype: str, name: str) -> str:
	"""The page of a routed document: its own page where it has one, else its form."""
	page = routing_of(doctype).page
	return get_url(page.format(name=name)) if page else frappe.utils.get_url_to_form(doctype, name)


def _for_letters(url: str) -> str:
	"""A public page is asked for from inside, so that whoever is not signed in is first sent to do so."""
	return f"{url}?sign_in=1" if "/agreement/" in url else url


def _about(row: ClearanceRow, kind: str, person: str, title: str, **values: Any) -> Notice:
	"""A notice about a clearance, its link leading to the clearance's page."""
	about = {
		"reference_doctype": row.reference_doctype,
		"reference_name": row.reference_name,
		"url": clearance_url(row.name),
		**values,
	}
	return Notice(kind, person, title, clearance=row.name, seat=row.seat, **about)


def _title_of(doc: Document) -> str:
	return _as_text(routing_of(doc.doctype).title_of(doc))


def _stored_title(row: ClearanceRow, routing: RoutedDoctype) -> str:
	title = frappe.db.get_value(row.reference_doctype, row.reference_name, routing.title_field)
	return _as_text(title or row.reference_name)


def _as_text(title: str) -> str:
	"""A title as its author wrote it: what Frappe cleans on saving is stored with HTML's entities."""
	return unescape(title)


def _shown_as_text(value: object) -> object:
	return neutral(value) if isinstance(value, str) else value


def _write(notices: Iterable[Notice]) -> None:
	"""One statement for all of them, and word to the delivery; see `in_one_statement`."""
	now, user = now_datetime(), frappe.session.user
	# Whoever mutes letters, as the sample city's loader does, wants nobody written to about it later either.
	status = NoticeStatus.SWITCHED_OFF if frappe.flags.mute_emails else NoticeStatus.WAITING
	values = [
		{
			"name": frappe.generate_hash(length=16),
			"owner": notice.from_user or user,
			"modified_by": notice.from_user or user,
			"creation": now,
			"modified": now,
			"status": status,
			**{field: _shown_as_text(value) for field, value in vars(notice).items()},
			"from_user": notice.from_user or user,
			"matter": neutral(notice.matter)[:LONGEST_TITLE],
		}
		for notice in notices
	]
	_store(values)


@contextmanager
def in_one_statement() -> Iterator[None]:
	"""The notices of the block are written together at its end, or at that of the block around it; none of them
	if it is left by an error."""
	mine: list[NoticeValues] = []
	token = _together.set(mine)
	try:
		yield
	finally:
		_together.reset(token)
	_store(mine)


def _store(values: list[NoticeValues]) -> None:
	together = _together.get()
	if together is not None:
		together.extend(values)
		return
	if not values:
		return
	frappe.db.bulk_insert(
		"Approval Notice", list(FIELDS), [[row.get(field) for field in FIELDS] for row in values]
	)
	if any(row["status"] == NoticeStatus.WAITING for row in values):
		deliver_soon()
