"""The language versions of an agreement, each with the SHA-256 of its file as it was uploaded."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from city_diplomacy.partnership_approvals.files import readable_file, sha256_of
from city_diplomacy.partnerships.exceptions import TextFileError


def settle_texts(doc: Any) -> None:
	"""Check every language version and take the hash of each file that is new.

	Hash and time of a file already on the agreement are the stored ones, whatever a client sends. Raises
	TextFileError for a version that is there twice and for a file that cannot be read.
	"""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.texts} if before else {}
	seen = set()
	for row in doc.texts:
		_check_version(row, seen)
		known = stored.get(row.name)
		if known and known.file == row.file and known.sha256:
			row.sha256, row.uploaded_on = known.sha256, known.uploaded_on
		elif row.file:
			row.sha256, row.uploaded_on = sha256_of(_uploaded(row)), now_datetime()
	if doc.confidential:
		_refuse_public_files(doc)


def _uploaded(row: Any) -> Any:
	file = readable_file(row.file)
	if not file:
		frappe.throw(
			_("Row {0}: there is no uploaded file that you may read at {1}; attach the text again.").format(
				row.idx, frappe.utils.escape_html(row.file[:100])
			),
			TextFileError,
		)
	return file


def _check_version(row: Any, seen: set) -> None:
	if cint(row.version_number) < 1:
		frappe.throw(_("Row {0}: versions of a text are counted from 1.").format(row.idx), TextFileError)
	version = (row.language, cint(row.version_number))
	if version in seen:
		frappe.throw(
			_(
				"Row {0}: version {1} in this language is there already; a changed text gets the next number."
			).format(row.idx, row.version_number),
			TextFileError,
		)
	seen.add(version)


def _refuse_public_files(doc: Any) -> None:
	for row in doc.texts:
		if (row.file or "").startswith("/files/"):
			frappe.throw(
				_(
					"Row {0}: anybody can open this file; upload the text of a confidential agreement as private."
				).format(row.idx),
				TextFileError,
			)
