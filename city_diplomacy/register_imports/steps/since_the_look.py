"""Whether a line may have a double it had not when it was looked at."""

from datetime import timedelta

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import get_datetime

from city_diplomacy.domain.imports.states import LineOutcome
from city_diplomacy.register_imports.lines import LINE
from city_diplomacy.register_imports.store import IMPORT

UNDER_WAY = timedelta(minutes=5)
"""A record that was saved so long before the look may have been stored after it: whoever saved it was not done yet."""


def may_be_doubles(import_name: str, register: str) -> bool:
	"""Whether a record was made or changed since the look, a line was decided about, or a line changes a record.

	What this import itself has added does not count: its lines were compared with one another.
	"""
	looked_on = frappe.db.get_value(IMPORT, import_name, "looked_on")
	return not looked_on or _changes_records(import_name) or _is_changed(import_name, register, looked_on)


def forget(import_name: str) -> None:
	"""Have every line compared anew: a line is to be added, or to change a record, that was left out at the look."""
	frappe.db.set_value(IMPORT, import_name, "looked_on", None)


def _changes_records(import_name: str) -> bool:
	changing = ["in", [str(LineOutcome.CHANGE), str(LineOutcome.CHANGED)]]
	return bool(frappe.db.exists(LINE, {"register_import": import_name, "outcome": changing}))


def _is_changed(import_name: str, register: str, looked_on: str) -> bool:
	record, line = frappe.qb.DocType(register), frappe.qb.DocType(LINE)
	own = (
		frappe.qb.from_(line)
		.select(line.record)
		.where((line.register_import == import_name) & (line.outcome == str(LineOutcome.ADDED)))
	)
	since = get_datetime(looked_on) - UNDER_WAY
	query = frappe.qb.from_(record).select(Count("*")).where(record.modified >= since)
	return bool(query.where(record.name.notin(own)).run()[0][0])
