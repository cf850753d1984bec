"""Files of the sample city: which of them something still needs, and how rows and bytes are taken out."""

from collections.abc import Iterable

import frappe

# DocType, its field with a file's address, and its field with the name of the record the file goes with
FILE_FIELDS = (
	("MOU", "source_file", "name"),
	("MOU", "signed_copy", "name"),
	("MOU Text", "file", "parent"),
	("Approval Clearance", "evidence", "reference_name"),
	("Restricted Party List", "file", "name"),
)
WITH_FILES = {doctype for doctype, _file, _record in FILE_FIELDS}


def urls_in_use(urls: list[str], going: list[str]) -> set[str]:
	"""The addresses among these that a record names which stays; `going` are the agreements that do not."""
	found: set[str] = set()
	for doctype, fieldname, agreement in FILE_FIELDS:
		filters = {fieldname: ["in", urls or [""]], agreement: ["not in", going or [""]]}
		found.update(frappe.get_all(doctype, filters=filters, pluck=fieldname, limit_page_length=0))
	return found


def rows_at(urls: Iterable[str]) -> set[str]:
	"""Every row of File at these addresses: what the loader made, and what was attached of it since."""
	filters = {"file_url": ["in", list(urls) or [""]]}
	return set(frappe.get_all("File", filters=filters, pluck="name", limit_page_length=0))


def erase_attached(files: dict[str, str], agreements: list[str]) -> None:
	"""Other rows of these files that hang on the agreements that go, or are kept for their records.

	`files` are addresses by the names of the loader's own rows. Beneath the document layer, for the reason `removal` gives;
	the bytes go with the loader's own row.
	"""
	about = {"reference_doctype": "MOU", "reference_name": ["in", agreements or [""]]}
	records = frappe.get_all("Approval Clearance", about, pluck="name", limit_page_length=0)
	records += frappe.get_all("Approval Route", about, pluck="name", limit_page_length=0)
	frappe.db.delete(
		"File",
		{
			"file_url": ["in", list(files.values()) or [""]],
			"name": ["not in", list(files) or [""]],
			"attached_to_name": ["in", [*agreements, *records] or [""]],
		},
	)


def delete_file(name: str) -> None:
	"""Delete a file's row now and its content once that is committed: a rollback brings back rows only."""
	file = frappe.get_doc("File", name)
	# The Administrator alone comes here, for files the book names.
	frappe.delete_doc("File", name, ignore_on_trash=True, ignore_permissions=True, delete_permanently=True)
	# Frappe's own hook, which leaves content that another file shares.
	frappe.db.after_commit.add(file.on_trash)
