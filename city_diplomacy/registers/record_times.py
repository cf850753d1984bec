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
		value = row.get(df.fieldname)
		if value in (None, ""):
			continue
		moment = time_of(value)
		if moment is None:
			frappe.throw(
				_("{0}: {1} is not a time of day; write it as in 14:30.").format(
					label_of(row, df.fieldname), escape_html(str(value)[:40])
				),
				RegisterError,
			)
		row.set(df.fieldname, moment.strftime(_WRITTEN[0]))


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
