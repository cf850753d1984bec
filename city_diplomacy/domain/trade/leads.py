"""The stages of a trade lead."""

from ..choices import StrEnum


class LeadStage(StrEnum):
	"""How far a lead has got."""

	IDENTIFIED = "Identified"
	QUALIFIED = "Qualified"
	IN_PROGRESS = "In Progress"
	WON = "Won"
	LOST = "Lost"


OPEN = (LeadStage.IDENTIFIED, LeadStage.QUALIFIED, LeadStage.IN_PROGRESS)
"""The stages of a lead that is neither won nor lost."""
