"""Dates as people type them into the registers: real, in order, not in the future, and as vague as they are known."""

from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime, formatdate, get_datetime, getdate, nowdate

from city_diplomacy.domain.calendar.partial_dates import PartialDate, Precision
from city_diplomacy.domain.calendar.spans import ends_before_it_begins
from city_diplomacy.registers.errors import RegisterError

PRECISIONS = tuple(str(precision) for precision in Precision)
_READERS = {"Date": getdate, "Datetime": get_datetime}
_WRITERS = {"Date": formatdate, "Datetime": format_datetime}
# The years a record can speak of: outside them databases, calendars and sums of days fail.
FIRST_YEAR, LAST_YEAR = 1000, 2999


def today() -> date:
	"""The site's day."""
	return date.fromisoformat(nowdate())


def read_dates(doc: Any) -> None:
	"""Turn the text in every date field of the record and its rows into dates.

	Raises RegisterError naming the field that holds something else; the database would refuse it later with
	an error nobody can read.
	"""
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			if df.fieldtype not in _READERS:
				continue
			value = row.get(df.fieldname)
			if value and not isinstance(value, date | datetime):
				row.set(df.fieldname, _read(row, df, value))


def day_asked(value: Any, label: str) -> date:
	"""The day a filter of a report asks for, the site's own where it is empty.

	Raises RegisterError with the filter's translated `label` for what is no date.
	"""
	if not value:
		return today()
	try:
		day = getdate(value) if isinstance(value, str | date) else None
	except (frappe.ValidationError, TypeError, ValueError, OverflowError, AttributeError) as error:
		day = None
		if isinstance(error, frappe.ValidationError):
			frappe.clear_last_message()
	if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
		frappe.throw(
			_("{0}: {1} is not a date; choose one from the calendar.").format(
				label, escape_html(str(value)[:40])
			),
			RegisterError,
		)
	return day


def date_of(doc: Any, fieldname: str) -> date | None:
	"""The date in a field, None when it is empty. The record went through `read_dates` or was stored."""
	value = doc.get(fieldname)
	return getdate(value) if value else None


def refuse_future(doc: Any, *fieldnames: str) -> None:
	"""Raises RegisterError for a date that has not come yet, in a field that tells what happened."""
	for fieldname in fieldnames:
		day = date_of(doc, fieldname)
		if day and day > today():
			frappe.throw(
				_("{0} is {1}, which is still to come; enter a date up to today.").format(
					label_of(doc, fieldname), formatdate(day)
				),
				RegisterError,
			)


def refuse_backwards(doc: Any, error: type[Exception], *spans: tuple[str, str]) -> None:
	"""Raises `error` with a sentence for each span, (field it begins with, field it ends with), that ends before it
	begins; the two fields are both of days or both of moments."""
	sentences = [
		_("{0} ({1}) lies before {2} ({3}); correct one of the two.").format(
			label_of(doc, ends), _written(doc, ends), _(doc.meta.get_label(begins)), _written(doc, begins)
		)
		for begins, ends in spans
		if ends_before_it_begins(_moment_of(doc, begins), _moment_of(doc, ends))
	]
	if sentences:
		frappe.throw("<br>".join(sentences), error)


def keep_known_part(doc: Any, date_field: str, precision_field: str) -> None:
	"""Set the date to the first day it may mean: 14 May 1959 known to the year becomes 1 January 1959."""
	day = date_of(doc, date_field)
	precision = doc.get(precision_field) or str(Precision.DAY)
	# An unknown precision is left to Frappe's own check of the field's choices.
	if day and precision in PRECISIONS:
		doc.set(date_field, PartialDate(day, Precision(precision)).value)


def label_of(doc: Any, fieldname: str) -> str:
	"""The field's translated label, with its row when the field is in a table."""
	label = _(doc.meta.get_label(fieldname))
	return _("Row {0}, {1}").format(doc.idx, label) if doc.get("parentfield") else label


def _moment_of(doc: Any, fieldname: str) -> date | datetime | None:
	value = doc.get(fieldname)
	return _READERS[doc.meta.get_field(fieldname).fieldtype](value) if value else None


def _written(doc: Any, fieldname: str) -> str:
	return _WRITERS[doc.meta.get_field(fieldname).fieldtype](doc.get(fieldname))


def _read(row: Any, df: Any, value: Any) -> date | datetime:
	try:
		moment = _READERS[df.fieldtype](value)
	except (frappe.ValidationError, TypeError, ValueError, OverflowError, AttributeError) as error:
		moment = None
		if isinstance(error, frappe.ValidationError):
			# Frappe has queued its own sentence, which does not say where.
			frappe.clear_last_message()
	if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
		frappe.throw(
			_("{0}: {1} is not a date; choose one from the calendar.").format(
				label_of(row, df.fieldname), escape_html(str(value)[:40])
			),
			RegisterError,
		)
	return moment
