from city_diplomacy.registers.kept_rows import KeptRow


class GuestLinkAnswer(KeptRow):
	"""What somebody outside answered to one question, and what the office decided on it."""

	KEPT_WITH = ("Guest Link",)
