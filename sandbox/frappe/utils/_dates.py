"""Dates and times of `frappe.utils`. Times are the site's, without a zone, as Frappe stores them."""

import datetime

import babel.dates
import frappe
from dateutil import parser, tz
from dateutil.relativedelta import relativedelta

from sandbox.strict import own_names

_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


def now_datetime() -> datetime.datetime:
	zone = tz.gettz(frappe.get_system_settings("time_zone") or "UTC")
	return datetime.datetime.now(zone).replace(tzinfo=None)


def now() -> str:
	return now_datetime().strftime(_FORMAT)


def nowdate() -> str:
	return now()[:10]


today = nowdate


def getdate(value=None) -> datetime.date | None:
	"""The date in a string, datetime or date; today for None; refuses what is no date."""
	if not value or isinstance(value, datetime.datetime):
		return (value or now_datetime()).date()
	if isinstance(value, datetime.date):
		return value
	if str(value).startswith("0001-01-01"):
		return None
	try:
		return datetime.date.fromisoformat(value) if len(value) == 10 else parser.parse(value).date()
	except (ValueError, OverflowError):
		return frappe.throw(frappe._("{0} is not a valid date.").format(frappe.bold(value)))


def get_datetime(value=None) -> datetime.datetime | None:
	if value is None or isinstance(value, datetime.datetime):
		return value or now_datetime()
	if isinstance(value, datetime.date):
		return datetime.datetime.combine(value, datetime.time())
	if not value or str(value).startswith("0001-01-01"):
		return None
	try:
		return datetime.datetime.fromisoformat(value)
	except ValueError:
		return parser.parse(value)


def add_to_date(date, years=0, months=0, days=0, hours=0):
	"""Text in, text out; None is now."""
	keep_time, as_string = bool(hours) or (isinstance(date, str) and " " in date), isinstance(date, str)
	date = get_datetime(date) if date is None or as_string else date
	date += relativedelta(years=years, months=months, days=days, hours=hours)
	return date.strftime(_FORMAT if keep_time else _FORMAT[:8]) if as_string else date


def add_days(date, days):
	return add_to_date(date, days=days)


def add_months(date, months):
	return add_to_date(date, months=months)


def date_diff(later, earlier) -> int:
	return (getdate(later) - getdate(earlier)).days


def formatdate(value=None, format_string=None) -> str:
	"""In the person's language and the site's date format."""
	return _format(babel.dates.format_date, getdate(value), format_string) if value else ""


def format_datetime(value, format_string=None) -> str:
	value = get_datetime(value) if value else None
	return _format(babel.dates.format_datetime, value, format_string, " HH:mm:ss") if value else ""


def _format(function, value, pattern, ending=""):
	if not pattern:
		site_format = frappe.get_system_settings("date_format") or "yyyy-mm-dd"
		pattern = site_format.replace("mm", "MM") + ending
	return function(value, pattern, locale=(frappe.local.lang or "en").replace("-", "_"))


__all__ = [*own_names(globals()), "today"]
