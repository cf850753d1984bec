"""The stages of the tie with a partner, and which of two is further."""

from ..choices import StrEnum


class RelationshipStage(StrEnum):
	"""How close the tie with a partner is, or that it rests."""

	NETWORK_PEER = "Network Peer"
	CONTACT = "Contact"
	MOU = "MOU"
	ACTIVE_PARTNER = "Active Partner"
	FRIENDSHIP_CITY = "Friendship City"
	SISTER_CITY = "Sister City"
	DORMANT = "Dormant"
	HISTORIC = "Historic"


# By kind of partner, the stages an agreement leads through, the loosest first.
LADDERS: dict[str, tuple[RelationshipStage, ...]] = {
	"Partner City": (
		RelationshipStage.NETWORK_PEER,
		RelationshipStage.CONTACT,
		RelationshipStage.MOU,
		RelationshipStage.FRIENDSHIP_CITY,
		RelationshipStage.SISTER_CITY,
	),
	"Partner Organisation": (
		RelationshipStage.CONTACT,
		RelationshipStage.MOU,
		RelationshipStage.ACTIVE_PARTNER,
	),
}


def leads_further(kind: str, stage: str, reached: str) -> bool:
	"""Whether `reached` is a stage for this kind of partner and further than its own.

	A tie that is dormant or historic is on no rung, so an agreement revives it.
	"""
	ladder = LADDERS.get(kind, ())
	if reached not in ladder:
		return False
	return stage not in ladder or ladder.index(reached) > ladder.index(stage)
