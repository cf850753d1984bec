"""The stages of trade leads: the office's table of them, what a move asks for, and the dated log of moves."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, date_diff, getdate

from city_diplomacy.domain.trade import stages as rules
from city_diplomacy.domain.trade.leads import FIGURES, LeadStatus, is_filled
from city_diplomacy.domain.trade.stages import Stage
from city_diplomacy.registers.record_dates import today
from city_diplomacy.trade_promotion.exceptions import StageError

STAGE, LEAD = "Trade Stage", "Trade Lead"
# What a form only arranges, and what the server fills in, is nothing a person can be asked for.
NOT_ASKED_FOR = ("Section Break", "Column Break", "Tab Break", "HTML")


_known: ContextVar[dict[str, list[Stage]] | None] = ContextVar("stages_read_once", default=None)


@contextmanager
def read_once() -> Iterator[None]:
	"""In the block, the stages of each direction are read once, for many leads."""
	token = _known.set({})
	try:
		yield
	finally:
		_known.reset(token)


def stages_of(direction: str) -> list[Stage]:
	"""The stages of a direction, in order."""
	known = _known.get()
	if known is None:
		return _read(direction)
	if direction not in known:
		known[direction] = _read(direction)
	return known[direction]


def _read(direction: str) -> list[Stage]:
	rows = frappe.get_all(
		STAGE, {"direction": direction}, ["name", "direction", "position", "stale_after_days"], limit=0
	)
	asked: dict[str, list[str]] = {row.name: [] for row in rows}
	fields = {"parenttype": STAGE, "parent": ["in", list(asked)]}
	for row in frappe.get_all(
		"Trade Stage Field", fields, ["parent", "required_field"], order_by="idx asc", limit=0
	):
		asked[row.parent].append(row.required_field)
	found = (
		Stage(row.name, row.direction, row.position, tuple(asked[row.name]), cint(row.stale_after_days))
		for row in rows
	)
	return rules.in_order(found, direction)


def settle_stage(lead: Any) -> None:
	"""Give a lead its first stage if it has none, ask what a move asks for, and keep the log of moves.

	Raises StageError naming in one sentence all that is missing, and for a stage of another direction.
	"""
	stored = lead.get_doc_before_save()
	lead.set("stage_log", list(stored.stage_log) if stored else [])
	moved = not stored or any(lead.get(field) != stored.get(field) for field in ("stage", "direction"))
	if moved:
		stages = stages_of(lead.direction)
		lead.stage = lead.stage or _first(stages, lead.direction)
		_refuse_unready(lead, _stage_of(lead, stages), stages)
	keep_log(lead)


def keep_log(lead: Any) -> None:
	"""Close the row of a stage a lead has left, and open one for where it is while days are counted."""
	goes_on = rules.is_counted(lead.status, bool(lead.opportunity))
	row = next((row for row in lead.stage_log if not row.left_on), None)
	if row and (row.stage != lead.stage or not goes_on):
		row.left_on, row.days = today(), date_diff(today(), row.entered_on)
		row = None
	if goes_on and not row:
		row = lead.append(
			"stage_log", {"stage": lead.stage, "entered_on": today(), "moved_by": frappe.session.user}
		)
	lead.stage_since = row.entered_on if row else lead.stage_since
	_settle_staleness(lead, goes_on)


def _settle_staleness(lead: Any, goes_on: bool) -> None:
	moves = [getdate(day) for day in (lead.stage_since, lead.status_on) if day]
	lead.moved_on = max(moves) if moves else None
	if not goes_on or lead.status != LeadStatus.ONGOING:
		lead.stale_on = None
		return
	lead.stale_on = rules.stale_from(lead.moved_on, _days_of_its_own(lead), settings_days())


def _days_of_its_own(lead: Any) -> int:
	"""After how many days a lead is stale at its stage, as the stage says; 0 where it does not."""
	if _known.get() is not None:
		return next((one.stale_after for one in stages_of(lead.direction) if one.name == lead.stage), 0)
	return cint(frappe.db.get_value(STAGE, lead.stage, "stale_after_days"))


def settings_days() -> int:
	"""After how many days a lead is stale where its stage does not say."""
	return cint(frappe.get_cached_doc("City Diplomacy Settings").trade_stale_after_days)


def refresh_stale(stage: str, own: int, otherwise: int | None = None) -> None:
	"""Count anew from which day the leads at a stage are stale: a statement for each day on which one moved."""
	lead = frappe.qb.DocType(LEAD)
	waiting = (lead.stage == stage) & (lead.status == LeadStatus.ONGOING) & lead.opportunity.isnull()
	days = frappe.qb.from_(lead).select(lead.moved_on).distinct().where(waiting & lead.moved_on.isnotnull())
	otherwise = settings_days() if otherwise is None else otherwise
	for day in days.run(pluck=True):
		stale_on = rules.stale_from(getdate(day), own, otherwise)
		frappe.qb.update(lead).set(lead.stale_on, stale_on).where(waiting & (lead.moved_on == day)).run()


def follow_settings(settings: Any, method: str | None = None) -> None:
	"""Doc event of the settings: leads whose stage says no days of its own are stale by the settings' days."""
	before = settings.get_doc_before_save()
	days = cint(settings.trade_stale_after_days)
	if before and cint(before.trade_stale_after_days) == days:
		return
	for row in frappe.get_all(STAGE, fields=["name", "stale_after_days"], limit=0):
		if not cint(row.stale_after_days):
			refresh_stale(row.name, 0, days)


