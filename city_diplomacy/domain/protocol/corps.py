"""The consular corps: what kinds of missions there are, who is in them, and who heads one on a day."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from itertools import pairwise

from ..choices import StrEnum


class MissionType(StrEnum):
	"""What kind of office another country keeps in the city."""

	EMBASSY_OFFICE = "Embassy office"
	CONSULATE_GENERAL = "Consulate-general"
	CONSULATE = "Consulate"
	VICE_CONSULATE = "Vice-consulate or agency"
	HONORARY = "Honorary consulate"
	REPRESENTATIVE = "Representative office"


class Rank(StrEnum):
	"""The classes of heads of posts, the highest first (Vienna Convention on Consular Relations, article 9)."""

	CONSUL_GENERAL = "Consul-general"
	CONSUL = "Consul"
	VICE_CONSUL = "Vice-consul"
	CONSULAR_AGENT = "Consular agent"


class Category(StrEnum):
	"""Whether consular office is somebody's career (article 1, paragraph 2)."""

	CAREER = "Career"
	HONORARY = "Honorary"


class Position(StrEnum):
	"""What somebody is at their post."""

	HEAD = "Head of post"
	ACTING_HEAD = "Acting head of post"
	OFFICER = "Consular officer"


@dataclass(frozen=True)
class Officer:
	"""Somebody who serves at a mission, and since when they were admitted to it."""

	full_name: str
	position: Position = Position.HEAD
	rank: Rank | None = None
	category: Category = Category.CAREER
	provisional_admission: date | None = None
	exequatur: date | None = None
	commission_presented: date | None = None
	from_date: date | None = None
	to_date: date | None = None
	form_of_address: str = ""
	pronunciation: str = ""

	def serves_on(self, day: date) -> bool:
		return (self.from_date is None or self.from_date <= day) and (
			self.to_date is None or day <= self.to_date
		)

	def admitted_on(self, day: date) -> date | None:
		"""The date they rank by on a day: of provisional admission where it came first, else of the exequatur.

		What is granted later than `day` does not count yet. (Article 16, paragraphs 1 and 2)
		"""
		granted = [one for one in (self.provisional_admission, self.exequatur) if one and one <= day]
		return min(granted, default=None)


def head_on(officers: Iterable[Officer], day: date) -> Officer | None:
	"""Who heads a mission on a day: the acting head where there is one, since the head is away then (article 15).

	Of several, whoever came last; where that is not known either, the first by name, then by all else that is recorded.
	"""
	present = [one for one in officers if one.serves_on(day) and one.position != Position.OFFICER]
	acting = [one for one in present if one.position == Position.ACTING_HEAD]
	return min(acting or present, key=_latest_first, default=None)


def _latest_first(officer: Officer) -> tuple[int, str, tuple[str, ...]]:
	# Two of one name are told apart by the rest, so that who was entered first never counts.
	recorded = tuple(str(value or "") for value in astuple(officer))
	return -(officer.from_date or date.min).toordinal(), officer.full_name, recorded


def two_heads_at_once(officers: Iterable[Officer]) -> tuple[Officer, Officer] | None:
	"""Two heads of post, acting or not, whose times overlap; None where no two do.

	Acting heads and heads may overlap: the head who is away stays the head.
	"""
	for position in (Position.HEAD, Position.ACTING_HEAD):
		heads = sorted(
			(one for one in officers if one.position == position),
			key=lambda one: (one.from_date or date.min, one.to_date or date.max),
		)
		for first, second in pairwise(heads):
			# Whoever leaves on the day the next arrives overlaps with nobody.
			if (first.to_date or date.max) > (second.from_date or date.min):
				return first, second
	return None
