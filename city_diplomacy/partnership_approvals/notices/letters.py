"""What a message says: what is asked, by when, what changed since the person last saw it, and one link.

Frappe takes a notification's subject as HTML in the bell and as plain text on the letter. So it holds no
tags and no entities: angle brackets, the only characters that could make a tag, become angle quotes.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from frappe import _
from frappe.utils import cint, escape_html, formatdate, get_fullname, get_url

from city_diplomacy.partnership_approvals.routing.changes import changed_since_seen
from city_diplomacy.partnership_approvals.shapes import NoticeRow
from city_diplomacy.registers.sentences import in_words

# The most urgent first: what asks for a decision, then what asks for words, then what is only told.
URGENCY = (
	"Late",
	"Text Changed",
	"Forwarded",
	"Handed Over",
	"Delegated",
	"Asked",
	"Reminder",
	"Question",
	"Answer",
	"Recorded",
	"Overridden",
	"Delegation Arranged",
	"Conditions Met",
	"Conditions Not Met",
	"Taken Over",
	"Moved",
)
NO_DATE = "9999-12-31"


def compose(user: str, notices: list[NoticeRow]) -> dict[str, Any]:
	"""The Notification Log that says all of `notices` to `user` in one message, most urgent first."""
	listed = sorted(notices, key=_urgency)
	first = listed[0]
	matters = list(dict.fromkeys((n.reference_doctype, n.reference_name) for n in listed))
	one_matter = len(matters) == 1
	items = "".join(_item(notice, user) for notice in _without_repeats(listed))
	return {
		# An assignment: that is the kind of letter a person may switch off in their Notification Settings.
		"type": "Assignment",
		"for_user": user,
		"from_user": first.from_user,
		"subject": _plain(_subject(listed, len(matters))),
		"email_content": f"<div>{items}</div>",
		"document_type": first.reference_doctype,
		"document_name": first.reference_name if one_matter else _("{0} matters").format(len(matters)),
		"link": _link(listed, one_matter),
	}


def _urgency(notice: NoticeRow) -> tuple[str, int, datetime]:
	return str(notice.due_date or NO_DATE), URGENCY.index(notice.kind), notice.creation


def _without_repeats(notices: Iterable[NoticeRow]) -> list[NoticeRow]:
	"""A reminder of what the same message asks anyway is left out."""
	asked = {notice.clearance for notice in notices if notice.kind != "Reminder"}
	return [notice for notice in notices if notice.kind != "Reminder" or notice.clearance not in asked]


def _subject(notices: list[NoticeRow], matters: int) -> str:
	first = notices[0]
	if len(notices) == 1:
		return HEADLINES[first.kind](first)
	if matters == 1:
		return _("{0}: {1} messages").format(first.matter, len(notices))
	if all(notice.kind == "Reminder" for notice in notices):
		return _("{0} matters wait for your decision").format(matters)
	return _("News of {0} matters").format(matters)


def _link(notices: list[NoticeRow], one_matter: bool) -> str:
	"""The one page that leads on: what the notices are about, or the list of what is asked."""
	if len({notice.url for notice in notices}) == 1:
		return notices[0].url
	told = next((notice.url for notice in notices if not notice.clearance), None)
	return told if one_matter and told else get_url("/clearances")


def _item(notice: NoticeRow, user: str) -> str:
	lines = [
		f"<b>{escape_html(HEADLINES[notice.kind](notice))}</b>",
		escape_html(BODIES[notice.kind](notice)),
	]
	if notice.kind != "Late" and notice.due_date:
		lines.append(escape_html(_("Please decide by {0}.").format(formatdate(notice.due_date))))
	changed = changed_fields(notice) if notice.kind == "Text Changed" else _changed_since_seen(notice, user)
	if changed:
		lines.append(escape_html(_("Changed since you last saw it: {0}.").format(", ".join(changed))))
	return f"<p>{'<br>'.join(line.replace(chr(10), '<br>') for line in lines if line)}</p>"


def how_it_moved(notice: NoticeRow) -> str:
	"""The sentence of a notice that tells of a move, in the language of `frappe.local.lang`."""
	return in_words(notice.what, title=notice.matter)


def changed_fields(notice: NoticeRow) -> list[str]:
	"""What a notice says has changed, in the language of `frappe.local.lang`."""
	return [_(label) for label in (notice.changed or "").split("\n") if label]


def _changed_since_seen(notice: NoticeRow, user: str) -> list[str]:
	if notice.kind not in ("Asked", "Reminder", "Answer", "Handed Over"):
		return []
	return changed_since_seen(notice, user)


def _plain(text: str) -> str:
	"""One line that is the same as HTML and as text."""
	return " ".join(text.replace("<", "‹").replace(">", "›").split())


def _late(notice: NoticeRow) -> str:
	days = cint(notice.what)
	if days == 1:
		return _("{0} was to decide by {1}; that is 1 working day ago.").format(
			notice.seat, formatdate(notice.due_date)
		)
	return _("{0} was to decide by {1}; that is {2} working days ago.").format(
		notice.seat, formatdate(notice.due_date), days
	)


def _days_of(notice: NoticeRow) -> str:
	first, last = str(notice.what).split()
	return _("From {0} to {1}. If you do not want that, end it at once on the page behind this link.").format(
		formatdate(first), formatdate(last)
	)


HEADLINES: dict[str, Callable[[NoticeRow], str]] = {
	"Asked": lambda n: _("Your clearance is asked: {0}").format(n.matter),
	"Text Changed": lambda n: _("The text you are asked about changed: {0}").format(n.matter),
	"Forwarded": lambda n: _("{0} passes a clearance on to you: {1}").format(
		get_fullname(n.from_user), n.matter
	),
	"Handed Over": lambda n: _("Your clearance is asked in place of {0}: {1}").format(
		get_fullname(n.from_user), n.matter
	),
	"Taken Over": lambda n: _("{0} is asked in your place: {1}").format(get_fullname(n.from_user), n.matter),
	"Delegated": lambda n: _("You act for {0}: {1}").format(get_fullname(n.from_user), n.matter),
	"Reminder": lambda n: _("Waiting for your decision: {0}").format(n.matter),
	"Late": lambda n: _("Overdue: {0} on {1}").format(n.seat, n.matter),
	"Question": lambda n: _("{0} has a question about {1}").format(n.seat, n.matter),
	"Answer": lambda n: _("Your question about {0} was answered").format(n.matter),
	"Recorded": lambda n: _("Recorded in your name: {0}").format(_(n.what or "")),
	"Overridden": lambda n: _("Decided in your place by {0}: {1}").format(
		get_fullname(n.from_user), n.matter
	),
	"Delegation Arranged": lambda n: _("{0} arranged that {1} answers for you").format(
		get_fullname(n.from_user), get_fullname(n.seat)
	),
	"Conditions Met": lambda n: _("{0} says your conditions are met: {1}").format(
		get_fullname(n.from_user), n.matter
	),
	"Conditions Not Met": lambda n: _("{0} says the conditions are not met: {1}").format(
		get_fullname(n.from_user), n.matter
	),
	"Moved": how_it_moved,
}

BODIES: dict[str, Callable[[NoticeRow], str]] = {
	"Asked": lambda n: n.what or _("Please read it and decide."),
	"Text Changed": lambda n: _("Please read it again before you decide."),
	"Forwarded": lambda n: n.what or _("Please read it and decide."),
	"Handed Over": lambda n: n.what or _("Please read it and decide."),
	"Taken Over": lambda n: _("Nothing is asked of you here any more."),
	"Delegated": lambda n: _("{0} is away. Please read it and decide.").format(get_fullname(n.from_user)),
	"Reminder": lambda n: n.what or _("Please read it and decide."),
	"Late": _late,
	"Question": lambda n: n.what or "",
	"Answer": lambda n: n.what or "",
	"Recorded": lambda n: _(
		"{0} entered a decision of yours about {1} that came by letter or e-mail. If it is not yours, say so at once."
	).format(get_fullname(n.from_user), n.matter),
	"Overridden": lambda n: n.what or "",
	"Delegation Arranged": _days_of,
	"Conditions Met": lambda n: _("{0}\nIf that is not so, say it on this page before it is signed.").format(
		n.what
	),
	"Conditions Not Met": lambda n: n.what or "",
	"Moved": lambda n: _("See who decided what, and why."),
}