def requirable_fields() -> dict[str, str]:
	"""What a stage can ask of a lead: field to its label, in the reader's language."""
	return {
		df.fieldname: _(df.label)
		for df in frappe.get_meta(LEAD).fields
		if df.fieldtype not in NOT_ASKED_FOR
		and df.label
		and not (df.read_only or df.hidden or df.reqd)
		and df.fieldname not in ("stage", "unstated_figures")
	}


def check_stage(stage: Any) -> None:
	"""Raises StageError for a field that leads do not have, or that is asked for twice."""
	known, seen = requirable_fields(), set()
	for row in stage.required_fields:
		if row.required_field not in known or row.required_field in seen:
			frappe.throw(
				_("Row {0}: choose a field of trade leads that is not asked for already.").format(row.idx),
				StageError,
			)
		seen.add(row.required_field)


def refuse_other_direction(stage: Any) -> None:
	"""Raises StageError when a stage that leads have been at would become one of another direction."""
	stored = stage.get_doc_before_save()
	if not stored or stored.direction == stage.direction:
		return
	if frappe.db.exists("Trade Stage Log", {"stage": stage.name}) or frappe.db.exists(
		LEAD, {"stage": stage.name}
	):
		frappe.throw(
			_("{0} keeps its direction, because leads have been there; add a stage of {1} instead.").format(
				stage.name, _(stage.direction)
			),
			StageError,
		)


def _first(stages: Sequence[Stage], direction: str) -> str:
	if not stages:
		frappe.throw(
			_("There is no stage of {0} yet; add one to the list of trade stages.").format(_(direction)),
			StageError,
		)
	return stages[0].name


def _stage_of(lead: Any, stages: Sequence[Stage]) -> Stage:
	stage = next((one for one in stages if one.name == lead.stage), None)
	if not stage:
		frappe.throw(
			_("{0} is not a stage of {1}; choose one of: {2}.").format(
				_(lead.stage), _(lead.direction), ", ".join(_(one.name) for one in stages)
			),
			StageError,
		)
	return stage


def _refuse_unready(lead: Any, stage: Stage, stages: Sequence[Stage]) -> None:
	unstated = [row.figure for row in lead.unstated_figures]
	asked = rules.required_by(stage, stages)
	values = lead.as_dict() if asked else {}
	missing = [field for field in asked if not is_filled(values, field, unstated)]
	if not missing:
		return
	sentence = _("{0} cannot be at {1} yet; fill in: {2}.")
	if set(missing) <= set(FIGURES.values()):
		sentence = _("{0} cannot be at {1} yet; fill in, or name under Client cannot say: {2}.")
	frappe.throw(
		sentence.format(lead.company_name, _(stage.name), ", ".join(_labels(missing))),
		StageError,
	)


def _labels(fields: Iterable[str]) -> list[str]:
	meta = frappe.get_meta(LEAD)
	return [_(meta.get_label(field)) for field in fields]
