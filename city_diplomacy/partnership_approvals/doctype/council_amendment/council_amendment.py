from city_diplomacy.registers.kept_rows import KeptRow


class CouncilAmendment(KeptRow):
	"""One text of the document in the words the council adopted."""

	KEPT_WITH = ("Council Action",)
