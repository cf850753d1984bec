"""The roster of the consular corps: missions in their order of precedence on a day, and why each stands where it does."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from city_diplomacy.diplomatic_protocol.corps.missions import MISSION, OFFICER, OFFICER_COLUMNS, officer_of
from city_diplomacy.diplomatic_protocol.settings import SETTINGS, variations
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.corps import MissionType, Position
from city_diplomacy.domain.protocol.precedence import (
	REPRESENTATIVES,
	Mission,
	Place,
	Standing,
	Step,
	order_of_precedence,
	standing,
	why,
)

# Step: the paragraph of the Vienna Convention on Consular Relations it is from.
PARAGRAPHS = {
	Step.RANK: "VCCR 9, 16(1)",
	Step.ADMISSION: "VCCR 16(1), (2)",
	Step.COMMISSION: "VCCR 16(3)",
	Step.ACTING: "VCCR 16(4)",
	Step.CATEGORY: "VCCR 16(5)",
}


def places_on(day: date) -> list[Place]:
	"""The places of all missions open on a day that the signed-in person may read. Three statements, however many."""
	return order_of_precedence(missions_open_on(day), day, variations())


def missions_open_on(day: date, **filters: Any) -> list[Mission]:
	"""The missions of the city on a day, as the rules know them."""
	rows = frappe.get_list(
		MISSION,
		filters=filters,
		fields=["name", "mission_name", "mission_type", "country", "opened_on", "closed_on"],
		order_by="name asc",
		limit_page_length=0,
	)
	rows = [
		row
		for row in rows
		if not (row.opened_on and row.opened_on > day) and not (row.closed_on and row.closed_on <= day)
	]
	officers = _officers_of([row.name for row in rows])
	language = frappe.get_cached_doc(SETTINGS).alphabet_language or "en"
	return [
		Mission(
			key=row.name,
			name=row.mission_name,
			mission_type=MissionType(row.mission_type),
			alphabet=search_form(_(row.country, lang=language)),
			officers=tuple(officer_of(officer) for officer in officers[row.name]),
			country=row.country,
		)
		for row in rows
	]


def why_before(first: str, second: str, day: date) -> tuple[str, str]:
	"""Of two missions by name, why one stands before the other on a day: the sentence, and the rule it is from.

	Empty where one of them cannot be read or is not open on the day.
	"""
	chosen = variations()
	found = [standing(one, day, chosen) for one in missions_open_on(day, name=["in", [first, second]])]
	if len(found) != len({first, second}) or first == second:
		return "", ""
	before, after = sorted(found, key=lambda one: one.order)
	step = why(before, after)
	if step is None:
		return "", ""
	return _("{0}: {1}").format(after.mission.name, said_of(step, before, after)), rule_of(step)


def reasons(places: Iterable[Place]) -> Iterable[tuple[Place, str, str]]:
	"""Each place with why it comes after the one before it, for the reader, and the rule that says so."""
	before: Standing | None = None
	for place in places:
		if before is None or place.after is None:
			yield place, _("No other stands before it."), ""
		else:
			yield place, said_of(place.after, before, place.standing), rule_of(place.after)
		before = place.standing


def rule_of(step: Step) -> str:
	"""The paragraph of the Convention a step is from, or that it is the city's own."""
	return PARAGRAPHS.get(step) or _("The city’s own")


def said_of(step: Step, before: Standing, after: Standing) -> str:
	"""Why one mission stands after another, for the reader, as plain text."""
	sentence, values = {
		Step.DEAN: _of_dean,
		Step.KIND: _of_kind,
		Step.VACANCY: _of_vacancy,
		Step.ACTING: _of_acting,
		Step.RANK: _of_rank,
		Step.CATEGORY: _of_category,
		Step.ADMISSION: _of_admission,
		Step.COMMISSION: _of_commission,
		Step.COUNTRY: _of_alphabet,
		Step.NAME: _of_alphabet,
	}[step](before, after)
	return sentence.format(_called(before, after), *values)


def _called(before: Standing, after: Standing) -> str:
	"""The country, which is shorter, where it tells the two missions apart."""
	if before.mission.country and before.mission.country != after.mission.country:
		return _(before.mission.country)
	return before.mission.name


Said = tuple[str, tuple[str, ...]]


def _of_dean(before: Standing, after: Standing) -> Said:
	return _("After {0}, the dean of the corps."), ()


def _of_kind(before: Standing, after: Standing) -> Said:
	if after.value(Step.KIND) == REPRESENTATIVES:
		return _("After {0}: representative offices stand after consular posts."), ()
	return _("After {0}: embassy offices stand before consular posts."), ()


def _of_vacancy(before: Standing, after: Standing) -> Said:
	return _("After {0}: nobody heads this mission on that day."), ()


def _of_acting(before: Standing, after: Standing) -> Said:
	return _("After {0}: an acting head stands after heads of posts."), ()


def _of_rank(before: Standing, after: Standing) -> Said:
	ranks = tuple(_(one.rank) if one.rank else "" for one in (after, before))
	return _("After {0}: the class of {1} comes after that of {2}."), ranks


def _of_category(before: Standing, after: Standing) -> Said:
	return _("After {0}: an honorary head stands after career heads."), ()


def _of_admission(before: Standing, after: Standing) -> Said:
	earlier, later = _dates(Step.ADMISSION, before, after)
	if after.is_acting:
		if not later:
			return _("After {0}: it is not said since when the acting head acts."), ()
		return _("After {0}: acting since {1}, {0} since {2}."), (later, earlier)
	if not later:
		return _("After {0}: not admitted yet on that day."), ()
	return _("After {0}: admitted on {1}, {0} on {2}."), (later, earlier)


def _of_commission(before: Standing, after: Standing) -> Said:
	earlier, later = _dates(Step.COMMISSION, before, after)
	if not later:
		return _(
			"After {0}: admitted on one day; the commission of {0} was presented, and of this one it is not said."
		), ()
	return _("After {0}: admitted on one day, the commission presented on {1}, that of {0} on {2}."), (
		later,
		earlier,
	)


def _of_alphabet(before: Standing, after: Standing) -> Said:
	return _("After {0}: equal in rank and date, and later in the alphabet."), ()


def _dates(step: Step, *standings: Standing) -> tuple[str, ...]:
	values = (one.value(step) for one in standings)
	return tuple("" if value in (None, date.max) else formatdate(value) for value in values)


def _officers_of(missions: list[str]) -> dict[str, list[Any]]:
	"""The heads of missions the person may read, acting ones included."""
	found: dict[str, list[Any]] = defaultdict(list)
	if missions:
		row = frappe.qb.DocType(OFFICER)
		query = (
			frappe.qb.from_(row)
			.select(row.parent, *(row[column] for column in OFFICER_COLUMNS))
			.where(
				(row.parenttype == MISSION) & row.parent.isin(missions) & (row.position != Position.OFFICER)
			)
			.orderby(row.parent)
			.orderby(row.idx)
		)
		for officer in query.run(as_dict=True):
			found[officer.parent].append(officer)
	return found
