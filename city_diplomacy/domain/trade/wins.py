"""Wins: what was claimed, what the company confirmed, what would have happened anyway. Three numbers, never added.

After the export wins of the United Kingdom's Data Hub (github.com/uktrade/data-hub-api): values by year 1 to 5 and by
kind, seven ratings, and seven bands for the part the company would have achieved by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..choices import StrEnum
from .leads import Direction


class WinStatus(StrEnum):
	"""How far a win is on its way to a figure one may quote."""

	DRAFT = "Draft"
	CLAIMED = "Claimed"
	SENT = "Sent"
	CONFIRMED = "Confirmed"
	DISPUTED = "Disputed"


ANSWERED = (WinStatus.CONFIRMED, WinStatus.DISPUTED)


class ValueKind(StrEnum):
	"""Of what kind a value is; kinds are never added to one another."""

	EXPORT = "Export"
	OUTWARD_INVESTMENT = "Outward investment"
	BUSINESS_SUCCESS = "Business success"
	INVESTMENT = "Investment"
	TOURISM = "Tourism"


KINDS_OF = {
	Direction.EXPORT: (ValueKind.EXPORT, ValueKind.OUTWARD_INVESTMENT, ValueKind.BUSINESS_SUCCESS),
	Direction.INWARD_INVESTMENT: (ValueKind.INVESTMENT,),
	Direction.TOURISM: (ValueKind.TOURISM,),
}


class WithoutUs(StrEnum):
	"""The part of a win the company would have achieved without the city."""

	NONE = "None of it"
	UP_TO_20 = "Up to 20 %"
	UP_TO_40 = "21 to 40 %"
	UP_TO_60 = "41 to 60 %"
	UP_TO_80 = "61 to 80 %"
	UP_TO_99 = "81 to 99 %"
	ALL = "All of it"


# A band counts by its middle.
SHARES = dict(zip(WithoutUs, (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0), strict=True))

# field of a win: what the company rates, from 1 (not at all) to 5 (very much); 0 where it does not apply
RATINGS = {
	"rating_support": "Our support overall",
	"rating_contacts": "Access to contacts",
	"rating_information": "Access to information",
	"rating_profile": "A better profile",
	"rating_confidence": "Confidence",
	"rating_relationships": "Relationships",
	"rating_problem": "A problem solved",
}
HIGHEST_RATING = 5
LONGEST_COMMENT = 5_000


class Fault(StrEnum):
	"""Why an answer cannot be taken; the verb says it in a sentence."""

	NEITHER = "neither agrees nor disputes"
	WITHOUT_WORDS = "disputes without words"
	TOO_LONG = "too many words"
	WITHOUT_BAND = "agrees without a band"
	RATING = "a rating that is none"


@dataclass(frozen=True)
class Answer:
	"""What a company says of a win."""

	agrees: bool | None
	without_us: str = ""
	ratings: dict[str, int] = field(default_factory=dict)
	faster: bool = False
	market_was_new: bool = False
	case_study: bool = False
	comments: str = ""


def fault_of(answer: Answer) -> Fault | None:
	"""The first thing that keeps an answer from being taken."""
	if answer.agrees is None:
		return Fault.NEITHER
	if len(answer.comments) > LONGEST_COMMENT:
		return Fault.TOO_LONG
	if not answer.agrees and not answer.comments.strip():
		return Fault.WITHOUT_WORDS
	if (answer.agrees and not answer.without_us) or (
		answer.without_us and answer.without_us not in list(WithoutUs)
	):
		return Fault.WITHOUT_BAND
	if any(name not in RATINGS or not 0 <= value <= HIGHEST_RATING for name, value in answer.ratings.items()):
		return Fault.RATING
	return None


def counted(claimed: float, status: str, without_us: str | None) -> tuple[float, float]:
	"""(confirmed, would have happened anyway) of a claimed value; both 0 until the company has agreed."""
	if status != WinStatus.CONFIRMED or not without_us:
		return 0.0, 0.0
	return claimed, round(claimed * SHARES[WithoutUs(without_us)], 2)


def shares_are_whole(shares: Sequence[Any]) -> bool:
	"""Whether advisers' shares are all left out, or all given and together 100."""
	given = [float(share or 0) for share in shares]
	return not any(given) or (all(given) and abs(sum(given) - 100) < 0.01)


def first_repeated(kinds: Iterable[str]) -> str | None:
	"""The first kind that stands in a second row."""
	seen: set[str] = set()
	for kind in kinds:
		if kind in seen:
			return kind
		seen.add(kind)
	return None
