"""Consular missions: what the entry of one, and of each of its officers, must be."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html

from city_diplomacy.diplomatic_protocol.exceptions import ConsularMissionError
from city_diplomacy.domain.protocol.corps import (
	Category,
	MissionType,
	Officer,
	Position,
	Rank,
	two_heads_at_once,
)
from city_diplomacy.domain.protocol.national_days import Month, longest
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, refuse_future
from city_diplomacy.registers.web_addresses import check_web_address

MISSION, OFFICER = "Consular Mission", "Consular Officer"
OFFICER_DATES = ("provisional_admission", "exequatur", "commission_presented", "from_date", "to_date")
OFFICER_COLUMNS = (
	"full_name",
	"position",
	"rank",
	"category",
	"form_of_address",
	"pronunciation",
	*OFFICER_DATES,
)


def settle_mission(mission: Any) -> None:
	"""What a stored mission must be. Raises ConsularMissionError or RegisterError in one sentence."""
	mission.mission_name = " ".join(cstr(mission.mission_name).split())
	check_web_address(mission, "website")
	check_email_address(mission, "email")
	refuse_future(mission, "opened_on")
	refuse_backwards(mission, ConsularMissionError, ("opened_on", "closed_on"))
	_check_national_day(mission)
	for row in mission.officers:
		_check_officer(mission, row)
	_refuse_two_heads(mission)


def officer_of(row: Any) -> Officer:
	"""A row of officers as the rules know it."""
	return Officer(
		full_name=cstr(row.full_name),
		position=Position(row.position),
		rank=Rank(row.rank) if row.rank else None,
		category=Category(row.category),
		form_of_address=cstr(row.form_of_address),
		pronunciation=cstr(row.pronunciation),
		**{column: row.get(column) for column in OFFICER_DATES},
	)


def _check_national_day(mission: Any) -> None:
	day, month = cint(mission.national_day_day), mission.national_day_month
	if bool(day) != bool(month):
		frappe.throw(_("A national day has a month and a day; enter both or none."), ConsularMissionError)
	if month in tuple(Month) and day > longest(Month(month)):
		frappe.throw(
			_("{0} has no day {1}; correct the national day.").format(_(month), day), ConsularMissionError
		)


def _check_officer(mission: Any, row: Any) -> None:
	refuse_future(row, "provisional_admission", "exequatur", "commission_presented")
	refuse_backwards(row, ConsularMissionError, ("from_date", "to_date"))
	check_email_address(row, "email")
	is_head = row.position != Position.OFFICER
	if mission.mission_type == MissionType.HONORARY and is_head and row.category == Category.CAREER:
		frappe.throw(
			_(
				"Row {0}: an honorary consulate is headed by an honorary officer; choose Honorary, or another type of "
				"mission."
			).format(row.idx),
			ConsularMissionError,
		)


def _refuse_two_heads(mission: Any) -> None:
	chosen = [
		row for row in mission.officers if row.position in tuple(Position) and row.category in tuple(Category)
	]
	officers = [
		officer_of(frappe._dict(_with_dates(row)))
		for row in chosen
		if not row.rank or row.rank in tuple(Rank)
	]
	if both := two_heads_at_once(officers):
		frappe.throw(
			_("{0} and {1} would head the mission at the same time; say until when the first did.").format(
				*(escape_html(one.full_name) for one in both)
			),
			ConsularMissionError,
		)


def _with_dates(row: Any) -> dict[str, Any]:
	values = {column: row.get(column) for column in OFFICER_COLUMNS}
	return {**values, **{column: date_of(row, column) for column in OFFICER_DATES}}
