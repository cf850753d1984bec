from frappe.model.document import Document


class HeritageCountry(Document):
	"""A country an organisation's members or their families come from."""
