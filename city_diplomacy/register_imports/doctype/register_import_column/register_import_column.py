from frappe.model.document import Document


class RegisterImportColumn(Document):
	"""A column of the file, and the field it fills."""
