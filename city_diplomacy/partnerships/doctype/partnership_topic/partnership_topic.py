from frappe.model.document import Document
from frappe.utils import cstr


class PartnershipTopic(Document):
	"""A field of cooperation, such as ports or urban heat."""

	def before_naming(self) -> None:
		self.topic = " ".join(cstr(self.topic).split())
