"""The files an approval record rests on: kept by a row of File the engine writes, and as they were from then on.

A file is kept once the ledger has its hash or people were asked about it: the texts of an agreement that has set
out, the signed copy and the source, the evidence of a recorded decision, the attested copy of what the council
adopted, the exported heads. The engine's row hangs on its own record, belongs to nobody, and shares the bytes
with whoever uploaded them; so the one question "does a record rest on this?" is a question about rows of File.
"""

from collections.abc import Iterable, Iterator

import frappe
from frappe import _
from frappe.model.base_document import get_controller
from frappe.utils import cint, cstr, now_datetime

from city_diplomacy.access import guarded
from city_diplomacy.partnership_approvals.engine_record import EngineRecord
from city_diplomacy.partnership_approvals.exceptions import KeptFileError
from city_diplomacy.partnership_approvals.files.uploaded import file_at
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings, routing_of
from city_diplomacy.partnership_approvals.shapes import Document, FileDocument

ROUTE = "Approval Route"
# The exported heads hang on the settings, so that whoever may read these finds them.
SETTINGS = "City Diplomacy Settings"
SYSTEM = "Administrator"
ATTACH_FIELDS = ("Attach", "Attach Image")
COPIED = ("file_name", "file_url", "file_type", "file_size", "content_hash", "is_private", "folder")
ATTACHED = ("attached_to_doctype", "attached_to_name", "attached_to_field")
AS_THEY_WERE = (
	*(column for column in COPIED if column not in ("folder", "file_size", "file_type")),
	*ATTACHED,
	"is_folder",
	"thumbnail_url",
)


def keep(file: FileDocument, doctype: str, name: str, fieldname: str = "") -> str:
	"""Make sure a record of the engine has a row of its own for a file; answers the row's name.

	Written beneath the document layer, like the record itself: the bytes are there already.
	"""
	place = {"attached_to_doctype": doctype, "attached_to_name": name, "attached_to_field": fieldname}
	known = frappe.db.get_value("File", {"file_url": file.file_url, **place}, "name")
	if known:
		return known
	now = now_datetime()
	kept = frappe.get_doc(
		{
			"doctype": "File",
			"name": frappe.generate_hash(length=10),
			"owner": SYSTEM,
			"modified_by": SYSTEM,
			"creation": now,
			"modified": now,
			**{column: file.get(column) for column in COPIED},
			**place,
		}
	)
	kept.db_insert()
	return kept.name


def keep_texts(route_name: str, doc: Document) -> None:
	"""Keep the files of a routed document's texts as they stand. `route_name` is the name of its route, in hand."""
	declared = routing_of(doc.doctype).files
	if not declared:
		return
	table, _language, _digest, attach = declared
	for row in doc.get(table) or ():
		# What became of a lost one, signing asks.
		if file := file_at(row.get(attach)):
			keep(file, ROUTE, route_name)


def kept_for(doctype: str, name: str, file_url: str) -> FileDocument | None:
	"""The row the engine keeps for the record of a routed document with this address; None when there is none."""
	route_name = frappe.db.get_value(ROUTE, {"reference_doctype": doctype, "reference_name": name}, "name")
	place = {"attached_to_doctype": ROUTE, "attached_to_name": route_name or "", "file_url": file_url}
	found = frappe.get_all("File", place, pluck="name", limit=1)
	return frappe.get_doc("File", found[0]) if found else None


def is_of_engine(doctype: str | None) -> bool:
	"""Whether records of a DocType are written by the engine alone, and so is what hangs on them."""
	if not guarded.is_guarded(doctype):
		return False
	return doctype == SETTINGS or issubclass(get_controller(doctype), EngineRecord)


def is_kept(file: FileDocument) -> bool:
	"""Whether a stored row of File stays as it is: the engine's own, or that of the document its record is about.

	Anybody else's row with the same bytes may go; the bytes stay.
	"""
	if is_of_engine(file.attached_to_doctype):
		return True
	if not (file.file_url and file.attached_to_doctype and file.attached_to_name):
		return False
	about = _document_of(file.attached_to_doctype, file.attached_to_name)
	return bool(about) and about in {
		_document_of(row.attached_to_doctype, row.attached_to_name) for row in _kept_at([file.file_url])
	}


def are_bytes_kept(urls: Iterable[str | None]) -> bool:
	"""Whether a record rests on what is stored at one of these addresses, or a record of ours names it."""
	given = [url for url in urls if url]
	return bool(_kept_at(given)) or any(
		frappe.db.exists(doctype, {fieldname: ["in", given]}) for doctype, fieldname in _attach_fields()
	)


def refuse_change(stored: FileDocument, changed: FileDocument) -> None:
	"""Raises KeptFileError for a change of a kept file other than the folder it is shown in."""
	if any(_differs(stored, changed, column) for column in AS_THEY_WERE) and is_kept(stored):
		_refuse(stored)


def refuse_removal(file: FileDocument) -> None:
	"""Raises KeptFileError for a kept file that is to be deleted or renamed, whoever asks."""
	if is_kept(file):
		_refuse(file)


def _refuse(file: FileDocument) -> None:
	frappe.throw(
		_("{0} is part of an approval record and stays as it is. Attach another file instead.").format(
			file.file_name
		),
		KeptFileError,
	)


def _differs(stored: FileDocument, changed: FileDocument, column: str) -> bool:
	if column in ("is_private", "is_folder"):
		return cint(stored.get(column)) != cint(changed.get(column))
	return cstr(stored.get(column)) != cstr(changed.get(column))


def _kept_at(urls: list[str]) -> list[FileDocument]:
	rows = frappe.get_all(
		"File",
		filters={"file_url": ["in", urls or [""]], "is_folder": 0},
		fields=["name", "attached_to_doctype", "attached_to_name"],
		limit_page_length=0,
	)
	return [row for row in rows if is_of_engine(row.attached_to_doctype)]


def _document_of(doctype: str | None, name: str | None) -> tuple[str, str] | None:
	"""The routed document a record of ours is about: itself, or what it refers to once it is more than a draft."""
	if not doctype or not name:
		return None
	if doctype in declared_routings():
		return doctype, name
	if not guarded.is_guarded(doctype) or not frappe.get_meta(doctype).has_field("reference_doctype"):
		return None
	row = frappe.db.get_value(
		doctype, name, ["reference_doctype", "reference_name", "docstatus"], as_dict=True
	)
	if not row or (frappe.get_meta(doctype).is_submittable and not row.docstatus):
		return None
	return row.reference_doctype, row.reference_name


def _attach_fields() -> Iterator[tuple[str, str]]:
	"""(DocType, column) of every field of a guarded DocType that holds the address of a file."""
	for doctype in (*guarded.guarded_doctypes(), *guarded.child_tables()):
		for df in frappe.get_meta(doctype).fields:
			if df.fieldtype in ATTACH_FIELDS:
				yield doctype, df.fieldname
