"""Missions in an import: the same name is the same mission; one of the same country, type and seat may be."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import frappe
from frappe.utils import cstr

from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.registers.importing import Importing

MISSION = "Consular Mission"


def key(mission: Any) -> str:
	return search_form(cstr(mission.mission_name))


def same(missions: Sequence[Any]) -> list[str]:
	"""For each mission the stored one of its name, however it is spelt."""
	stored = {search_form(row.mission_name): row.name for row in _stored(["mission_name"], missions)}
	return [stored.get(key(mission), "") for mission in missions]


def alike(missions: Sequence[Any]) -> list[list[str]]:
	"""For each mission the stored ones of its country that are of its type and in its seat."""
	found: dict[tuple[str, ...], list[str]] = defaultdict(list)
	for row in _stored(["country", "mission_type", "seat"], missions):
		found[_kind(row)].append(row.name)
	return [found[_kind(mission)] for mission in missions]


def _stored(columns: list[str], missions: Sequence[Any]) -> list[Any]:
	if not missions:
		return []
	countries = sorted({cstr(mission.country) for mission in missions})
	return frappe.get_list(
		MISSION,
		filters={"country": ["in", countries]},
		fields=["name", *columns],
		order_by="name asc",
		limit_page_length=0,
	)


def _kind(mission: Any) -> tuple[str, ...]:
	return tuple(search_form(cstr(mission.get(column))) for column in ("country", "mission_type", "seat"))


MISSIONS = Importing(key=key, same=same, alike=alike)
