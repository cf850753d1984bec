from frappe.model.document import Document

from city_diplomacy.partnership_approvals import disposal


class RecordsSchedule(Document):
	"""How long the words of a class of approval records are kept, by the city's retention schedule."""

	def validate(self) -> None:
		disposal.check_schedule(self)
