"""What every File of the site passes through before its bytes are read, copied, moved or deleted.

Frappe copies the bytes of an address before it validates, takes the address of a private file from anybody, and
believes what a client says of hash, owner and field. The rules here are few: an address stays in its folder; a
private one is for whoever may read a File of it already; attaching to a record of ours is writing on it; what the
server works out nobody else sets. They hold for permissions that are ignored as well, because Frappe attaches what an
Attach field names with them ignored.
"""

import os
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_files_path

from city_diplomacy.access import guarded
from city_diplomacy.domain.record.file_addresses import FileAddress, NoFileAddress, Place, read_address
from city_diplomacy.partnership_approvals.exceptions import (
	AttachedFieldError,
	EngineRecordError,
	FileAddressError,
	ForeignFileError,
	KeptFileError,
)
from city_diplomacy.partnership_approvals.files import kept
from city_diplomacy.partnership_approvals.shapes import FileDocument

SET_BY_THE_SERVER = ("content_hash", "thumbnail_url", "is_folder")
# What Desk calls a record that has no name yet.
UNNAMED = "new-"


def check_new(file: FileDocument) -> None:
	"""A File about to be inserted. Raises FileAddressError, ForeignFileError, EngineRecordError,
	AttachedFieldError or PermissionError.
	"""
	if not _has_bytes_in_hand(file):
		file.content_hash = None
		file.thumbnail_url = None
	_settle_address(file)
	_check_record(file)
	_close_to_strangers(file)


def check_change(file: FileDocument) -> None:
	"""A File about to be saved, `file` being what a client made of it. Raises as `check_new`, and KeptFileError."""
	stored = file.get_doc_before_save()
	if stored is None:
		return
	kept.refuse_change(stored, file)
	if not file.flags.ignore_permissions:
		# Frappe judged the client's copy, and that says who owns it.
		stored.check_permission("write")
		_keep_what_the_server_set(stored, file)
	if cstr(file.file_url) != cstr(stored.file_url) and not file.flags.bytes_written:
		_settle_address(file)
	if any(cstr(file.get(column)) != cstr(stored.get(column)) for column in kept.ATTACHED):
		_check_record(file)
	if cint(file.is_private) != cint(stored.is_private):
		_check_privacy(stored, bool(file.flags.ignore_permissions))
	_close_to_strangers(file)


def is_attach_field(doctype: str, fieldname: str) -> bool:
	"""Whether a column of a DocType itself holds the address of a file."""
	df = frappe.get_meta(doctype).get_field(fieldname)
	return bool(df) and df.fieldtype in kept.ATTACH_FIELDS


def is_used_by_another(file_url: str | None, name: str | None) -> bool:
	"""Whether a File other than `name` is stored at an address, or where Frappe would look for it to delete it."""
	if not file_url:
		return False
	folder, base = os.path.split(file_url.strip("/"))
	deleted = f"/files/{base}" if folder == "files" else f"/private/files/{base}"
	others = {"file_url": ["in", [file_url, deleted]], "name": ["!=", name or ""]}
	return bool(frappe.get_all("File", filters=others, limit=1))


def _settle_address(file: FileDocument) -> None:
	"""Check where the address leads and leave it without encodings; bytes sent along need none."""
	if not file.file_url:
		return
	try:
		address = read_address(file.file_url)
	except NoFileAddress:
		_refuse_address()
	if address.place is Place.ELSEWHERE:
		return
	if not address.host:
		file.file_url = address.url
	_refuse_leaving_folder(address)
	if file.get("content"):
		_name_bytes_sent_along(file, address)
	elif address.place is Place.PRIVATE and not _has_bytes_in_hand(file):
		_refuse_foreign(file, address)


def _name_bytes_sent_along(file: FileDocument, address: FileAddress) -> None:
	"""Where both bytes and an address are sent, the bytes are stored under that name; nothing else is named."""
	file.file_name = file.file_name or address.path[-1]
	file.is_private = int(address.place is Place.PRIVATE)
	file.file_url = None


def _refuse_leaving_folder(address: FileAddress) -> None:
	"""A symbolic link among the files may lead anywhere."""
	is_private = address.place is Place.PRIVATE
	folder = os.path.realpath(get_files_path(is_private=is_private))
	path = os.path.realpath(os.path.join(get_files_path(is_private=is_private), *address.path))
	if os.path.commonpath((folder, path)) != folder or path == folder:
		_refuse_address()


def _refuse_address() -> None:
	frappe.throw(
		_(
			"This is no address of an uploaded file. Upload the file, or give an address that begins with https://."
		),
		FileAddressError,
	)


def _refuse_foreign(file: FileDocument, address: FileAddress) -> None:
	"""What is not there is refused in the same words, so that nobody learns which names there are."""
	user = frappe.session.user
	if user == "Administrator":
		return
	others = {"file_url": address.url, "is_folder": 0, "name": ["!=", file.name or ""]}
	for row in frappe.get_all("File", filters=others, fields=["name", "owner"], limit_page_length=0):
		# A guest may attach to the record of a web form what they have uploaded for it, without ever reading it.
		if row.owner == user or frappe.get_doc("File", row.name).has_permission("read"):
			return
	frappe.throw(_("There is no file at this address that you may read. Upload it."), ForeignFileError)


