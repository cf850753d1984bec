"""Times of day as people type them into the registers; Frappe would let the database refuse what is none."""

from datetime import datetime, time, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.record_dates import label_of

_WRITTEN = ("%H:%M:%S", "%H:%M:%S.%f", "%H:%M")


def read_times(row: Any) -> None:
	"""Write every time of a record or row as 14:30:00. Raises RegisterError naming the field that holds something else."""
	for df in [df for df in row.meta.fields if df.fieldtype == "Time"]:
		read_time(row, df.fieldname, RegisterError, "%H:%M:%S")


def read_time(row: Any, fieldname: str, error: type[RegisterError], written: str = "%H:%M") -> time | None:
	"""Write one time of a record or row as in 14:30; answers it, None where none is given.

	A field may be a line of text: Frappe's own for times is filled with the present one when a form is opened. Raises
	`error` naming the field that holds something else.
	"""
	value = row.get(fieldname)
	if value in (None, ""):
		return None
	moment = time_of(value)
	if moment is None:
		frappe.throw(
			_("{0}: {1} is not a time of day; write it as in 14:30.").format(
				label_of(row, fieldname), escape_html(str(value)[:40])
			),
			error,
		)
	row.set(fieldname, moment.strftime(written))
	return moment


def time_of(value: Any) -> time | None:
	"""The time of day in a text, or in what a database answers for one; None for what is none."""
	if isinstance(value, timedelta):
		return (datetime.min + value).time() if timedelta() <= value < timedelta(days=1) else None
	if isinstance(value, time):
		return value
	for written in _WRITTEN:
		try:
			return datetime.strptime(str(value).strip(), written).time()
		except ValueError:
			continue
	return None
