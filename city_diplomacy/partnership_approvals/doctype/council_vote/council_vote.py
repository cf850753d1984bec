from city_diplomacy.registers.kept_rows import KeptRow


class CouncilVote(KeptRow):
	"""How one member of the council voted; it is changed with the record of the meeting only."""

	KEPT_WITH = ("Council Action",)
