from frappe.model.document import Document

from city_diplomacy.registers.said_of_others import SaidOfOthers


class AlternateName(SaidOfOthers, Document):
	"""A name somebody or something also goes by, in whatever language."""

	LEFT_OPEN = ("language",)
