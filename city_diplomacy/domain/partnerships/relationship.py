"""The stages of the tie with a partner, and which of two is further."""

# By kind of partner, the stages an agreement leads through, the loosest first.
LADDERS: dict[str, tuple[str, ...]] = {
	"Partner City": ("Network Peer", "Contact", "MOU", "Friendship City", "Sister City"),
	"Partner Organisation": ("Contact", "MOU", "Active Partner"),
}


def leads_further(kind: str, stage: str, reached: str) -> bool:
	"""Whether `reached` is a stage for this kind of partner and further than its own.

	A tie that is dormant or historic is on no rung, so an agreement revives it.
	"""
	ladder = LADDERS.get(kind, ())
	if reached not in ladder:
		return False
	return stage not in ladder or ladder.index(reached) > ladder.index(stage)