def _has_bytes_in_hand(file: FileDocument) -> bool:
	"""Whether code of the server stores bytes it has written and hashed itself; no request gets this far with a hash."""
	return bool(file.flags.ignore_permissions and file.content_hash)


def _check_record(file: FileDocument) -> None:
	doctype, name = file.attached_to_doctype, file.attached_to_name
	if not doctype:
		return
	if kept.is_of_engine(doctype):
		if not file.flags.kept_by_engine:
			frappe.throw(
				_("What hangs on a record of {0} is attached by the approval itself.").format(_(doctype)),
				EngineRecordError,
			)
		return
	if guarded.is_guarded(doctype):
		_check_may_attach(file, doctype, name)
	if file.attached_to_field and not _holds_files(doctype, file.attached_to_field):
		frappe.throw(
			_("{0} has no field {1} that holds a file.").format(_(doctype), file.attached_to_field),
			AttachedFieldError,
		)


def _check_may_attach(file: FileDocument, doctype: str, name: Any) -> None:
	"""Attaching to a record of ours, or to one that is routed, takes the right to write it.

	To others Frappe lets anybody attach. Where permissions are ignored, what an Attach field names and what is
	pasted into a comment comes with a field or with its bytes; a request that chose both file and record, as
	Frappe's list of attachments lets it, is held to the rule all the same, and so is every guest.
	"""
	user = frappe.session.user
	of_the_server = user == "Administrator" or file.attached_to_field or file.get("content")
	if file.flags.ignore_permissions and user != "Guest" and of_the_server:
		return
	if name and frappe.db.exists(doctype, name):
		allowed = frappe.has_permission(doctype, "write", name)
	else:
		# The form of a new record uploads before the record has its name.
		allowed = cstr(name).startswith(UNNAMED) and frappe.has_permission(doctype, "write")
	if not allowed:
		frappe.throw(
			_("You may not attach a file to {0} {1}.").format(_(doctype), cstr(name)), frappe.PermissionError
		)


def _holds_files(doctype: str, fieldname: str) -> bool:
	"""Whether a field holds a file: a column of the record, or one of its tables where it has no such column."""
	meta = frappe.get_meta(doctype)
	if meta.get_field(fieldname):
		return is_attach_field(doctype, fieldname)
	return any(is_attach_field(df.options, fieldname) for df in meta.get_table_fields())


def _keep_what_the_server_set(stored: FileDocument, file: FileDocument) -> None:
	for column in SET_BY_THE_SERVER:
		if column == "content_hash" and file.flags.bytes_written:
			continue
		if cstr(file.get(column) or "") != cstr(stored.get(column) or ""):
			frappe.throw(
				_("{0} of a file is worked out by the server and cannot be set.").format(
					_(file.meta.get_label(column))
				),
				frappe.PermissionError,
			)


def _check_privacy(stored: FileDocument, ignore_permissions: bool) -> None:
	"""Frappe moves the bytes for every File that has the same: it takes the right to write each of them."""
	rows = rows_with_the_same_bytes(stored)
	if kept.are_bytes_kept({row.file_url for row in rows}):
		frappe.throw(
			_(
				"A record names {0}, so it stays where it is. Upload the file again as private or public instead."
			).format(stored.file_name),
			KeptFileError,
		)
	if not ignore_permissions:
		for row in rows:
			frappe.get_doc("File", row.name).check_permission("write")


def rows_with_the_same_bytes(file: FileDocument) -> list[FileDocument]:
	"""Every File stored at the same address or with the same hash, the file itself among them."""
	table = frappe.qb.DocType("File")
	same = table.file_url == cstr(file.file_url)
	if file.content_hash:
		same |= table.content_hash == file.content_hash
	return (
		frappe.qb.from_(table)
		.select(table.name, table.file_url)
		.where(same & (table.is_folder == 0))
		.run(as_dict=True)
	)


def _close_to_strangers(file: FileDocument) -> None:
	"""Keep a private upload that hangs on nothing for the one who made it.

	When a record is saved, Frappe hangs on it the first File of the address in its Attach field whose three
	columns of attachment are all NULL, past every permission. With one of them empty instead, it inserts a File
	of its own for the record, and that comes by here.
	"""
	if cint(file.is_private) and not file.attached_to_doctype:
		file.attached_to_field = file.attached_to_field or ""


def close_unattached_uploads() -> None:
	"""What `check_new` does for every private upload, for those made before the app was there."""
	open_ones = {"is_private": 1, "is_folder": 0, "attached_to_doctype": ["is", "not set"]}
	open_ones["attached_to_field"] = ["is", "not set"]
	frappe.db.set_value("File", open_ones, "attached_to_field", "", update_modified=False)
