"""When the clocks of a time zone change, as calendars have to be told beside the moments that are in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

STEP = timedelta(days=1)
EXACT = timedelta(seconds=1)


@dataclass(frozen=True)
class Observance:
	"""From when the clocks of a zone are by so much from UTC.

	Attributes:
		begins: the moment, as the clocks show it that were right until then
		before, after: by how much they are ahead of UTC until and from then on
		name: what the time is called from then on
		is_summer: whether it is summer time from then on
	"""

	begins: datetime
	before: timedelta
	after: timedelta
	name: str
	is_summer: bool


def observances(zone: str, first: datetime, last: datetime) -> list[Observance]:
	"""How the clocks of a zone are from one year to another: as the first year begins, and each change until the last ends."""
	rules = ZoneInfo(zone)
	moment = datetime(first.year, 1, 1, tzinfo=timezone.utc) - STEP
	end = datetime(last.year, 12, 31, tzinfo=timezone.utc) + 2 * STEP
	found = [_observance(rules, moment, _offset(rules, moment))]
	while moment < end:
		following = moment + STEP
		if _clock(rules, moment) != _clock(rules, following):
			found.append(_observance(rules, _change(rules, moment, following), _offset(rules, moment)))
		moment = following
	return found


def _change(rules: ZoneInfo, before: datetime, after: datetime) -> datetime:
	"""The first second of the other clock, between two moments with one change between them."""
	while after - before > EXACT:
		middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
		if _clock(rules, middle) == _clock(rules, before):
			before = middle
		else:
			after = middle
	return after


def _observance(rules: ZoneInfo, moment: datetime, before: timedelta) -> Observance:
	local = moment.astimezone(rules)
	return Observance(
		begins=(moment + before).replace(tzinfo=None),
		before=before,
		after=_offset(rules, moment),
		name=local.tzname() or rules.key,
		is_summer=bool(local.dst()),
	)


def _clock(rules: ZoneInfo, moment: datetime) -> tuple[timedelta, str | None]:
	return _offset(rules, moment), moment.astimezone(rules).tzname()


def _offset(rules: ZoneInfo, moment: datetime) -> timedelta:
	return moment.astimezone(rules).utcoffset() or timedelta()
