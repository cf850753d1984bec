"""The phases of an international event: which follows which, and what each asks for."""

from collections.abc import Mapping
from typing import Any

from ..choices import StrEnum


class Phase(StrEnum):
	"""How far an event is, or how it ended before it was held."""

	BID = "Bid"
	AWARDED = "Awarded"
	PREPARING = "Preparing"
	HELD = "Held"
	LEGACY = "Legacy"
	NOT_AWARDED = "Not Awarded"
	WITHDRAWN = "Withdrawn"
	CANCELLED = "Cancelled"


class CityRole(StrEnum):
	"""What our city is in an event."""

	HOST = "Host"
	CO_HOST = "Co-host"
	TAKES_PART = "Takes part"


AHEAD = (Phase.BID, Phase.AWARDED, Phase.PREPARING)
HAS_TAKEN_PLACE = (Phase.HELD, Phase.LEGACY)
ENDED_BEFORE = (Phase.NOT_AWARDED, Phase.WITHDRAWN, Phase.CANCELLED)

# A step back corrects a phase that was entered too early; a bid that was lost can be made again.
NEXT: Mapping[Phase, tuple[Phase, ...]] = {
	Phase.BID: (Phase.AWARDED, Phase.NOT_AWARDED, Phase.WITHDRAWN),
	Phase.AWARDED: (Phase.PREPARING, Phase.WITHDRAWN, Phase.CANCELLED, Phase.BID),
	Phase.PREPARING: (Phase.HELD, Phase.CANCELLED, Phase.AWARDED),
	Phase.HELD: (Phase.LEGACY, Phase.PREPARING),
	Phase.LEGACY: (Phase.HELD,),
	Phase.NOT_AWARDED: (Phase.BID,),
	Phase.WITHDRAWN: (Phase.BID, Phase.AWARDED),
	Phase.CANCELLED: (Phase.AWARDED, Phase.PREPARING),
}

# What is asked of an event in a phase: names of its fields; a pair is filled where one of the two is. An event of long
# ago is recorded in the phase it is in, so no phase asks again what an earlier one asked.
_ASKED: Mapping[Phase, tuple[tuple[str, ...], ...]] = {
	Phase.BID: (("organiser", "organiser_name"), ("decision_on",)),
	Phase.AWARDED: (("organiser", "organiser_name"), ("starts_on",)),
	Phase.PREPARING: (("starts_on",), ("venue",), ("department_roles",)),
	Phase.HELD: (("starts_on",), ("venue",)),
	Phase.LEGACY: (("starts_on",), ("attended",), ("legacy",)),
	Phase.NOT_AWARDED: (("ended_reason",),),
	Phase.WITHDRAWN: (("ended_reason",),),
	Phase.CANCELLED: (("ended_reason",),),
}


def may_follow(before: Phase, after: Phase) -> bool:
	"""Whether an event goes from one phase to another in one step."""
	return after in NEXT[before]


def missing(phase: Phase, event: Mapping[str, Any]) -> list[tuple[str, ...]]:
	"""What an event lacks for a phase, each as the fields of which one has to be filled."""
	return [fields for fields in _ASKED[phase] if not any(event.get(field) for field in fields)]
