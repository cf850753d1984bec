"""How long is kept what guests eat and need, which tells of health and belief."""

from datetime import date, timedelta

DAYS_KEPT = 30


def last_day_deleted(today: date) -> date:
	"""The latest day of departure of the visits whose guests' needs are deleted today."""
	return today - timedelta(days=DAYS_KEPT + 1)
