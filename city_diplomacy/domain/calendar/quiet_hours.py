"""When a notice may reach a person: quiet hours, days off and the hour of a daily digest, in his time zone.

Times of day are what the person's clock shows. Where the clock jumps forward, a time that does not exist is
the moment it would have been without the jump; where it is put back, a time that comes twice is the first
one that is still to come. Moments are aware datetimes; answers are in the zone asked about.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from city_diplomacy.domain.calendar.deadlines import add_working_days

UTC = ZoneInfo("UTC")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Choice:
	"""What a person wants.

	From `quiet_from` up to, not including, `quiet_until` nothing reaches him; the window may cross midnight,
	and two equal or missing times mean no quiet hours. `digest_at` is when his daily digest comes. With
	`rests_on_days_off`, nothing comes on a day off.
	"""

	zone: ZoneInfo
	daily_digest: bool = False
	digest_at: time = time(8)
	quiet_from: time | None = None
	quiet_until: time | None = None
	rests_on_days_off: bool = False

	@property
	def has_quiet_hours(self) -> bool:
		return None not in (self.quiet_from, self.quiet_until) and self.quiet_from != self.quiet_until

	def is_quiet_at(self, clock: time) -> bool:
		"""Whether `clock`, a time of day, lies in the quiet hours."""
		if not self.has_quiet_hours:
			return False
		if self.quiet_from < self.quiet_until:
			return self.quiet_from <= clock < self.quiet_until
		return clock >= self.quiet_from or clock < self.quiet_until


def next_moment(now: datetime, choice: Choice, holidays: Collection[date] = ()) -> datetime:
	"""The first moment from `now` on at which something may reach the person; `now` itself if it may.

	`holidays` as in `deadlines`: without any, Saturdays and Sundays are days off. Raises DeadlineError when
	the calendar ends before a working day comes.
	"""
	moment = _in_zone(now, choice.zone)
	while True:
		later = _after_quiet_hours(_after_days_off(moment, choice, holidays), choice)
		if later is moment:
			return moment
		moment = later


def next_digest(now: datetime, choice: Choice, holidays: Collection[date] = ()) -> datetime:
	"""The first digest from `now` on: at its hour, or when quiet hours or days off that cover it are over."""
	moment = _in_zone(now, choice.zone)
	at_hour = _at(moment.date(), choice.digest_at, moment)
	if _is_before(at_hour, moment):
		at_hour = _at(moment.date() + ONE_DAY, choice.digest_at, moment)
	if choice.rests_on_days_off:
		working_day = add_working_days(at_hour.date(), 0, holidays)
		if working_day != at_hour.date():
			at_hour = _at(working_day, choice.digest_at, moment)
	return next_moment(at_hour, choice, holidays)


def _after_days_off(moment: datetime, choice: Choice, holidays: Collection[date]) -> datetime:
	if not choice.rests_on_days_off:
		return moment
	working_day = add_working_days(moment.date(), 0, holidays)
	return moment if working_day == moment.date() else _at(working_day, time(), moment)


def _after_quiet_hours(moment: datetime, choice: Choice) -> datetime:
	clock = moment.time()
	if not choice.is_quiet_at(clock):
		return moment
	ends_today = clock < choice.quiet_until
	return _at(moment.date() if ends_today else moment.date() + ONE_DAY, choice.quiet_until, moment)


def _at(day: date, clock: time, not_before: datetime) -> datetime:
	"""The moment the person's clock shows `clock` on `day`; of two, the first that is not before `not_before`."""
	first = _in_zone(datetime.combine(day, clock, tzinfo=not_before.tzinfo), not_before.tzinfo)
	second = _in_zone(
		datetime.combine(day, clock.replace(fold=1), tzinfo=not_before.tzinfo), not_before.tzinfo
	)
	return second if _is_before(first, not_before) and not _is_before(second, not_before) else first


def _is_before(one: datetime, other: datetime) -> bool:
	"""Two moments in one zone are compared by their clocks alone, which says nothing in an hour that comes twice."""
	return one.astimezone(UTC) < other.astimezone(UTC)


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
	"""By way of UTC, so that a time the clock jumped over becomes one it shows."""
	return moment.astimezone(UTC).astimezone(zone)
