"""The uploaded files an approval rests on: found for the person who names them, hashed by their bytes."""

import hashlib
from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import FileMissingError


def readable_file(file_url: str | None) -> Any | None:
	"""A File behind an attachment's URL that the signed-in person may read; None when there is none.

	One file is recorded once for each place it is attached to, so one readable record is enough.
	"""
	names = frappe.get_all("File", filters={"file_url": file_url or "", "is_folder": 0}, pluck="name")
	for name in names:
		file = frappe.get_doc("File", name)
		if not file.is_remote_file and file.has_permission("read"):
			return file
	return None


def sha256_of(file: Any) -> str:
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
