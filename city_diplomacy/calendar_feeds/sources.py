"""What a DocType puts into calendars people subscribe to, each declared as `feed` in `registers/declared.py` (another app:
in its hook `calendar_feed_sources`).

A source is a function of the Span that is shown and of the person whose calendar it is. It reads with `listed`, so that
nothing is in it which they may not know of at that moment.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.utils import cstr, get_url_to_form

from city_diplomacy.access.rows import known_records, one_condition
from city_diplomacy.calendar_feeds.rendering import in_utc
from city_diplomacy.domain.calendar.entries import MOST, Entry, Span, shown
from city_diplomacy.registers.languages import in_language, language_of

Source = Callable[[Span, str], list[Entry]]
STAMPS = ("name", "creation", "modified")


def declared() -> list[Source]:
	"""The sources of every installed app."""
	return [frappe.get_attr(path) for path in frappe.get_hooks("calendar_feed_sources") or ()]


def entries_for(user: str, span: Span) -> list[Entry]:
	"""What stands in a person's calendar: of every source what they may know of now, in their language."""
	found: list[Entry] = []
	with one_condition(), in_language(language_of(user)):
		for source in declared():
			of_it = shown(source(span, user), span)
			found.extend(of_it[:MOST])
			if len(of_it) > MOST:
				found.append(_left_out(of_it[MOST]))
	return shown(found, span)


def listed(doctype: str, user: str, columns: tuple[str, ...], where: Criterion, by: str) -> list[Any]:
	"""The records a person may know of, by the column `by`: those that are shown, and one more if there are too many.

	`where` is a condition over `frappe.qb.DocType(doctype)`. A register somebody has no role for is not in their calendar.
	"""
	known = known_records(doctype, user)
	if known is None:
		return []
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(*(table[column] for column in (*STAMPS, *columns)))
	query = query.where(where & known).orderby(table[by]).orderby(table.name)
	return query.limit(MOST + 1).run(as_dict=True)


def entry(
	doctype: str, row: Any, title: str, starts: date, ends: date | None = None, key: str = "", **more: Any
) -> Entry:
	"""An entry about a record, with the page that shows it."""
	return Entry(
		key=key or row.name,
		title=cstr(title),
		starts=starts,
		ends=ends,
		made=in_utc(row.creation),
		changed=in_utc(row.modified),
		address=get_url_to_form(doctype, row.name),
		**more,
	)


def on_or_at(day: date, hour: Any) -> date:
	"""The moment of an hour on a day; the day alone where no hour is known."""
	return datetime.combine(day, hour) if hour else day


def _left_out(first: Entry) -> Entry:
	"""Says in the calendar itself from which day on it leaves out entries like one."""
	return Entry(
		key=f"more-than-{MOST}-{first.key}",
		title=_("More than {0} entries: from here on some are left out; see the calendar in Desk.").format(
			MOST
		),
		starts=first.first_day,
		ends=None,
		made=first.made,
		changed=first.changed,
	)
