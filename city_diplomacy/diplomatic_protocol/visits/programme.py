"""The programme of a visit: each item at a place and time, for people who are nowhere else then."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, format_datetime, get_fullname

from city_diplomacy.diplomatic_protocol.visits.exceptions import ProgrammeError
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol import programme as rules
from city_diplomacy.domain.protocol.programme import Collision, Item
from city_diplomacy.domain.protocol.visits import OFF, Side, VisitDirection, name_key
from city_diplomacy.registers.record_dates import date_of
from city_diplomacy.registers.record_times import read_times, time_of
from city_diplomacy.registers.time_zones import check_time_zone, own_time_zone

ITEM = "Visit Programme Item"
WHOLE_DELEGATION = ""
# No item lasts longer, in any time zone: so far around those of a programme others can overlap with them.
LONGEST = timedelta(days=7)


def settle_programme(visit: Any) -> None:
	"""Times that are times, the right way round, and nobody in two places. Raises ProgrammeError or RegisterError."""
	zone = zone_of(visit)
	for row in visit.programme:
		read_times(row)
		check_time_zone(row)
		row.time_zone = row.time_zone or zone
		_check_span(row)
	if visit.status in OFF or not visit.programme:
		return
	_refuse_unknown_people(visit)
	items = items_of(visit)
	_refuse_collisions(visit, [*items, *_items_elsewhere(visit, items)], {item.key for item in items})
	_tell_of_items_outside(visit, items)


def zone_of(visit: Any) -> str:
	"""Where a visit takes place: as it says, else in its partner city, else in ours."""
	if visit.time_zone:
		return visit.time_zone
	if visit.direction == VisitDirection.OUTBOUND:
		cities = [row.partner for row in visit.partners if row.partner_type == "Partner City"]
		zone = frappe.db.get_value("Partner City", cities[0], "time_zone") if cities else None
		if zone:
			return zone
	return own_time_zone()


def span_of(row: Any) -> tuple[datetime, datetime]:
	"""When an item begins and ends, as the clocks show it there."""
	day = date_of(row, "day")
	last = date_of(row, "ends_on") or day
	return datetime.combine(day, time_of(row.starts_at)), datetime.combine(last, time_of(row.ends_at))


def items_of(visit: Any) -> list[Item]:
	"""The programme as the rules take it. A delegate who has an account with us is known by it."""
	accounts = {name_key(row.name_as_written): row.user for row in visit.delegates if row.user}
	gone = {name_key(row.name_as_written) for row in visit.delegates if row.withdrawn_on}
	whole = {
		name_key(row.name_as_written)
		for row in visit.delegates
		if row.side == Side.VISITING and not row.withdrawn_on
	}
	items = []
	for row in visit.programme:
		named = {name_key(name) for name in named_in(row)}
		keys = named - gone if named else whole
		people = {accounts.get(key) or key for key in keys}
		if not named:
			# Whoever is added to it later is in no two places either.
			people.add(WHOLE_DELEGATION)
		items.append(_item(row, f"{visit.name or ''}/{row.idx}", people))
	return items


def named_in(row: Any) -> list[str]:
	"""The people an item names, one a line."""
	return [" ".join(line.split()) for line in cstr(row.takes_part).splitlines() if line.strip()]


def rename_in_programme(visit: Any, before: str, after: str) -> None:
	"""Let the items that name somebody follow their name, in a document that is saved after that."""
	for row in visit.programme:
		names = named_in(row)
		if name_key(before) in {name_key(name) for name in names}:
			row.takes_part = "\n".join(
				after if name_key(name) == name_key(before) else name for name in names
			)


def _item(row: Any, key: str, people: Iterable[str]) -> Item:
	helpers = [row.lead, name_key(cstr(row.interpreter))]
	starts, ends = span_of(row)
	return Item(key, row.title, starts, ends, row.time_zone, frozenset({*people, *filter(None, helpers)}))


def _check_span(row: Any) -> None:
	if not (date_of(row, "day") and row.starts_at and row.ends_at):
		frappe.throw(
			_("Row {0} of the programme: enter its day, when it starts and when it ends.").format(row.idx),
			ProgrammeError,
		)
	starts, ends = span_of(row)
	if ends <= starts:
		frappe.throw(
			_("{0} ends at {1}, which is not after it starts at {2}; correct one of the two.").format(
				escape_html(row.title), format_datetime(ends), format_datetime(starts)
			),
			ProgrammeError,
		)
	if ends - starts > LONGEST:
		frappe.throw(
			_("{0} lasts more than {1} days; enter an item for each day.").format(
				escape_html(row.title), LONGEST.days
			),
			ProgrammeError,
		)


def _refuse_unknown_people(visit: Any) -> None:
	# A withdrawn delegate may still be named; the item goes on without them.
	known = {name_key(row.name_as_written) for row in visit.delegates}
	for row in visit.programme:
		for name in named_in(row):
			if name_key(name) not in known:
				frappe.throw(
					_(
						"{0} takes part in {1} and is not among the delegates; add them there or leave them out."
					).format(escape_html(name), escape_html(row.title)),
					ProgrammeError,
				)


def _items_elsewhere(visit: Any, items: Sequence[Item]) -> list[Item]:
	"""Items of other visits that somebody of ours leads who leads one of these, around the same time."""
	leads = sorted({row.lead for row in visit.programme if row.lead})
	if not leads:
		return []
	item, other = frappe.qb.DocType(ITEM), frappe.qb.DocType(VISIT)
	first, last = min(one.starts for one in items), max(one.ends for one in items)
	rows = (
		frappe.qb.from_(item)
		.inner_join(other)
		.on((item.parent == other.name) & (item.parenttype == VISIT))
		.select(item.title, item.day, item.starts_at, item.ends_at, item.ends_on, item.time_zone, item.lead)
		.select(item.interpreter, item.idx, other.name.as_("visit"), other.visit_title)
		.where(item.lead.isin(leads) & (other.name != (visit.name or "")) & other.status.notin(OFF))
		.where((item.day >= first.date() - LONGEST) & (item.day <= last.date() + timedelta(days=2)))
		.run(as_dict=True)
	)
	found = []
	for row in rows:
		row.title = _("{0} of the visit {1}").format(row.title, row.visit_title)
		found.append(_item(row, f"{row.visit}/{row.idx}", ()))
	return found


def _refuse_collisions(visit: Any, items: Sequence[Item], own: set[str]) -> None:
	for one in rules.collisions(items):
		if {one.first.key, one.second.key} & own:
			frappe.throw(_collision(visit, one), ProgrammeError)


def _collision(visit: Any, one: Collision) -> str:
	names = {name_key(row.name_as_written): row.name_as_written for row in visit.delegates}
	names |= {name_key(cstr(row.interpreter)): row.interpreter for row in visit.programme if row.interpreter}
	if one.person == WHOLE_DELEGATION:
		person = _("The delegation")
	else:
		person = names.get(one.person) or get_fullname(one.person)
	return _(
		"{0} would be at {1} ({2}) and at {3} ({4}) at the same time; move one, or say who takes part."
	).format(
		escape_html(person),
		escape_html(one.first.title),
		_times(one.first),
		escape_html(one.second.title),
		_times(one.second),
	)


def _times(item: Item) -> str:
	return _("{0} to {1}, {2}").format(format_datetime(item.starts), format_datetime(item.ends), item.zone)


def _tell_of_items_outside(visit: Any, items: Sequence[Item]) -> None:
	"""A visit that is moved leaves its programme behind; whoever moved it is told, and nothing is refused."""
	left = rules.outside(items, date_of(visit, "arrives_on"), date_of(visit, "leaves_on"))
	if left and not frappe.flags.in_import:
		frappe.msgprint(
			_("These items lie outside the days of the visit: {0}.").format(
				", ".join(escape_html(item.title) for item in left)
			),
			title=_("Programme"),
			indicator="orange",
		)
