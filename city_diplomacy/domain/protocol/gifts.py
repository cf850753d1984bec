"""Official gifts: which need somebody else's approval, by the city's dated thresholds, and how they are logged."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..choices import StrEnum


class GiftStatus(StrEnum):
	"""Whether a gift may be kept or given."""

	LOGGED = "Logged"
	TO_BE_DECIDED = "To Be Decided"
	APPROVED = "Approved"
	REFUSED = "Refused"


class Direction(StrEnum):
	RECEIVED = "Received"
	GIVEN = "Given"


class Custody(StrEnum):
	"""Where a gift is."""

	OUR_PERSON = "With our person"
	PROTOCOL = "With protocol"
	STORAGE = "In storage"
	DISPLAY = "On display"
	RECIPIENT = "With the recipient"
	DISPOSED = "Disposed of"


@dataclass(frozen=True)
class Gift:
	"""What a threshold asks of a gift. `year_sum` is that of all gifts of its source in its year, itself included."""

	direction: str
	official_role: str
	source_kind: str
	given_on: date
	value: float
	year_sum: float
	currency: str | None


@dataclass(frozen=True)
class Threshold:
	"""A row of the city's table: of which gifts it speaks, when it is in force, and what needs approval.

	What is empty speaks of all; a limit of 0 is none.
	"""

	name: str
	valid_from: date
	valid_until: date | None = None
	direction: str | None = None
	official_role: str | None = None
	source_kind: str | None = None
	above_value: float = 0
	above_year_sum: float = 0
	currency: str | None = None

	def speaks_of(self, gift: Gift) -> bool:
		in_force = self.valid_from <= gift.given_on and (
			self.valid_until is None or gift.given_on <= self.valid_until
		)
		return (
			in_force
			and self.direction in (None, "", gift.direction)
			and self.official_role in (None, "", gift.official_role)
			and self.source_kind in (None, "", gift.source_kind)
			and self.currency in (None, "", gift.currency)
		)


class Limit(StrEnum):
	"""Which limit of a threshold a gift is above."""

	VALUE = "value"
	YEAR_SUM = "year sum"


@dataclass(frozen=True)
class Exceeded:
	threshold: Threshold
	limit: Limit


def exceeded(gift: Gift, thresholds: Iterable[Threshold]) -> list[Exceeded]:
	"""The limits a gift is above; what is exactly the limit is not above it."""
	found = []
	for one in thresholds:
		if not one.speaks_of(gift):
			continue
		if one.above_value and gift.value > one.above_value:
			found.append(Exceeded(one, Limit.VALUE))
		if one.above_year_sum and gift.year_sum > one.above_year_sum:
			found.append(Exceeded(one, Limit.YEAR_SUM))
	return found


def quarter_of(day: date) -> str:
	"""A day's quarter, such as 2026-Q3; quarters sort by their text."""
	return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"


_EMAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:]+")
# Seven digits or more, with what people put between them.
_TELEPHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/–]{0,3}\d){6,}(?!\w)")


def without_contact_data(text: str, instead: str) -> str:
	"""A text in which `instead` stands for e-mail addresses and telephone numbers."""
	return _TELEPHONE.sub(instead, _EMAIL.sub(instead, text))
