"""The consular corps in its order of precedence as of a day, each place with its reason and the rule it is from."""

from datetime import date
from typing import Any

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.corps import roster
from city_diplomacy.domain.protocol.precedence import Place, Step
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.record_dates import day_asked
from city_diplomacy.registers.report_columns import column


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows. A filter by type or country leaves rows out and no place changes."""
	filters = frappe._dict(filters or {})
	day = day_asked(filters.as_of, _("As of"))
	rows = [_row(place, reason, rule) for place, reason, rule in roster.reasons(roster.places_on(day))]
	wanted = [
		row
		for row in rows
		if filters.mission_type in (None, "", row["mission_type"])
		and filters.country in (None, "", row["country"])
	]
	for row in wanted:
		row.update({key: _(row[key]) for key in ("mission_type", "rank", "category", "position") if row[key]})
	return columns(), neutral_rows(wanted)


def _row(place: Place, reason: str, rule: str) -> dict[str, Any]:
	standing, head = place.standing, place.standing.head
	return {
		"place": place.number,
		"mission": standing.mission.key,
		"mission_name": standing.mission.name,
		"country": standing.mission.country,
		"mission_type": standing.mission.mission_type,
		"head": head.full_name if head else "",
		"pronunciation": head.pronunciation if head else "",
		"form_of_address": head.form_of_address if head else "",
		"rank": (head.rank if head else None) or standing.rank or "",
		"category": head.category if head else "",
		"position": head.position if head else "",
		"admitted": _shown_date(standing.value(Step.ADMISSION)),
		"why": reason,
		"rule": rule,
	}


def _shown_date(value: Any) -> Any:
	return None if value == date.max else value


def columns() -> list[dict[str, Any]]:
	return [
		column("place", _("Place"), "Int", 70),
		# The form script makes a link of the name: a column of links would show the record's number.
		column("mission_name", _("Mission"), "Data", 240),
		column("head", _("Head"), "Data", 170),
		column("why", _("Why"), "Data", 530),
		column("rule", _("Rule"), "Data", 140),
		column("admitted", _("Ranks Since"), "Date", 110),
		column("rank", _("Rank"), "Data", 130),
		column("category", _("Career or Honorary"), "Data", 140),
		column("position", _("Position"), "Data", 150),
		column("form_of_address", _("Form of Address"), "Data", 150),
		column("pronunciation", _("Pronunciation"), "Data", 150),
		column("country", _("Country"), "Link", 130, options="Country"),
		column("mission_type", _("Type"), "Data", 150),
	]
