from city_diplomacy.registers.kept_rows import KeptRow


class CommitmentEvidence(KeptRow):
	"""A file or page that proves a commitment was kept."""

	KEPT_WITH = ("Partnership Commitment",)
