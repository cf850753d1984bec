"""Whether the files an approval rests on still hold the bytes whose SHA-256 is in the ledger or beside a text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import FileMissingError
from city_diplomacy.partnership_approvals.files import uploaded
from city_diplomacy.partnership_approvals.ledger.stored import Read, Stored, attachments
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import Document, EntryRow, LedgerFinding, Row


@dataclass
class FileReader:
	"""Reads each file once, however often it is asked for. `rows` are the rows of File by URL."""

	rows: Mapping[str, Row]
	_digests: dict[str, str | None] = field(default_factory=dict)

	def digest_of(self, url: str) -> str | None:
		"""SHA-256 of a file's bytes; None when there is no such file any more."""
		if url not in self._digests:
			self._digests[url] = self._read(url)
		return self._digests[url]

	def _read(self, url: str) -> str | None:
		row = self.rows.get(url)
		if not row:
			return None
		try:
			return uploaded.sha256_of(frappe.get_doc({"doctype": "File", **row}))
		except (FileMissingError, frappe.ValidationError, OSError):
			# What is gone or points out of the folder is told of as a finding, not as a message.
			frappe.clear_last_message()
			return None


def disagreements(read: Read, stored: Stored, reader: FileReader) -> Iterator[LedgerFinding]:
	"""A finding for each file of the document or of its evidence that is gone or holds other bytes."""
	document = stored.documents.get((read.route_row.reference_doctype, read.route_row.reference_name))
	if document:
		yield from _texts(document, reader)
	for entry, said in read.pairs():
		if said.get("evidence_sha256"):
			yield from _evidence(read, stored, document, entry, said, reader)


def _texts(document: Document, reader: FileReader) -> Iterator[LedgerFinding]:
	files_of = routing_of(document.doctype).files
	if not files_of:
		return
	table, language, digest, attach = files_of
	label = _(document.meta.get_label(table))
	for row in document.get(table) or ():
		if not row.get(attach):
			continue
		which = _("{0}, row {1} ({2})").format(label, row.idx, row.get(language) or "")
		yield from _compared(0, which, reader.digest_of(row.get(attach)), row.get(digest))


def _evidence(
	read: Read,
	stored: Stored,
	document: Document | None,
	entry: EntryRow,
	said: Mapping[str, Any],
	reader: FileReader,
) -> Iterator[LedgerFinding]:
	"""An entry rests on one of the files its clearance, the council's record or the document names."""
	named = dict(_named(read, stored, document, said))
	digests = {which: reader.digest_of(url) for which, url in named.items()}
	wanted = said["evidence_sha256"]
	if wanted in digests.values():
		return
	if not named:
		yield {
			"sequence": entry.sequence,
			"problem": _("The file this entry rests on is named nowhere any more."),
		}
	for which, digest in digests.items():
		yield from _compared(entry.sequence, which, digest, wanted)


def _named(
	read: Read, stored: Stored, document: Document | None, said: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
	"""Where a file may stand that an entry rests on, in words, with its URL: the nearest place there is one."""
	clearance = said.get("clearance")
	places = [
		(_("the evidence of {0}").format(row.seat), row.evidence)
		for row in stored.clearances.get(read.route_row.name, [])
		if row.name == clearance
	]
	places += [
		(_("the attested copy of {0}").format(action.name), action.attested_copy)
		for action in stored.council_actions.get(clearance or "", [])
	]
	if not clearance and document:
		places = [(_(df.label), document.get(df.fieldname)) for df in attachments(document)]
	return ((which, url) for which, url in places if url)


def _compared(sequence: int, which: str, digest: str | None, wanted: object) -> Iterator[LedgerFinding]:
	if digest is None:
		yield {"sequence": sequence, "problem": _("The file is gone from the server: {0}.").format(which)}
	elif digest != wanted:
		yield {
			"sequence": sequence,
			"problem": _("The file does not hold the bytes that were recorded: {0}.").format(which),
		}
