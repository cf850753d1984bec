from frappe.model.document import Document


class SDGTarget(Document):
	pass
