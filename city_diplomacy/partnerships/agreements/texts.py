"""The language versions of an agreement, each with the SHA-256 of its file as it was uploaded."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from city_diplomacy.partnership_approvals.files.uploaded import readable_file, sha256_of
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnerships.exceptions import TextFileError


def settle_texts(doc: Any) -> None:
	"""Check every language version and take the hash of each file that is new.

	Hash and time of a file already on the agreement are the stored ones, whatever a client sends. Raises
	TextFileError for a version that is there twice, for a file that cannot be read, and for a text that is taken away
	from an agreement that is being cleared on it.
	"""
	before = doc.get_doc_before_save()
	doc.flags.new_texts = []
	stored = {row.name: row for row in before.texts} if before else {}
	seen = set()
	for row in doc.texts:
		_check_version(row, seen)
		known = stored.get(row.name)
		if known and known.file == row.file and known.sha256:
			row.sha256, row.uploaded_on = known.sha256, known.uploaded_on
		elif row.file:
			row.sha256, row.uploaded_on = sha256_of(_uploaded(row)), now_datetime()
			doc.flags.new_texts.append(row.file)
	if doc.confidential:
		_refuse_public_files(doc)
	if before:
		_refuse_losing_text(doc, before)


def attach_new_texts(doc: Any) -> None:
	"""Hang the files of the texts that are new in this save on the agreement, so that its readers can open them.

	A file uploaded before the agreement had its name hangs on nothing, and Frappe hangs on a record only what the
	record's own Attach fields name, not what its rows name. Called after `settle_texts`, which has seen that whoever
	saves may read each of them.
	"""
	for file_url in doc.flags.new_texts or ():
		attach(doc.name, file_url)
	doc.flags.new_texts = []


def attach(agreement: str, file_url: str) -> None:
	"""Make sure an agreement has a row of File for a text it names."""
	place = {"file_url": file_url, "attached_to_doctype": "MOU", "attached_to_name": agreement}
	if frappe.db.exists("File", place):
		return
	frappe.get_doc(
		{
			"doctype": "File",
			"attached_to_field": "file",
			"is_private": int(file_url.startswith("/private/")),
			**place,
		}
		# Naming a file one may read in an agreement one may write is the permission to attach it.
	).insert(ignore_permissions=True)


def missing_text(doc: Any) -> str | None:
	"""The sentence for an agreement without a text whose type asks for one before clearance; None where nothing lacks."""
	if _has_text(doc) or not _asks_for_text(doc):
		return None
	return _(
		"Attach the text under “{0}”: an agreement of the type {1} goes to clearance with its text. "
		"Whether it must is set in the Agreement Type."
	).format(_(doc.meta.get_label("texts")), doc.agreement_type)


def _refuse_losing_text(doc: Any, before: Any) -> None:
	routing = routing_of(doc.doctype)
	state = routing.state_of(before)
	if _has_text(doc) or not (routing.has_set_out(state) and routing.is_running(state)):
		return
	# One that set out before its type asked for a text goes on without it.
	if (_has_text(before) or before.agreement_type != doc.agreement_type) and _asks_for_text(doc):
		frappe.throw(missing_text(doc), TextFileError)


def _has_text(doc: Any) -> bool:
	return any(row.file for row in doc.texts)


def _asks_for_text(doc: Any) -> bool:
	return bool(frappe.get_cached_value("Agreement Type", doc.agreement_type, "text_before_clearance"))


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
