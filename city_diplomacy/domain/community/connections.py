"""Who here connects a city to whom there: residents' organisations, partners, agreements and trade leads by country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..choices import StrEnum


class Group(StrEnum):
	"""What is counted of a country."""

	ORGANISATIONS = "organisations"
	PARTNERS = "partners"
	AGREEMENTS = "agreements"
	LEADS = "leads"


class Gap(StrEnum):
	"""What a country has on one side alone."""

	NO_PARTNER = "no partner"
	NO_ORGANISATION = "no organisation"
	NO_LEAD = "no lead"


@dataclass(frozen=True)
class Tie:
	"""One country; a number is None where the reader may know of none of that kind."""

	country: str
	organisations: int
	partners: int
	agreements: int | None
	leads: int | None

	@property
	def there(self) -> int:
		"""How much there is on the other side."""
		return self.partners + (self.agreements or 0) + (self.leads or 0)

	@property
	def gap(self) -> Gap | None:
		"""What is missing most: a partner where residents have roots, residents where a partner or a market is, trade
		where there are both. None where nothing is, and where the reader may not know."""
		if self.organisations and not self.partners:
			return Gap.NO_PARTNER
		if not self.organisations and (self.partners or self.leads):
			return Gap.NO_ORGANISATION
		if self.organisations and self.partners and self.leads == 0:
			return Gap.NO_LEAD
		return None


def ties(counts: Mapping[Group, Mapping[str, int] | None]) -> list[Tie]:
	"""A row for each country that has something on one side, the most connected first.

	A country connects where it has both sides: these come first, by how many organisations and how much there they have.
	"""
	countries = {country for numbers in counts.values() for country in numbers or ()}
	rows = (
		Tie(
			country,
			(counts.get(Group.ORGANISATIONS) or {}).get(country, 0),
			(counts.get(Group.PARTNERS) or {}).get(country, 0),
			_number(counts.get(Group.AGREEMENTS), country),
			_number(counts.get(Group.LEADS), country),
		)
		for country in countries
	)
	return sorted(rows, key=_rank)


def _number(numbers: Mapping[str, int] | None, country: str) -> int | None:
	return None if numbers is None else numbers.get(country, 0)


def _rank(tie: Tie) -> tuple[int, int, str]:
	connected = min(tie.organisations, 1) * min(tie.there, 1)
	return (-connected, -(tie.organisations + tie.there), tie.country)


def widths(numbers: Iterable[int], longest: int) -> list[int]:
	"""How long the bars of numbers are, the largest `longest`; what is not nothing can be seen."""
	listed = list(numbers)
	most = max(listed, default=0)
	return [max(2, round(number * longest / most)) if number else 0 for number in listed]
