"""Addresses and contacts of a document, for its form."""

import frappe


def load_address_and_contact(doc, key=None):
	"""Put the linked addresses and contacts into the document's onload values."""
	for doctype, target in (("Address", "addr_list"), ("Contact", "contact_list")):
		filters = {"link_doctype": doc.doctype, "link_name": doc.name, "parenttype": doctype}
		names = frappe.get_all("Dynamic Link", filters=filters, pluck="parent", distinct=True)
		doc.set_onload(target, [frappe.get_doc(doctype, name).as_dict() for name in names])
