"""When a person's daily digest comes, by their own clock.

Where the clock jumps forward, an hour that does not exist is the moment it would have been without the jump; where it
is put back, an hour that comes twice is the first one that is still to come.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..choices import StrEnum


class Delivery(StrEnum):
	"""When somebody is told of what happens."""

	AT_ONCE = "At Once"
	DAILY_DIGEST = "Daily Digest"


UTC = ZoneInfo("UTC")
ONE_DAY = timedelta(days=1)


def next_digest(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
	"""Returns the first moment from `now` (aware) on at which it is `hour` (0 to 23) in `zone`, in that zone."""
	here = _in_zone(now, zone)
	today = _at(here.date(), hour, here, zone)
	return _at(here.date() + ONE_DAY, hour, here, zone) if _is_before(today, here) else today


def _at(day: date, hour: int, not_before: datetime, zone: ZoneInfo) -> datetime:
	"""The moment the clock of `zone` shows an hour on `day`; of two, the first that is not before `not_before`."""
	first, second = (
		_in_zone(datetime.combine(day, time(hour, fold=fold), tzinfo=zone), zone) for fold in (0, 1)
	)
	return second if _is_before(first, not_before) and not _is_before(second, not_before) else first


def _is_before(one: datetime, other: datetime) -> bool:
	"""Two moments in one zone are compared by their clocks alone, which says nothing in an hour that comes twice."""
	return one.astimezone(UTC) < other.astimezone(UTC)


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
	"""By way of UTC, so that a time the clock jumped over becomes one it shows."""
	return moment.astimezone(UTC).astimezone(zone)
