"""The calendar of an agreement: when it ends, when it is looked at again, by when notice must be given.

Months are calendar months, and a month too short for the day ends on its last day: from 31 January, one
month is 28 February; from 29 February 2024, twelve months are 28 February 2025.

The expiry date is the anniversary itself and is the last day in force: effective on 1 May 2026 for 12
months, an agreement is active through 1 May 2027 and expired on 2 May 2027.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .partial_dates import PartialDate


class TermError(ValueError):
	"""A term that cannot be counted; the message is a sentence."""


def expiry_date(effective: date, months: int | None) -> date | None:
	"""The last day in force, `months` calendar months after the effective date; None when unlimited."""
	return None if months is None else _after(effective, months)


def next_review(effective: date, months: int | None, today: date) -> date | None:
	"""The first review day after `today`, or None when no reviews are held.

	Each review is counted from the effective date, so an agreement of the 31st is reviewed on the 31st
	wherever the month has one, and does not drift to the 28th after a February.
	"""
	if months is None:
		return None
	_refuse_length(months)
	elapsed = (today.year - effective.year) * 12 + today.month - effective.month
	count = max(1, elapsed // months)
	while (due := _after(effective, count * months)) <= today:
		count += 1
	return due


def notice_deadline(expiry: date | None, notice_days: int | None) -> date | None:
	"""The last day to give notice, in calendar days before the expiry; None without an expiry or notice."""
	if expiry is None or notice_days is None:
		return None
	_refuse_notice(notice_days)
	try:
		return expiry - timedelta(days=notice_days)
	except OverflowError as error:
		raise TermError(f"{notice_days} days before {_spoken(expiry)} lie outside the calendar.") from error


def _after(start: date, months: int) -> date:
	_refuse_length(months)
	try:
		due: date = start + relativedelta(months=months)
	except (ValueError, OverflowError) as error:
		raise TermError(f"{months} months after {_spoken(start)} lie outside the calendar.") from error
	return due


def _refuse_length(months: int | None) -> None:
	if months is not None and months < 1:
		raise TermError(
			f"A term or review interval is at least 1 month, not {months}; leave it empty for none."
		)


def _refuse_notice(days: int | None) -> None:
	if days is not None and days < 0:
		raise TermError(f"Days of notice are counted from 0 upwards, not {days}.")


def _spoken(day: date) -> str:
	return PartialDate(day).display()
