"""The phase of an event: what a move asks for, and the dated log of moves."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.events import phases as rules
from city_diplomacy.domain.events.phases import ENDED_BEFORE, Phase
from city_diplomacy.hosted_events.exceptions import PhaseError
from city_diplomacy.registers.record_dates import date_of, today

PHASES = tuple(str(phase) for phase in Phase)


def settle_phase(event: Any) -> None:
	"""Ask what the phase asks for, and keep the log of moves.

	Raises PhaseError for a step there is not, and with one sentence that names all that is missing.
	"""
	stored = event.get_doc_before_save()
	event.set("phase_log", list(stored.phase_log) if stored else [])
	# An unknown phase is left to Frappe's own check of the field's choices.
	if event.phase not in PHASES:
		return
	phase = Phase(event.phase)
	moved = not stored or stored.phase != event.phase
	if stored and moved:
		_refuse_step(event, Phase(stored.phase), phase)
	if phase not in ENDED_BEFORE:
		event.ended_reason = None
	_refuse_unready(event, phase)
	if phase in rules.HAS_TAKEN_PLACE:
		_refuse_before_its_day(event)
	if moved:
		_keep_log(event)


def _refuse_step(event: Any, before: Phase, after: Phase) -> None:
	if not rules.may_follow(before, after):
		frappe.throw(
			_("{0} is in the phase {1}; from there it goes to {2}, not to {3}.").format(
				event.event_name, _(before), ", ".join(_(phase) for phase in rules.NEXT[before]), _(after)
			),
			PhaseError,
		)


def _refuse_unready(event: Any, phase: Phase) -> None:
	missing = rules.missing(phase, event)
	if missing:
		names = [" / ".join(_(event.meta.get_label(field)) for field in fields) for fields in missing]
		frappe.throw(
			_("{0} cannot be in the phase {1} yet. Fill in: {2}.").format(
				event.event_name, _(phase), "; ".join(names)
			),
			PhaseError,
		)


def _refuse_before_its_day(event: Any) -> None:
	starts = date_of(event, "starts_on")
	if starts and starts > today():
		frappe.throw(
			_("{0} has not begun yet, so it cannot be in the phase {1}.").format(
				event.event_name, _(event.phase)
			),
			PhaseError,
		)


def _keep_log(event: Any) -> None:
	"""Close the row of the phase the event has left, and open one for where it is."""
	for row in event.phase_log:
		row.left_on = row.left_on or today()
	event.append("phase_log", {"phase": event.phase, "entered_on": today(), "moved_by": frappe.session.user})
