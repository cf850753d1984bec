"""The escalation ladder of a policy on this site, and where a clearance stands on it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import frappe

from city_diplomacy.domain.route import escalation


def ladder_of(policy: str) -> tuple[escalation.Step, ...]:
	"""The steps a policy takes when answers do not come; the default ladder where it declares none."""
	rows = frappe.get_cached_doc("Routing Policy", policy).get("escalation") or ()
	return escalation.ladder(escalation.Step(row.days or 0, row.action, row.to) for row in rows)


def position(
	steps: Sequence[escalation.Step], due: date, today: date, holidays: Collection[date]
) -> dict[str, Any]:
	"""The columns that say where a question put today begins: steps whose day has passed are not taken."""
	level = escalation.level_on(steps, due, today, holidays)
	return {"escalation_level": level, "next_escalation": escalation.next_day(steps, level, due, holidays)}


def next_day(
	steps: Sequence[escalation.Step], level: int | None, due: date, holidays: Collection[date]
) -> date | None:
	"""The day of the step that follows the `level` steps already taken."""
	return escalation.next_day(steps, level or 0, due, holidays)
