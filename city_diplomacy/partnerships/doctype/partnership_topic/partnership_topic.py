from frappe.utils import cstr

from city_diplomacy.registers.register import Register


class PartnershipTopic(Register):
	"""A field of cooperation, such as ports or urban heat."""

	def before_naming(self) -> None:
		self.topic = " ".join(cstr(self.topic).split())
