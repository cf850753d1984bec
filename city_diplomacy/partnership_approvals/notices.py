"""Telling people: a to-do and a notification for each person asked, word to the sponsor when something moves.

Notifications are Frappe's own Notification Log, so each person's notification settings hold, a missing
mail account stops nothing, and the link leads to our page, which needs a sign-in and never acts by itself.
"""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, formatdate, get_fullname, get_url, now_datetime

from city_diplomacy.partnership_approvals import delegations
from city_diplomacy.partnership_approvals.people import full_names
from city_diplomacy.partnership_approvals.routed_doctypes import routing_of

TODO_FIELDS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"status",
	"priority",
	"allocated_to",
	"assigned_by",
	"date",
	"reference_type",
	"reference_name",
	"description",
)


def ask(rows: list[Any], doc: Any) -> None:
	"""One to-do and one notification per person asked and matter, however many seats he holds in it."""
	title = routing_of(doc.doctype).title_of(doc)
	asked = [(row, people_asked(row)) for row in rows]
	_open_todos(asked, title)
	told: set[str] = set()
	for row, people in asked:
		for person in people:
			if person not in told:
				told.add(person)
				_notify(
					person,
					_("Your clearance is asked: {0}").format(title),
					row.why or _("Please read it and decide."),
					clearance_url(row.name),
					row,
					due=row.due_date,
				)


def people_asked(row: Any) -> list[str]:
	"""The users a clearance is put to: its holder and who stands in for him today, or everybody with its role."""
	# Imported here: clearances puts questions through this module.
	from city_diplomacy.partnership_approvals.clearances import people_with_role

	if row.put_to:
		return [row.put_to, *delegations.delegates_for(row)]
	return people_with_role(row.role) if row.role else []


def close_todos(clearances: Iterable[str], status: str) -> None:
	"""Close (or cancel) the to-dos of clearances that ask nothing any more."""
	names = list(clearances)
	if not names:
		return
	todo = frappe.qb.DocType("ToDo")
	(
		frappe.qb.update(todo)
		.set(todo.status, status)
		.set(todo.modified, now_datetime())
		.where(
			(todo.reference_type == "Approval Clearance")
			& todo.reference_name.isin(names)
			& (todo.status == "Open")
		)
		.run()
	)


def tell_requester(route: Any, doc: Any, sentence: str) -> None:
	"""Tell whoever asked for the approval, and the sponsor; nobody is told what he did himself."""
	subject = sentence.format(route.routing.title_of(doc))
	sponsor = doc.get(route.routing.sponsor_field) if route.routing.sponsor_field else None
	for person in sorted({route.row.requested_by, sponsor} - {None, "", frappe.session.user}):
		_notify(
			person,
			subject,
			_("See who decided what, and why."),
			agreement_url(doc.doctype, doc.name),
			route.row,
		)


def tell_question(route: Any, row: Any, question: str) -> None:
	"""A reviewer's question goes to the sponsor and to whoever asked for the approval."""
	sponsor = frappe.db.get_value(
		row.reference_doctype, row.reference_name, route.routing.sponsor_field or "owner"
	)
	for person in sorted({sponsor, route.row.requested_by} - {None, "", frappe.session.user}):
		_notify(
			person,
			_("{0} has a question about {1}").format(row.seat, row.reference_name),
			question,
			clearance_url(row.name),
			row,
		)


def tell_answer(route: Any, row: Any, answer: str) -> None:
	for person in people_asked(row):
		if person != frappe.session.user:
			_notify(
				person,
				_("Your question about {0} was answered").format(row.reference_name),
				answer,
				clearance_url(row.name),
				row,
				due=row.due_date,
			)


def tell_recorded(row: Any, decision: str) -> None:
	"""Whoever a question was put to gets a copy of what was recorded in his name."""
	for person in people_asked(row):
		if person != frappe.session.user:
			_notify(
				person,
				_("Recorded in your name: {0}").format(_(decision)),
				_(
					"{0} entered a decision of yours that came by letter or e-mail. If it is not yours, say so at once."
				).format(get_fullname(frappe.session.user)),
				clearance_url(row.name),
				row,
			)


