from frappe.model.document import Document


class SpokenLanguage(Document):
	pass
