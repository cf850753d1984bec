"""What every page starts from: who is looking, the frame around the page, and dates as people read them."""

from datetime import date
from urllib.parse import quote, urlencode

import frappe
import frappe.sessions
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import format_datetime, formatdate, get_datetime, getdate

from city_diplomacy import __version__
from city_diplomacy.access.rights import ROLES
from city_diplomacy.diaspora_relations.public_directory import directory_is_open
from city_diplomacy.diplomatic_protocol.gifts.public_log import log_is_open
from city_diplomacy.domain.calendar.partial_dates import Precision
from city_diplomacy.partnerships.public_pages.public_register import register_is_open
from city_diplomacy.registers.languages import direction_of

# Of one address, whoever is behind it; people inside are signed in.
GUEST_PAGES_PER_MINUTE = 60
DATE_FORMATS = {Precision.DAY: "d MMMM y", Precision.MONTH: "MMMM y", Precision.YEAR: "y"}


def begin(context, title: str, here: str = "") -> dict:
	"""Puts the frame's facts into `context.page` and answers it; `here` marks the place in the navigation.

	A guest's pages are counted. Raises RateLimitExceededError for more than GUEST_PAGES_PER_MINUTE.
	"""
	if frappe.session.user == "Guest":
		count_guest_page()
	return frame(context, title, here)


def frame(context, title: str, here: str = "") -> dict:
	"""As `begin`, without counting.

	Nothing of ours is kept in Frappe's page cache, whose key knows neither the person nor the filters.
	"""
	context.no_cache = 1
	context.title = title
	user = frappe.session.user
	signed_in = user != "Guest"
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	language = (frappe.local.lang or "en").replace("_", "-")
	context.page = {
		"title": title,
		"here": here,
		"exists": True,
		"alone": False,
		"lang": language,
		"dir": direction_of(language),
		"version": __version__,
		"city": settings.city_name or _("International partnerships"),
		"contact": settings.public_contact,
		"signed_in": signed_in,
		"person": frappe.db.get_value("User", user, "full_name") or user if signed_in else "",
		"csrf_token": frappe.sessions.get_csrf_token() if signed_in else "",
		"register": may_see_register(),
		"directory": may_see_directory(),
		"gift_log": may_see_gift_log(),
		"enters_gifts": signed_in and bool(frappe.has_permission("Official Gift", "create")),
	}
	return context.page


@rate_limit(limit=lambda: GUEST_PAGES_PER_MINUTE, seconds=60)
def count_guest_page() -> None:
	"""Raises RateLimitExceededError when an address asks for more pages, each of which searches the register."""


def require_sign_in(path: str) -> None:
	"""Sends a guest to sign in and back to `path`."""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login?redirect-to=" + quote(path, safe="/")
		raise frappe.Redirect(302)


def answer_not_found(context) -> None:
	"""The one answer for what does not exist and for what this person may not know of."""
	page = begin(context, _("Page not found"))
	page["exists"] = False
	context.http_status_code = 404


def is_staff() -> bool:
	"""Whether the person signed in holds one of the app's roles."""
	return not ROLES.keys().isdisjoint(frappe.get_roles())


def may_see_register() -> bool:
	"""Everybody while the public register is on; otherwise the office and those it asks."""
	return register_is_open() or is_staff()


def may_see_directory() -> bool:
	"""Everybody while the public directory is on; otherwise the office and those it asks."""
	return directory_is_open() or is_staff()


def may_see_gift_log() -> bool:
	"""Everybody while the public log of gifts is on; otherwise the office and those it asks."""
	return log_is_open() or is_staff()


def asked(name: str) -> str:
	"""A text from the address, trimmed and of a sane length; empty if it was not sent or is no text."""
	value = frappe.form_dict.get(name)
	return value.strip()[:140] if isinstance(value, str) else ""


def asked_page() -> int:
	"""The page number in the address, 1 if it is missing or no number."""
	value = asked("page")
	return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def address_with(path: str, wanted: dict[str, str], page: int = 1) -> str:
	"""`path` with the filters that are set and the page number, fit for a link."""
	query = {key: value for key, value in wanted.items() if value}
	if page > 1:
		query["page"] = str(page)
	return f"{path}?{urlencode(query)}" if query else path


def beside(path: str, wanted: dict[str, str], page: int) -> dict[str, str]:
	"""The addresses of the pages before and after one, for the pager: {"previous", "next"}."""
	return {"previous": address_with(path, wanted, page - 1), "next": address_with(path, wanted, page + 1)}


def day(value, precision: str | None = Precision.DAY) -> dict | None:
	"""A date for `<time>`: {"iso", "text"}, said only as exactly as it is known; None for no date."""
	if not value:
		return None
	exact: date = getdate(value)
	length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision or Precision.DAY, 10)
	return {
		"iso": exact.isoformat()[:length],
		"text": formatdate(exact, DATE_FORMATS.get(precision or Precision.DAY, DATE_FORMATS[Precision.DAY])),
	}


def moment(value) -> dict | None:
	"""A point in time for `<time>`: {"iso", "text"}; None for none."""
	if not value:
		return None
	exact = get_datetime(value)
	return {
		"iso": exact.isoformat(timespec="minutes"),
		"text": format_datetime(exact, "d MMMM y, HH:mm"),
	}


def safe_link(address: str | None) -> str:
	"""An address fit for a link, empty if it is neither a web page nor a file of this site."""
	address = (address or "").strip()
	if address.startswith(("/files/", "/private/files/")):
		return quote(address, safe="/%")
	return address if address.lower().startswith(("https://", "http://")) else ""
