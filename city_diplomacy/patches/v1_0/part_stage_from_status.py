"""A trade lead's stage and its status were one choice of five; from now on a stage is a row of Trade Stage.

What was in progress stays where talks are; what was won was at the last stage of its direction; what was lost is put
where talks are, because nobody noted how far it had got. Of each lead it is known when it was last changed, so its days
in the stage are counted from that day. The amount of a lead with an Opportunity was the Opportunity's, copied; it is
read from there now, and the copy goes where it says the same.

Statements are for groups of leads, not for one. A lead that has been parted already is left alone, so the patch may run
twice.
"""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils import getdate

from city_diplomacy.domain.trade.hs_codes import HsCodeError, normalise_hs_code
from city_diplomacy.domain.trade.leads import OPEN, Direction, LeadStatus
from city_diplomacy.registers.many_rows import in_lots
from city_diplomacy.setup.trade_stages import STAGES, seed_filing_rules, seed_missing_stages
from city_diplomacy.trade_promotion import stages
from city_diplomacy.trade_promotion.boards import seed_boards

LEAD, LOG = "Trade Lead", "Trade Stage Log"
# as it was stored: the place of its stage among those seeded, and its status
PARTED = {
	"Identified": (0, LeadStatus.ONGOING),
	"Qualified": (1, LeadStatus.ONGOING),
	"In Progress": (-2, LeadStatus.ONGOING),
	"Won": (-1, LeadStatus.WON),
	"Lost": (-2, LeadStatus.LOST),
}
COLUMNS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"parent",
	"parenttype",
	"parentfield",
	"idx",
)


def execute() -> None:
	seed_missing_stages()
	seed_filing_rules()
	seed_boards()
	_name_chapters()
	_leave_amounts_to_opportunities()
	_part()


def _part() -> None:
	lead = frappe.qb.DocType(LEAD)
	for direction in Direction:
		for stored, (place, status) in PARTED.items():
			as_before = (lead.direction == direction) & (lead.stage == stored)
			names = frappe.qb.from_(lead).select(lead.name).where(as_before).run(pluck=True)
			for lot in in_lots(names):
				_part_lot(lot, _stage_at(direction, place), status)


def _stage_at(direction: Direction, place: int) -> str:
	"""The stage a lead is put to: the seeded one, or the office's own of that place where it made others."""
	seeded = STAGES[direction][place][0]
	there = [stage.name for stage in stages.stages_of(direction)]
	if seeded in there or not there:
		return seeded
	return there[place if -len(there) <= place < len(there) else -1]


def _part_lot(names: list[str], stage: str, status: LeadStatus) -> None:
	lead = frappe.qb.DocType(LEAD)
	rows = frappe.get_all(
		LEAD, {"name": ["in", names]}, ["name", "modified", "modified_by", "opportunity"], limit=0
	)
	frappe.db.bulk_insert(
		LOG,
		[*COLUMNS, "stage", "entered_on", "left_on", "days", "moved_by"],
		[_log_row(row, stage, goes_on=status in OPEN and not row.opportunity) for row in rows],
	)
	own = frappe.db.get_value("Trade Stage", stage, "stale_after_days")
	for day, of_day in _by_day(rows):
		values = {"stage": stage, "status": status, "stage_since": day, "moved_on": day}
		query = frappe.qb.update(lead).where(lead.name.isin(of_day))
		if status != LeadStatus.ONGOING:
			values["status_on"] = day
		for field, value in values.items():
			query = query.set(lead[field], value)
		query.run()
	if status == LeadStatus.ONGOING:
		stages.refresh_stale(stage, frappe.utils.cint(own))


def _by_day(rows: list[Any]) -> Iterator[tuple[Any, list[str]]]:
	days: dict[Any, list[str]] = {}
	for row in rows:
		days.setdefault(getdate(row.modified), []).append(row.name)
	yield from days.items()


def _log_row(row: Any, stage: str, goes_on: bool) -> tuple[Any, ...]:
	day = getdate(row.modified)
	stamps = (frappe.generate_hash(length=10), row.modified_by, row.modified, row.modified, row.modified_by)
	of_lead = (row.name, LEAD, "stage_log", 1)
	return (*stamps, *of_lead, stage, day, None if goes_on else day, 0, row.modified_by)


def _name_chapters() -> None:
	lead = frappe.qb.DocType(LEAD)
	without = lead.hs_code.isnotnull() & (lead.hs_chapter.isnull() | (lead.hs_chapter == ""))
	for code in frappe.qb.from_(lead).select(lead.hs_code).distinct().where(without).run(pluck=True):
		try:
			chapter = normalise_hs_code(code)[:2]
		except HsCodeError:
			# ERPNext's list may hold national numbers; the first two digits are those of the chapter all the same.
			chapter = "".join(sign for sign in code if sign.isdigit())[:2]
		frappe.qb.update(lead).set(lead.hs_chapter, chapter).where(lead.hs_code == code).run()


def _leave_amounts_to_opportunities() -> None:
	lead, opportunity = frappe.qb.DocType(LEAD), frappe.qb.DocType("Opportunity")
	same = (
		frappe.qb.from_(lead)
		.join(opportunity)
		.on(opportunity.name == lead.opportunity)
		.select(lead.name)
		.where(lead.stage.isin(list(PARTED)) & (lead.annual_value == opportunity.opportunity_amount))
	)
	for lot in in_lots(same.run(pluck=True)):
		frappe.qb.update(lead).set(lead.annual_value, 0).where(lead.name.isin(lot)).run()
