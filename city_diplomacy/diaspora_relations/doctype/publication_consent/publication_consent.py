from city_diplomacy.registers.kept_rows import KeptRow


class PublicationConsent(KeptRow):
	"""What an organisation lets the city show of it, since when, and until when."""

	KEPT_WITH = ("Diaspora Organisation",)
