"""How an import stands, as its row says; read with its lock by whoever is about to change it."""

from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from city_diplomacy.domain.imports.states import RUNNING, ImportStatus, LineOutcome
from city_diplomacy.domain.words import neutral
from city_diplomacy.register_imports import lines

IMPORT = "Register Import"
EVENT = "city_diplomacy_import"
COLUMNS = ("name", "owner", "register", "file", "status", "progressed_on", "why")
SILENT_AFTER = 120
"""Seconds without a sign of life after which an import that runs may be continued by another job."""
COUNTED = {
	"added": (LineOutcome.ADDED,),
	"changed": (LineOutcome.CHANGED,),
	"refused": (LineOutcome.REFUSED,),
	"doubles": (LineOutcome.LIKELY, LineOutcome.DUPLICATE),
}


def locked(name: str) -> Any:
	"""An import's row with its lock; None where there is none."""
	return frappe.db.get_value(IMPORT, name, COLUMNS, as_dict=True, for_update=True)


def is_silent(row: Any) -> bool:
	"""Whether an import that should run has given no sign of life for long."""
	if row.status not in RUNNING or not row.progressed_on:
		return False
	return (now_datetime() - get_datetime(row.progressed_on)).total_seconds() > SILENT_AFTER


def set_status(name: str, status: ImportStatus, why: str = "") -> None:
	"""Store how an import stands, with its counts; `why` is a sentence for the person."""
	counted = lines.count(name)
	values = {column: sum(counted[str(one)] for one in outcomes) for column, outcomes in COUNTED.items()}
	values.update(
		status=str(status), why=neutral(why), progressed_on=now_datetime(), lines=sum(counted.values())
	)
	frappe.db.set_value(IMPORT, name, values)


def tell(name: str, user: str) -> None:
	"""Let an open form know that there is news; what they are, it asks for."""
	frappe.publish_realtime(EVENT, {"name": name}, user=user, after_commit=True)