def tell_overridden(row: Any, reason: str) -> None:
	"""Whoever was asked learns that it was decided in his place, and why."""
	for person in people_asked(row):
		if person != frappe.session.user:
			_notify(
				person,
				_("Decided in your place: {0}").format(row.reference_name),
				reason,
				clearance_url(row.name),
				row,
			)


def tell_text_changed(rows: list[Any], doc: Any, labels: str) -> None:
	"""People whose open question is about a text that changed under them."""
	for row in rows:
		for person in people_asked(row):
			_notify(
				person,
				_("The text changed: {0}").format(routing_of(doc.doctype).title_of(doc)),
				_("Changed: {0}. Please read it again before you decide.").format(labels),
				clearance_url(row.name),
				row,
				due=row.due_date,
			)


def tell_forwarded(row: Any, doc: Any, by: str, words: str) -> None:
	"""The colleague a question was passed on to."""
	_notify(
		row.put_to,
		_("{0} passed a question on to you").format(get_fullname(by)),
		words,
		clearance_url(row.name),
		row,
		due=row.due_date,
	)


def tell_handed_over(row: Any, doc: Any, from_person: str | None, to_person: str) -> None:
	"""A late question has gone to somebody else: both learn of it."""
	title = routing_of(doc.doctype).title_of(doc)
	_notify(
		to_person,
		_("A late question has come to you: {0}").format(title),
		_("{0} did not answer in time.").format(row.seat),
		clearance_url(row.name),
		row,
		due=row.due_date,
	)
	if from_person and "@" in from_person:
		_notify(
			from_person,
			_("Your question went to somebody else: {0}").format(title),
			_("It was late, so {0} was asked.").format(full_names([to_person])[to_person]),
			clearance_url(row.name),
			row,
		)


def remind(rows: list[Any], doc: Any) -> None:
	"""People whose answer is due or late."""
	for row in rows:
		for person in people_asked(row):
			_notify(
				person,
				_("A reminder: {0}").format(routing_of(doc.doctype).title_of(doc)),
				row.why or _("Please read it and decide."),
				clearance_url(row.name),
				row,
				due=row.due_date,
			)


def tell_late(row: Any, doc: Any, people: list[str], days_late: int) -> None:
	"""Others who should know that an answer is late."""
	for person in people:
		_notify(
			person,
			_("{0} is late: {1}").format(row.seat, routing_of(doc.doctype).title_of(doc)),
			_("The answer was due on {0}, {1} working days ago.").format(formatdate(row.due_date), days_late),
			agreement_url(doc.doctype, doc.name),
			row,
		)


def open_todos(row: Any, doc: Any) -> None:
	"""To-dos for the people a clearance stands with now."""
	_open_todos([(row, people_asked(row))], routing_of(doc.doctype).title_of(doc))


def clearance_url(clearance: str) -> str:
	return get_url(f"/clearance/{clearance}")


def agreement_url(doctype: str, name: str) -> str:
	"""The page of a routed document: its own page where it has one, else its form."""
	page = routing_of(doctype).page
	return get_url(page.format(name=name)) if page else frappe.utils.get_url_to_form(doctype, name)


def _notify(person: str, subject: str, words: str, url: str, about: Any, due: Any = None) -> None:
	content = escape_html(words)
	if due:
		content += "<br>" + escape_html(_("Please decide by {0}.").format(formatdate(due)))
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"for_user": person,
			"from_user": frappe.session.user,
			"subject": escape_html(subject),
			"email_content": content,
			"document_type": about.reference_doctype,
			"document_name": about.reference_name,
			"link": url,
		}
		# Nobody has the right to write another person's notifications; the engine does it for him.
	).insert(ignore_permissions=True)


def _open_todos(asked: list[tuple[Any, list[str]]], title: str) -> None:
	now, user = now_datetime(), frappe.session.user
	values = [
		(
			frappe.generate_hash(length=16),
			user,
			now,
			now,
			user,
			"Open",
			"Medium",
			person,
			user,
			row.due_date,
			"Approval Clearance",
			row.name,
			escape_html(_("{0}: decide on {1}").format(row.seat, title)),
		)
		for row, people in asked
		for person in people
	]
	if values:
		frappe.db.bulk_insert("ToDo", list(TODO_FIELDS), values)
