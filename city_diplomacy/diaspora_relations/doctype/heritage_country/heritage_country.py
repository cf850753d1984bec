from frappe.model.document import Document

from city_diplomacy.registers.said_of_others import SaidOfOthers


class HeritageCountry(SaidOfOthers, Document):
	"""A country an organisation's members or their families come from."""

	LEFT_OPEN = ("country",)
