from frappe.model.document import Document


class EscalationStep(Document):
	"""What happens how many working days before or after a seat's due date."""
