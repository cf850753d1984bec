from city_diplomacy.registers.kept_rows import KeptRow


class ConsularOfficer(KeptRow):
	"""Somebody who serves at a mission, as the foreign ministry admitted them."""

	KEPT_WITH = ("Consular Mission",)
