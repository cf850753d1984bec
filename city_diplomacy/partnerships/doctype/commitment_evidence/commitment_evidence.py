from city_diplomacy.partnerships.agreements.rows import KeptRow


class CommitmentEvidence(KeptRow):
	"""A file or page that proves a commitment was kept."""

	KEPT_WITH = ("Partnership Commitment",)
