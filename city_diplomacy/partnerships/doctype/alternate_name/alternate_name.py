from frappe.model.document import Document


class AlternateName(Document):
	pass
