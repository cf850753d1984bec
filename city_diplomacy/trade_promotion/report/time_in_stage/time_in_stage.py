"""How long trade leads stay in each stage, and how many are there now."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import date_diff, getdate, nowdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.trade.leads import Direction
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column
from city_diplomacy.trade_promotion.stages import LEAD, stages_of

LOG = "Trade Stage Log"
EQUAL = ("market", "lead_owner", "potential")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, message and chart: a row for each stage in its order, of leads the person may know of.

	`filters` may hold direction, market, lead_owner, potential, and entered_from and entered_to, days between which a
	lead came to the stage. Three statements, and two for each direction's stages.
	"""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return columns(), [], None, None
	left, here, stale = left_stages(wanted), in_stages(wanted), stale_in(wanted)
	rows = [
		_row(stage, left.get(stage.name), here.get(stage.name, []), stale.get(stage.name, 0))
		for direction in ([filters.direction] if filters.direction else Direction)
		for stage in stages_of(direction)
	]
	return columns(), neutral_rows(rows), None, chart(rows)


def conditions(filters: Any) -> Criterion | None:
	"""What the filters ask, over the log joined to leads the signed-in person may know of; None for who may know of none."""
	wanted = known_records(LEAD, frappe.session.user)
	if wanted is None:
		return None
	lead, log = frappe.qb.DocType(LEAD), frappe.qb.DocType(LOG)
	for fieldname in EQUAL:
		if filters.get(fieldname):
			wanted &= lead[fieldname] == filters[fieldname]
	if filters.entered_from:
		wanted &= log.entered_on >= getdate(filters.entered_from)
	if filters.entered_to:
		wanted &= log.entered_on <= getdate(filters.entered_to)
	return wanted


def _log_of(wanted: Criterion) -> Any:
	lead, log = frappe.qb.DocType(LEAD), frappe.qb.DocType(LOG)
	return frappe.qb.from_(log).join(lead).on(lead.name == log.parent).where(wanted)


def left_stages(wanted: Criterion) -> dict[str, tuple[int, float, int]]:
	"""(how many left it, their days together, the most days of one) by stage."""
	log = frappe.qb.DocType(LOG)
	query = _log_of(wanted & log.left_on.isnotnull()).groupby(log.stage)
	found = query.select(log.stage, Count("*"), Sum(log.days), Max(log.days)).run()
	return {stage: (number, float(days or 0), most) for stage, number, days, most in found}


def in_stages(wanted: Criterion) -> dict[str, list[tuple[int, int]]]:
	"""By stage, (days so far, how many leads) of those that are there."""
	log = frappe.qb.DocType(LOG)
	query = _log_of(wanted & log.left_on.isnull()).groupby(log.stage, log.entered_on)
	today, found = nowdate(), {}
	for stage, day, number in query.select(log.stage, log.entered_on, Count("*")).run():
		found.setdefault(stage, []).append((date_diff(today, day), number))
	return found


def stale_in(wanted: Criterion) -> dict[str, int]:
	"""How many leads are stale, by the stage they are in."""
	lead, log = frappe.qb.DocType(LEAD), frappe.qb.DocType(LOG)
	waiting = log.left_on.isnull() & lead.stale_on.isnotnull() & (lead.stale_on <= nowdate())
	return dict(_log_of(wanted & waiting).groupby(log.stage).select(log.stage, Count("*")).run())


def _row(stage: Any, left: tuple[int, float, int] | None, here: list[tuple[int, int]], stale: int) -> dict:
	number, days, most = left or (0, 0.0, 0)
	now = sum(count for _days, count in here)
	return {
		"direction": _(stage.direction),
		"stage": stage.name,
		"left": number,
		"average": round(days / number, 1) if number else None,
		"longest": most if number else None,
		"here": now,
		"average_here": round(sum(day * count for day, count in here) / now, 1) if now else None,
		"longest_here": max((day for day, _count in here), default=None),
		"stale": stale,
	}


def columns() -> list[dict[str, Any]]:
	return [
		column("direction", _("Direction"), "Data", 140),
		column("stage", _("Stage"), "Link", 170, options="Trade Stage"),
		column("here", _("Leads Here"), "Int", 100),
		column("average_here", _("Days So Far (average)"), "Float", 150, precision=1),
		column("longest_here", _("Days So Far (longest)"), "Int", 150),
		column("stale", _("Stale"), "Int", 80),
		column("left", _("Leads That Left"), "Int", 120),
		column("average", _("Days They Took (average)"), "Float", 170, precision=1),
		column("longest", _("Days They Took (longest)"), "Int", 170),
	]


def chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""The average days of those that left each stage, beside those of the leads that are there."""
	shown = [row for row in rows if row["left"] or row["here"]]
	if not shown:
		return None
	data = bars(
		[_(row["stage"]) for row in shown], [row["average"] or 0 for row in shown], _("Days they took")
	)
	data["datasets"].append({"name": _("Days so far"), "values": [row["average_here"] or 0 for row in shown]})
	return {"data": data, "type": "bar", "colors": ["blue", "orange"], "fieldtype": "Float"}
