from frappe.model.document import Document


class EngagementParticipant(Document):
	pass
