"""The file of an import: the person's own, private, and read as a table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.imports import tables
from city_diplomacy.domain.imports.tables import Line, TableError
from city_diplomacy.register_imports.exceptions import ImportFileError

LARGEST_FILE = 20_000_000
"""Bytes."""


def refuse_foreign_file(file_url: str) -> None:
	"""Raises ImportFileError unless a file is one the signed-in person uploaded, and private."""
	if not (file_url or "").startswith("/private/files/"):
		frappe.throw(
			_("Upload the file here as a private one: what it holds is not for everybody."), ImportFileError
		)
	if not frappe.db.exists("File", {"file_url": file_url, "owner": frappe.session.user, "is_folder": 0}):
		frappe.throw(_("The file is not there, or it is somebody else's. Upload it here."), ImportFileError)


def lines_of(file_url: str) -> Iterator[Line]:
	"""The lines of a file that `refuse_foreign_file` let pass. Raises ImportFileError, also while they are taken."""
	content = _content_of(file_url)
	if len(content) > LARGEST_FILE:
		frappe.throw(_("The file is larger than 20 MB. Split it into several files."), ImportFileError)
	try:
		yield from tables.read(content, _ending_of(file_url))
	except TableError as error:
		_throw(error)


def table_of(file_url: str, counted: Callable[[Any], int]) -> tuple[Line, Iterator[Line]]:
	"""The line of headings and the lines below. `counted` answers how many headings of a line are known."""
	try:
		return tables.headings_and_lines(lines_of(file_url), counted)
	except TableError as error:
		_throw(error)


def _throw(error: TableError) -> None:
	frappe.throw(_(error.sentence).format(**error.values), ImportFileError)


def _content_of(file_url: str) -> bytes:
	names = frappe.get_all("File", {"file_url": file_url, "is_folder": 0}, pluck="name", limit=1)
	path = Path(frappe.get_doc("File", names[0]).get_full_path()) if names else None
	if not path or not path.is_file():
		frappe.throw(_("The file is not there any more. Upload it again."), ImportFileError)
	# Frappe would make text of the bytes by guessing how it is written.
	return path.read_bytes()


def _ending_of(file_url: str) -> str:
	_base, dot, ending = file_url.rpartition(".")
	return ending.casefold() if dot else ""
