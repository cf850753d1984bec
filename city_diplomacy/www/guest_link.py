"""The page a link opens: one form, and nothing else of the site. Opening it changes nothing but a count.

Frappe renders a page for GET and POST alike. An answer is taken by POST alone, because programs that check mail
open every link in it. There is no session behind it, so its authority is the token in the address, which no other
site can make a browser send; whoever is signed in sends their CSRF token as everywhere.
"""

from typing import Any

import frappe
import frappe.sessions
from frappe import _
from frappe.rate_limiter import rate_limit

from city_diplomacy.domain.guest_links.answers import is_unstorable
from city_diplomacy.domain.guest_links.links import HTTP_STATUS, Refusal
from city_diplomacy.guest_links import answers, links
from city_diplomacy.guest_links.exceptions import AnswerError, LinkRefusedError
from city_diplomacy.guest_links.letters import PATH
from city_diplomacy.guest_links.purposes import Purpose
from city_diplomacy.templates import page as pages

# Of one address. Nobody guesses a secret of 256 bits; it is to spare the server.
WRONG_LINKS_PER_HOUR = 20
# Frappe counts by the command of a request, and a page has none.
WRONG_LINK = "guest_link.wrong"
LONGEST_TOKEN = 140


def get_context(context) -> None:
	token = _token()
	try:
		pages.count_guest_page()
		_answer(context, token) if frappe.local.request.method == "POST" else _show(context, token)
	except frappe.RateLimitExceededError:
		_refuse(context, Refusal.HAMMERED)
	except LinkRefusedError as error:
		_refuse(context, _counted(error.refusal), error.language)


def _token() -> str:
	"""What stands in the address after PATH; the page under its own name, or an argument, opens nothing."""
	path = frappe.local.request.path
	return path.removeprefix(PATH)[:LONGEST_TOKEN] if path.startswith(PATH) else ""


def _show(context, token: str) -> None:
	link, purpose, doc = links.open_link(token)
	_form(context, token, link, purpose, doc)
	if frappe.local.request.method == "GET":
		links.count_opening(link.name)
		# Frappe rolls a GET back otherwise.
		frappe.local.flags.commit = True


def _answer(context, token: str) -> None:
	sent = dict(frappe.form_dict)
	try:
		link, purpose = answers.take(token, sent)
	except AnswerError as error:
		_form_again(context, token, sent, error)
	except answers.NotRecordedError as error:
		frappe.local.lang = error.language
		page = _page(context, _("Your answer could not be recorded"))
		page.update(
			{"view": "refused", "words": _("The fault is ours. Please write to us what you wanted to say.")}
		)
		context.http_status_code = 409
	else:
		frappe.local.lang = link.written_in
		page = _page(context, _("Thank you"))
		page.update({"view": "thanks", "words": purpose.thanks()})


def _form_again(context, token: str, sent: dict[str, Any], error: AnswerError) -> None:
	"""The form with what to mend and what was typed."""
	link, purpose, doc = links.open_link(token)
	page = _form(context, token, link, purpose, doc)
	page.update({"faults": error.sentences, "wrong": error.names})
	if not error.is_stale:
		texts = {name: value for name, value in answers.said(sent).items() if isinstance(value, str)}
		page["typed"] = {name: value for name, value in texts.items() if not is_unstorable(value)}
	context.http_status_code = 400


def _form(context, token: str, link: Any, purpose: Purpose, doc: Any) -> dict[str, Any]:
	frappe.local.lang = link.written_in
	fields, facts = list(purpose.fields(doc)), list(purpose.facts(doc))
	page = _page(context, purpose.heading(doc))
	page.update(
		{
			"view": "form",
			"token": token,
			"purpose": purpose.key,
			"shown": answers.shown_of(fields, facts),
			"person": link.person,
			"asks": purpose.asks(doc),
			"facts": facts,
			"fields": fields,
			"button": purpose.button(),
			"typed": {field.name: field.held for field in fields},
			"faults": [],
			"wrong": [],
			"until": pages.moment(link.expires_on),
			"csrf_token": _csrf_token(),
		}
	)
	return page


def _csrf_token() -> str:
	"""What Frappe compares a POST with: of whoever is signed in, and of guests where the site gave them one."""
	if frappe.session.user != "Guest":
		return frappe.sessions.get_csrf_token()
	return frappe.session.data.csrf_token or ""


def _page(context, title: str) -> dict[str, Any]:
	"""The frame, in the language of `frappe.local.lang`, without any way to another page."""
	page = pages.frame(context, title)
	page["alone"] = True
	return page


def _counted(refusal: Refusal) -> Refusal:
	"""A wrong link is counted; beyond WRONG_LINKS_PER_HOUR the answer is to wait. Links that were real are not counted."""
	if refusal is not Refusal.UNKNOWN:
		return refusal
	frappe.form_dict["cmd"] = WRONG_LINK
	try:
		_count_wrong_link()
	except frappe.RateLimitExceededError:
		return Refusal.HAMMERED
	finally:
		frappe.form_dict.pop("cmd")
	return refusal


@rate_limit(limit=lambda: WRONG_LINKS_PER_HOUR, seconds=60 * 60)
def _count_wrong_link() -> None:
	"""Raises RateLimitExceededError for one wrong link too many from an address."""


def _refuse(context, refusal: Refusal, language: str = "") -> None:
	frappe.clear_messages()
	frappe.local.lang = language or frappe.local.lang
	title, words = _sentences()[refusal]
	page = _page(context, title)
	page.update({"view": "refused", "words": words})
	context.http_status_code = HTTP_STATUS[refusal]


def _sentences() -> dict[Refusal, tuple[str, str]]:
	"""By refusal, the heading and what to do."""
	return {
		Refusal.UNKNOWN: (
			_("This link does not open anything"),
			_(
				"Please open it from the letter again, or copy the whole address. If it still fails, ask us for a new one."
			),
		),
		Refusal.ANSWERED: (
			_("You have already answered. Thank you."),
			_("A link is answered once. If something is still wrong, write to us."),
		),
		Refusal.EXPIRED: (
			_("This link is past its date"),
			_(
				"We may already have sent you another; please look for our latest letter, or ask us for a new one."
			),
		),
		Refusal.REVOKED: (
			_("This link was taken back"),
			_("Nothing is asked of you any more. If that surprises you, write to us."),
		),
		Refusal.REPLACED: (
			_("There is a newer link"),
			_("We sent you another letter about the same; please use the link in our latest one."),
		),
		Refusal.SOMEBODY_ELSE: (
			_("This link is for somebody else"),
			_(
				"You are signed in with an account it was not sent to. Only the person it was sent to can answer."
			),
		),
		Refusal.RECORD_GONE: (
			_("What this link was about is no longer there"),
			_("Nothing is asked of you any more. If that surprises you, write to us."),
		),
		Refusal.HAMMERED: (
			_("Please wait a little"),
			_("Too many pages were asked for from your address. Try again in an hour at the latest."),
		),
	}
