from frappe.model.document import Document


class RoutingCondition(Document):
	"""One row of a policy's conditions; what the rows mean is in `domain.policy.conditions`."""
