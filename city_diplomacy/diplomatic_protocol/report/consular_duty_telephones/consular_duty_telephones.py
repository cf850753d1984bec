"""Whom to reach at each mission in the city at any hour: for the desk that is rung in an emergency."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.diplomatic_protocol.corps import roster
from city_diplomacy.domain.protocol.corps import head_on
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.record_dates import today
from city_diplomacy.registers.report_columns import column

REACHED_BY = ("duty_telephone", "telephone", "email", "address")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows: the missions open today by country, with who heads them and how they are reached."""
	filters = frappe._dict(filters or {})
	missions = roster.missions_open_on(today(), **({"country": filters.country} if filters.country else {}))
	reached = _reached([one.key for one in missions])
	rows = []
	for one in sorted(missions, key=lambda mission: (mission.alphabet, mission.name)):
		head = head_on(one.officers, today())
		rows.append(
			{
				"mission": one.key,
				"mission_name": one.name,
				"country": one.country,
				"head": head.full_name if head else "",
				"pronunciation": head.pronunciation if head else "",
				**{column: cstr(reached[one.key][column]) for column in REACHED_BY},
			}
		)
	if filters.without_duty_telephone:
		rows = [row for row in rows if not row["duty_telephone"]]
	return columns(), neutral_rows(rows)


def _reached(names: list[str]) -> dict[str, Any]:
	fields = ["name", *REACHED_BY]
	rows = frappe.get_list(roster.MISSION, {"name": ["in", names or [""]]}, fields, limit_page_length=0)
	return {row.name: row for row in rows}


def columns() -> list[dict[str, Any]]:
	return [
		column("country", _("Country"), "Link", 140, options="Country"),
		column("mission_name", _("Mission"), "Data", 280),
		column("duty_telephone", _("Duty Telephone"), "Data", 170),
		column("telephone", _("Telephone"), "Data", 170),
		column("head", _("Head"), "Data", 180),
		column("pronunciation", _("Pronunciation"), "Data", 150),
		column("email", _("E-Mail"), "Data", 200),
		column("address", _("Address"), "Data", 260),
	]
