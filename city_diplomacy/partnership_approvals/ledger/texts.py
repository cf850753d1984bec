"""Whether a routed document says what the ledger fixed, and whether the texts on file are what people were asked about."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record.content import changed_fields, content_hash
from city_diplomacy.domain.record.recorded import Told
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.ledger.stored import Read, Stored
from city_diplomacy.partnership_approvals.routing.routed_doctypes import (
	content_of,
	files_of,
	hash_of,
	routing_of,
)
from city_diplomacy.partnership_approvals.shapes import Document, LedgerFinding, SnapshotRow


def disagreements(read: Read, stored: Stored) -> Iterator[LedgerFinding]:
	"""A finding for each field of the document that is not what was recorded last, and for each text on file that
	is gone, changed or of another document."""
	on_file = {row.name: row for row in stored.snapshots.get(read.route_row.name, [])}
	yield from _texts_on_file(read, on_file)
	document = stored.documents.get((read.route_row.reference_doctype, read.route_row.reference_name))
	if document and read.recorded.text:
		yield from _document(read, read.recorded.text, document, on_file)


def _document(
	read: Read, told: Told, document: Document, on_file: Mapping[str, SnapshotRow]
) -> Iterator[LedgerFinding]:
	if hash_of(document) == told.value:
		return
	text = on_file.get(snapshots.name_of(read.route_row.name, told.value))
	if not text or not _is_sound(read, text):
		yield {
			"sequence": told.sequence,
			"problem": _("The document is not what was recorded, and the text of that time is not on file."),
		}
		return
	before = json.loads(text.content or "{}")
	for field in changed_fields(before, _as_then(before, content_of(document))):
		yield {
			"sequence": told.sequence,
			"problem": _("The document is not what was recorded: {0}.").format(
				_(document.meta.get_label(field))
			),
		}
	files = routing_of(document.doctype).files
	if files and text.files and _files(json.loads(text.files)) != _files(files_of(document)):
		yield {
			"sequence": told.sequence,
			"problem": _("The hashes of the files are not those recorded: {0}.").format(
				_(document.meta.get_label(files[0]))
			),
		}


def _as_then(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
	"""What a document says now, in the fields and columns that were part of its text then."""
	kept = {}
	for field, value in before.items():
		columns = {column for row in value for column in row} if _is_rows(value) else None
		kept[field] = (
			[{column: row.get(column) for column in columns} for row in now.get(field) or ()]
			if columns
			else now.get(field)
		)
	return kept


def _is_rows(value: object) -> bool:
	return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _files(files: Iterable[Sequence[str | None]]) -> list[list[str]]:
	return sorted([language or "", digest or ""] for language, digest in files)


def _texts_on_file(read: Read, on_file: Mapping[str, SnapshotRow]) -> Iterator[LedgerFinding]:
	"""Every text an entry names is on file under its hash, and says what has that hash."""
	route_row = read.route_row
	named = {
		columns["snapshot"].value: columns["snapshot"].sequence
		for columns in read.recorded.clearances.values()
		if "snapshot" in columns and isinstance(columns["snapshot"].value, str)
	}
	named.update({digest: told.sequence for digest, told in read.recorded.snapshots.items()})
	if read.recorded.text:
		named.setdefault(read.recorded.text.value, read.recorded.text.sequence)
	for digest, sequence in named.items():
		if snapshots.name_of(route_row.name, digest) not in on_file:
			yield {
				"sequence": sequence,
				"problem": _("The text that was put to people is no longer on file ({0}…).").format(
					digest[:12]
				),
			}
	for row in on_file.values():
		if not _is_sound(read, row):
			yield _about_text(row, _("The text on file of {0} is not what people were asked about."))
		if (row.reference_doctype, row.reference_name) != (
			route_row.reference_doctype,
			route_row.reference_name,
		):
			yield _about_text(row, _("The text on file of {0} names another document."))


def _is_sound(read: Read, row: SnapshotRow) -> bool:
	"""Whether a text on file has the hash it is filed under; one kept before its files were kept with it, the
	digest by which a baseline tells of it."""
	if row.name != snapshots.name_of(read.route_row.name, row.content_hash):
		return False
	told = read.recorded.snapshots.get(row.content_hash)
	if told and snapshots.digest_of(row) != told.value:
		return False
	if row.files is None:
		return bool(told) or not read.recorded.complete
	try:
		return row.content_hash == content_hash(
			json.loads(row.content or ""), [tuple(file) for file in json.loads(row.files)]
		)
	except (ValueError, TypeError, AttributeError):
		return False


def _about_text(row: SnapshotRow, sentence: str) -> LedgerFinding:
	taken = frappe.utils.format_datetime(row.taken_on) if row.taken_on else ""
	return {"sequence": 0, "problem": sentence.format(taken)}
