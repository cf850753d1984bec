"""The letter a link comes in: to one person, in their language, through Frappe's queue."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, format_datetime, get_datetime, get_url
from frappe.utils.jinja import get_jenv

from city_diplomacy.domain.words import neutral
from city_diplomacy.guest_links.purposes import Purpose
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.languages import in_language, site_language

LONGEST_PERSON = 140
PATH = "/link/"
LETTER = "templates/city_diplomacy/guest_link_letter.html"


def checked_person(person: Any) -> str:
	"""The name of whom a letter is addressed to. Raises RegisterError without one."""
	person = " ".join(neutral(cstr(person)).split())
	if not person or len(person) > LONGEST_PERSON:
		frappe.throw(_("Name the person it is sent to, in up to 140 characters."), RegisterError)
	return person


def language_for(wanted: str | None) -> str:
	"""The language somebody is written to in: the one wanted if our forms are said in it, else the site's.

	A page that is headed in one language and asks in another helps nobody, so what nobody translated is not chosen.
	"""
	if wanted and frappe.db.exists("Language", wanted) and is_spoken(wanted):
		return wanted
	return site_language()


def is_spoken(language: str) -> bool:
	"""Whether the app's forms for people outside are translated to a language."""
	heading = _("You have already answered. Thank you.", "en")
	return language.split("-")[0] == "en" or _(heading, language) != heading


def send(purpose: Purpose, doc: Any, link: Any, token: str) -> str | None:
	"""Queue the letter; returns its name in Email Queue, None where Frappe sends nothing to the address.

	An address is sent nothing that unsubscribed from all mails of the site.
	"""
	with in_language(link.written_in):
		subject = purpose.heading(doc)
		message = get_jenv().get_template(LETTER).render(_words_of(purpose, doc, link, token))
		queued = frappe.sendmail(recipients=[link.email], subject=subject, message=message)
	return queued.name if queued else None


def _words_of(purpose: Purpose, doc: Any, link: Any, token: str) -> dict[str, Any]:
	stored = frappe.get_cached_doc("City Diplomacy Settings")
	return {
		"person": link.person,
		"heading": purpose.heading(doc),
		"asks": purpose.asks(doc),
		"address": get_url(f"{PATH}{token}"),
		"until": format_datetime(get_datetime(link.expires_on), "d MMMM y, HH:mm"),
		"sender": frappe.utils.get_fullname(link.issued_by),
		"city": stored.city_name or "",
		"contact": stored.public_contact or "",
	}
