"""What links are for. Each function declares its own; the mechanism knows none of them by name.

A purpose is one `Purpose` in the function's room, its path in `links` of the DocType's row in
`registers/declared.py` (another app: in its hook `guest_link_purposes`), and its roles in `GUEST_LINKS` of
`access/rights.py`. See "A new purpose for guest links" in CONTRIBUTING.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.rights import GUEST_LINKS
from city_diplomacy.domain.guest_links.answers import Field
from city_diplomacy.guest_links.exceptions import GuestLinkError


@dataclass(frozen=True)
class Addressee:
	"""Whom a link is sent to. `language` is a tag such as "ja"; empty leaves it to the site."""

	person: str = ""
	email: str = ""
	language: str = ""


@dataclass(frozen=True)
class Answer:
	"""What somebody outside answered.

	Attributes:
		link: the name of the Guest Link
		person: whom it was sent to
		values: by name of the field, as text; of a box "1" or ""
		changed: names of the fields whose answer differs from what the record holds
	"""

	link: str
	person: str
	values: Mapping[str, str]
	changed: Sequence[str]


@dataclass(frozen=True)
class Outcome:
	"""What an answer came to. `proposed` are the fields a person of the office has to decide on; of all others the
	answer is kept as it is."""

	proposed: Sequence[str] = ()


@dataclass(frozen=True)
class Purpose:
	"""One reason to send a link, about records of one DocType.

	Every function is called with the record as it is stored; words it answers are translated, in the reader's language.

	Attributes:
		key: what it is called in English, such as "Verify our entry"; links keep it and roles are given by it
		doctype: whose records it is about
		heading: what the letter and the page are headed with
		asks: what is asked and why, one or two sentences
		fields: what the form asks
		take: writes to the record what the answer means and saves it; runs as the guest, with the link and the record
			locked, and may refuse with a ValidationError, which leaves nothing written
		facts: (label, value) of what is shown above the form
		addressee: whom to propose as the one to write to
		decide: writes to the unsaved record that its last proposal was decided; it is saved after that
		objection: why nobody is asked about the record as it stands, for the office; empty where somebody may be. While
			there is one, no link is sent and none that was sent opens
		issued: notes on the record that somebody was asked about it
		button: what the form's button says
		thanks: what follows, for the page after the answer
	"""

	key: str
	doctype: str
	heading: Callable[[Any], str]
	asks: Callable[[Any], str]
	fields: Callable[[Any], Sequence[Field]]
	take: Callable[[Any, Answer], Outcome]
	facts: Callable[[Any], Sequence[tuple[str, str]]] = lambda doc: ()
	addressee: Callable[[Any], Addressee] = lambda doc: Addressee()
	decide: Callable[[Any, str], None] = lambda doc, link: None
	objection: Callable[[Any], str] = lambda doc: ""
	issued: Callable[[Any], None] = lambda doc: None
	button: Callable[[], str] = lambda: _("Send")
	thanks: Callable[[], str] = lambda: _("Your answer has reached us. Nothing more is asked of you.")

	@property
	def roles(self) -> tuple[str, ...]:
		"""Who sends such links, sends them again and ends them, on records they may write."""
		return GUEST_LINKS.get(self.key, {}).get(self.doctype, ())


def declared() -> dict[tuple[str, str], Purpose]:
	"""Every purpose of the installed apps, by key and DocType."""
	found = (frappe.get_attr(path) for path in frappe.get_hooks("guest_link_purposes") or ())
	return {(one.key, one.doctype): one for one in found}


def purpose_of(key: str, doctype: str) -> Purpose:
	"""Raises GuestLinkError where nobody declares such a purpose, or not for this DocType."""
	found = declared().get((key, doctype))
	if found is None:
		frappe.throw(
			_("Links about {0} are not sent for this purpose.").format(_(doctype)),
			GuestLinkError,
		)
	return found


def purposes_about(doctype: str) -> list[Purpose]:
	"""The purposes for records of a DocType, as they were declared."""
	return [one for one in declared().values() if one.doctype == doctype]


def linked_doctypes() -> list[str]:
	"""The DocTypes that links can be about, sorted."""
	return sorted({doctype for _key, doctype in declared()})
