"""What stands in a calendar somebody subscribes to: entries on days or at moments, and which of them are shown when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ..choices import StrEnum

SHOWN_BACK = timedelta(days=30)
SHOWN_AHEAD = timedelta(days=400)
CANCELLED_KEPT = timedelta(days=60)
"""So long a cancelled entry says so; a calendar that asked less often than that removes it like one that is gone."""
MOST = 1_000
"""Of one register."""


class EntryStatus(StrEnum):
	"""As RFC 5545 has it."""

	TENTATIVE = "TENTATIVE"
	CONFIRMED = "CONFIRMED"
	CANCELLED = "CANCELLED"


class FeedStatus(StrEnum):
	"""Whether a feed's address opens it."""

	ACTIVE = "Active"
	REVOKED = "Revoked"


@dataclass(frozen=True)
class Entry:
	"""One entry of a calendar.

	Attributes:
		key: the same for the same thing at any time, and for nothing else
		title: what it is called
		starts: its first day, or the moment as the clocks show it in `zone`
		ends: its last day, or the moment it ends; None where no end is known
		made, changed: when the record was made and last changed, in UTC
		zone: the name of the time zone of its moments
		status: whether it takes place
		place, words, address: where, what else there is to say, and the page that shows it
	"""

	key: str
	title: str
	starts: date
	ends: date | None
	made: datetime
	changed: datetime
	zone: str = ""
	status: EntryStatus = EntryStatus.CONFIRMED
	place: str = ""
	words: str = ""
	address: str = ""

	@property
	def has_hours(self) -> bool:
		return isinstance(self.starts, datetime)

	@property
	def first_day(self) -> date:
		return day_of(self.starts)

	@property
	def last_day(self) -> date:
		return max(self.first_day, day_of(self.ends or self.starts))

	@property
	def sequence(self) -> int:
		"""Later versions count higher, whatever else happened to the record."""
		return max(0, int((self.changed - self.made).total_seconds()))


@dataclass(frozen=True)
class Span:
	"""The days a calendar shows, and since when what is cancelled was changed to be shown as cancelled."""

	first: date
	last: date
	cancelled_since: date


def span_on(today: date) -> Span:
	"""What is shown of a calendar that is read on a day."""
	return Span(today - SHOWN_BACK, today + SHOWN_AHEAD, today - CANCELLED_KEPT)


def shown(entries: Iterable[Entry], span: Span) -> list[Entry]:
	"""Those on the days shown, by their days; what is cancelled for as long as calendars may still have to hear of it."""
	found = [entry for entry in entries if _is_shown(entry, span)]
	return sorted(found, key=lambda entry: (entry.first_day, entry.key))


def _is_shown(entry: Entry, span: Span) -> bool:
	if entry.status is EntryStatus.CANCELLED and entry.changed.date() < span.cancelled_since:
		return False
	return entry.first_day <= span.last and entry.last_day >= span.first


def day_of(moment: date) -> date:
	"""The day of a moment, as the clocks show it there."""
	return moment.date() if isinstance(moment, datetime) else moment


def instant(moment: datetime, zone: str) -> datetime:
	"""A time of day somewhere as the one moment it is, in UTC; of an hour that comes twice, the first."""
	return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
