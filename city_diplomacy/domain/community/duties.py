"""The duties of sister-city committees: when each falls due again, and who is reminded when."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ..choices import StrEnum


class DutyStatus(StrEnum):
	"""Whether a duty is still owed."""

	OPEN = "Open"
	DONE = "Done"
	DROPPED = "Dropped"


class Recurrence(StrEnum):
	"""How often a duty falls due."""

	ONCE = "Once"
	MONTHLY = "Monthly"
	QUARTERLY = "Quarterly"
	HALF_YEARLY = "Half-yearly"
	YEARLY = "Yearly"
	EVERY_TWO_YEARS = "Every two years"
	EVERY_THREE_YEARS = "Every three years"


MONTHS = {
	Recurrence.MONTHLY: 1,
	Recurrence.QUARTERLY: 3,
	Recurrence.HALF_YEARLY: 6,
	Recurrence.YEARLY: 12,
	Recurrence.EVERY_TWO_YEARS: 24,
	Recurrence.EVERY_THREE_YEARS: 36,
}
LAST_YEAR = 2999


def next_due(due: date, recurs: Recurrence, day_of_month: int = 0) -> date | None:
	"""The day after `due` on which a duty is due again; None for one that is due once.

	`day_of_month` is the day it was set to: what is due on the 31st is due on the last day of a shorter month, and on the
	31st again after it.
	"""
	months = MONTHS.get(recurs)
	if not months:
		return None
	year, month = divmod(due.year * 12 + due.month - 1 + months, 12)
	if year > LAST_YEAR:
		return None
	month += 1
	return date(year, month, min(day_of_month or due.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Reminders:
	"""Of which due days somebody was told already: ahead of the day, and after it."""

	ahead: date | None = None
	overdue: date | None = None


class Reminder(StrEnum):
	AHEAD = "ahead"
	OVERDUE = "overdue"


def reminder_due(due: date, days_before: int, today: date, told: Reminders) -> Reminder | None:
	"""What somebody is to be told today of a duty that is open; each is told once for each due day."""
	if due < today:
		return Reminder.OVERDUE if told.overdue != due else None
	if due - timedelta(days=days_before) <= today and told.ahead != due:
		return Reminder.AHEAD
	return None
