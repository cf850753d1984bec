"""A delegation visit: how it moves from a request to its end, and what an outbound one discloses before it is accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..choices import StrEnum


class VisitDirection(StrEnum):
	"""Who travels: guests to our city, or our people to a partner."""

	INBOUND = "Inbound"
	OUTBOUND = "Outbound"


class VisitKind(StrEnum):
	"""What a visit is for, by which its checklist and its reports go."""

	OFFICIAL = "Official"
	TECHNICAL = "Technical"
	TRADE_MISSION = "Trade mission"
	STUDENT = "Student"
	MEDIA = "Media"


class VisitStatus(StrEnum):
	"""How far a visit has come."""

	REQUESTED = "Requested"
	PROPOSED = "Proposed"
	ACCEPTED = "Accepted"
	DECLINED = "Declined"
	PREPARING = "Preparing"
	UNDER_WAY = "Under way"
	HELD = "Held"
	CANCELLED = "Cancelled"


class Side(StrEnum):
	"""To whom a person in a visit belongs."""

	VISITING = "Visiting"
	HOST = "Host"


class LetterKind(StrEnum):
	"""What a letter about a visit tells."""

	ACCEPTED = "Accepted"
	DECLINED = "Declined"
	CANCELLED = "Cancelled"
	THANKS = "Thank you"


class TalkingPointWeight(StrEnum):
	"""How much it matters that something is said, the weightiest first."""

	MUST = "Must be raised"
	SHOULD = "Should be raised"
	MAY = "If there is time"


class PayerKind(StrEnum):
	"""Who bears a cost; a gift of travel by somebody outside is disclosed with its source."""

	OUR_CITY = "Our city"
	PARTNER = "Partner"
	OTHER = "Another organisation"
	TRAVELLER = "Traveller"


S = VisitStatus
MOVES: dict[VisitStatus, tuple[VisitStatus, ...]] = {
	S.REQUESTED: (S.PROPOSED, S.ACCEPTED, S.DECLINED, S.CANCELLED),
	S.PROPOSED: (S.ACCEPTED, S.DECLINED, S.CANCELLED),
	S.ACCEPTED: (S.PREPARING, S.UNDER_WAY, S.CANCELLED),
	# A refusal may be reconsidered; a cancelled visit is asked for again as a new one.
	S.DECLINED: (S.PROPOSED,),
	S.PREPARING: (S.UNDER_WAY, S.CANCELLED),
	S.UNDER_WAY: (S.HELD, S.CANCELLED),
	S.HELD: (),
	S.CANCELLED: (),
}
OPEN = (S.REQUESTED, S.PROPOSED)
"""Nobody has said yes or no."""
AGREED = (S.ACCEPTED, S.PREPARING, S.UNDER_WAY, S.HELD)
"""It takes place or took place."""
COMING = (S.ACCEPTED, S.PREPARING, S.UNDER_WAY)
"""Somebody has to do something about it."""
OFF = (S.DECLINED, S.CANCELLED)
PAID_BY_OTHERS = (PayerKind.PARTNER, PayerKind.OTHER)


def may_move(before: str, after: str) -> bool:
	"""Whether a visit may go from one status to another; staying is no move and always allowed."""
	return before == after or after in MOVES.get(VisitStatus(before), ())


def may_begin(status: str, leaves_on: date | None, today: date) -> bool:
	"""Whether a new record may start in a status: as a request or a proposal, or as a past visit that was held."""
	return status in OPEN or (status == S.HELD and leaves_on is not None and leaves_on <= today)


def is_too_early(status: str, arrives_on: date | None, today: date) -> bool:
	"""Whether a visit is said to be under way or held before anybody has arrived."""
	return status in (S.UNDER_WAY, S.HELD) and arrives_on is not None and today < arrives_on


@dataclass(frozen=True)
class Cost:
	"""One cost of a visit, as far as disclosure asks."""

	number: int
	payer_kind: str
	payer: str
	amount: float


class Undisclosed(StrEnum):
	"""What an outbound visit has to say before it is accepted, and does not."""

	PURPOSE = "purpose"
	TRAVELLERS = "travellers"
	AUTHORISATION = "authorisation"
	COSTS = "costs"
	PAYER = "payer"


def undisclosed(
	purpose: str, travellers: int, authorised_by: str, costs: Sequence[Cost], without_cost: bool
) -> list[tuple[Undisclosed, int]]:
	"""What the travel disclosure of an outbound visit lacks, each with the number of the cost it is about or 0.

	After the travel policies of US cities (Cupertino): prior authorisation, the public purpose, who travels, what it costs
	and who pays; whoever pays from outside is named.
	"""
	missing = [
		(Undisclosed.PURPOSE, not purpose.strip()),
		(Undisclosed.TRAVELLERS, travellers == 0),
		(Undisclosed.AUTHORISATION, not authorised_by.strip()),
		(Undisclosed.COSTS, not costs and not without_cost),
	]
	unnamed = [cost.number for cost in costs if cost.payer_kind in PAID_BY_OTHERS and not cost.payer.strip()]
	return [(what, 0) for what, lacks in missing if lacks] + [(Undisclosed.PAYER, row) for row in unnamed]


def named_twice(names: Iterable[str]) -> str | None:
	"""The first name that stands there twice, however it is spaced or capitalised."""
	seen: set[str] = set()
	for name in names:
		if (key := name_key(name)) in seen:
			return name
		seen.add(key)
	return None


def name_key(name: str) -> str:
	"""A name as it is compared: case and spaces do not count."""
	return " ".join(name.split()).casefold()
