"""The programme of a visit: when its items are, in which time zone, and who would be in two places at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..calendar.entries import instant


@dataclass(frozen=True)
class Item:
	"""An item of a programme.

	Attributes:
		key: tells it apart from every other item that is compared
		title: what it is called
		starts, ends: as the clocks show it where it takes place
		zone: the name of the time zone there
		people: who takes part, leads or interprets, as keys that are the same for the same person
	"""

	key: str
	title: str
	starts: datetime
	ends: datetime
	zone: str
	people: frozenset[str]


@dataclass(frozen=True)
class Collision:
	"""A person two items ask for at the same time, the earlier one first."""

	person: str
	first: Item
	second: Item


def local(moment: datetime, zone: str) -> datetime:
	"""A moment in UTC as the clocks somewhere show it, without its zone."""
	return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def collisions(items: Iterable[Item]) -> list[Collision]:
	"""Every pair of items that overlap for a person, by time and then by person; one may begin as another ends."""
	of_person: dict[str, list[tuple[datetime, datetime, Item]]] = defaultdict(list)
	for item in items:
		span = (instant(item.starts, item.zone), instant(item.ends, item.zone))
		for person in item.people:
			of_person[person].append((*span, item))
	found = [
		(second[0], Collision(person, first[2], second[2]))
		for person, spans in of_person.items()
		for first, second in _overlapping(sorted(spans, key=lambda span: (span[0], span[1], span[2].key)))
	]
	return [
		one for _when, one in sorted(found, key=lambda pair: (pair[0], pair[1].person, pair[1].first.key))
	]


def _overlapping(
	spans: Sequence[tuple[datetime, datetime, Item]],
) -> Iterable[tuple[tuple[datetime, datetime, Item], tuple[datetime, datetime, Item]]]:
	for place, first in enumerate(spans):
		for second in spans[place + 1 :]:
			if second[0] >= first[1]:
				break
			yield first, second


def outside(items: Iterable[Item], arrives: date, leaves: date) -> list[Item]:
	"""The items that lie wholly before the day of arrival or wholly after the day of departure, there."""
	return [item for item in items if item.ends.date() < arrives or item.starts.date() > leaves]


def on_days(items: Iterable[Item]) -> list[tuple[date, list[Item]]]:
	"""The items by the day on which they begin there, each day's in the order of their moments."""
	days: dict[date, list[Item]] = defaultdict(list)
	for item in sorted(items, key=lambda one: (instant(one.starts, one.zone), one.key)):
		days[item.starts.date()].append(item)
	return sorted(days.items())


def days_shown(arrives: date, leaves: date) -> tuple[datetime, datetime]:
	"""The moments between which items of a visit can lie in any time zone, for a query."""
	margin = timedelta(days=2)
	return (
		datetime.combine(arrives, datetime.min.time()) - margin,
		datetime.combine(leaves, datetime.min.time()) + margin,
	)
