from frappe.model.document import Document

from city_diplomacy.registers.said_of_others import SaidOfOthers


class SpokenLanguage(SaidOfOthers, Document):
	"""A language spoken by a city's people or in an organisation."""

	LEFT_OPEN = ("language",)
