from city_diplomacy.partnerships.mou_rows import KeptRow


class CommitmentEvidence(KeptRow):
	"""A file or page that proves a commitment was kept."""

	KEPT_WITH = ("Partnership Commitment",)
