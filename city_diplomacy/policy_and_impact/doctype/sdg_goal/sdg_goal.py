from frappe.model.document import Document


class SDGGoal(Document):
	pass
