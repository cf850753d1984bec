"""The uploaded files an approval rests on: found for the person who names them, hashed by their bytes."""

import hashlib

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import ApprovalError, FileMissingError
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import Document, FileDocument


def readable_file(file_url: str | None) -> FileDocument | None:
	"""A File behind an attachment's URL that the signed-in person may read; None when there is none.

	One file is recorded once for each place it is attached to, so one readable record is enough.
	"""
	names = frappe.get_all("File", filters={"file_url": file_url or "", "is_folder": 0}, pluck="name")
	for name in names:
		file = frappe.get_doc("File", name)
		if not file.is_remote_file and file.has_permission("read"):
			return file
	return None


def file_at(file_url: str | None) -> FileDocument | None:
	"""A File at an address, whoever may read it: for the engine, which vouches for its bytes. None when there is none."""
	names = frappe.get_all("File", {"file_url": file_url or "", "is_folder": 0}, pluck="name", limit=1)
	return frappe.get_doc("File", names[0]) if names else None


def sha256_of(file: FileDocument) -> str:
	"""SHA-256 in hex over the bytes of a File. Raises FileMissingError when they are gone."""
	try:
		content = file.get_content()
	except OSError as error:
		frappe.throw(
			_("The file {0} is missing from the server ({1}); attach it again.").format(
				file.file_name, type(error).__name__
			),
			FileMissingError,
		)
	return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def refuse_changed_bytes(doc: Document) -> None:
	"""Read the bytes of a routed document's texts again and compare them with the hash taken at upload.

	Raises ApprovalError naming the files that are not what people read any more, FileMissingError for one
	that is gone.
	"""
	files = routing_of(doc.doctype).files
	if not files:
		return
	table, _language, digest, attach = files
	changed = []
	for row in doc.get(table) or ():
		if not row.get(attach):
			continue
		file = file_at(row.get(attach))
		if not file or sha256_of(file) != row.get(digest):
			changed.append(row.get(attach).rsplit("/", 1)[-1])
	if changed:
		frappe.throw(
			_(
				"These files are not what was cleared any more: {0}. Attach the right ones and have them cleared again."
			).format(", ".join(changed)),
			ApprovalError,
		)
