"""Reading one value of a document that is only imagined, as strictly as a form would: see `what_if`."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.unknown import may_know, may_read
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.registers.record_dates import FIRST_YEAR, LAST_YEAR

NUMBERS = ("Int", "Float", "Currency", "Percent")


def single(value: Any, field: Mapping[str, Any]) -> Any:
	"""The value as its field holds it, None for none.

	`field` is one of `what_if.fields_to_imagine`, or one of its columns. Raises RehearsalError for what does not fit: no
	finite number, no day, no choice of a Select, and of a Link a record that is not there or that the signed-in person
	may not know of.
	"""
	if value is not None and not isinstance(value, str | int | float):
		frappe.throw(_("{0} takes one value.").format(field["label"]), RehearsalError)
	if value in (None, ""):
		return None
	try:
		return _read(value, field)
	except (ValueError, OverflowError):
		shown = frappe.utils.escape_html(str(value))
		frappe.throw(_("{0} is nothing that can stand in {1}.").format(shown, field["label"]), RehearsalError)


def _read(value: str | int | float, field: Mapping[str, Any]) -> Any:
	"""Raises ValueError or OverflowError for what does not fit."""
	fieldtype = field["fieldtype"]
	if fieldtype in NUMBERS:
		return _number(value, whole=fieldtype == "Int")
	if fieldtype == "Check":
		if value not in (0, 1, "0", "1"):
			raise ValueError(value)
		return int(value)
	text = str(value)
	if fieldtype == "Date":
		day = date.fromisoformat(text)
		return _in_calendar(text, day, day.isoformat())
	if fieldtype == "Datetime":
		moment = datetime.fromisoformat(text)
		return _in_calendar(text, moment, moment.replace(tzinfo=None).isoformat(sep=" "))
	if fieldtype == "Select" and text not in (field["options"] or "").split("\n"):
		raise ValueError(text)
	return _record(text, field["options"]) if fieldtype == "Link" else text


def _number(value: str | int | float, whole: bool) -> int | float:
	# float() takes digits of every script and "1_000" too.
	if isinstance(value, bool) or (isinstance(value, str) and (not value.isascii() or "_" in value)):
		raise ValueError(value)
	number = float(value)
	if not math.isfinite(number) or (whole and not number.is_integer()):
		raise ValueError(value)
	return int(number) if whole else number


def _in_calendar(text: str, moment: date, written: str) -> date:
	"""`moment`, read from `text`; refused where it is written in another way, or lies in a year of no record."""
	if written != text or not FIRST_YEAR <= moment.year <= LAST_YEAR:
		raise ValueError(text)
	return moment


def _record(name: str, doctype: str) -> str:
	"""The name as it is stored."""
	stored = frappe.db.exists(doctype, name)
	# A form lets people choose records whose DocType they may not read, such as a User.
	if not stored or not (may_know(doctype, stored) or may_read(doctype, stored, right="select")):
		raise ValueError(name)
	return str(stored)
