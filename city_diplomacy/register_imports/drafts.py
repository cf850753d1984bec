"""What saving the form of an import does: a new file is read as far as its headings, another field for a column makes
the preview out of date, and what the server keeps no client changes."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.imports.states import RUNNING, WRITTEN, ImportStatus
from city_diplomacy.register_imports import lines, store
from city_diplomacy.register_imports.exceptions import ImportStateError
from city_diplomacy.register_imports.reading import columns, files

COUNTS = ("lines", *store.COUNTED)
KEPT = ("owner", "creation", "status", "why", "progressed_on", *COUNTS)
OF_A_NEW_ONE = {"status": ImportStatus.NEW, "why": None, "progressed_on": None, **dict.fromkeys(COUNTS, 0)}


def keep_what_the_server_set(doc: Any) -> None:
	"""A client sends whole records; how far an import is, the server alone says."""
	stored = doc.get_doc_before_save()
	doc.update({one: stored.get(one) for one in KEPT} if stored else OF_A_NEW_ONE)


def take_file(doc: Any) -> None:
	"""Raises ImportFileError for a file that is no table, and ImportStateError once records were written."""
	stored = doc.get_doc_before_save()
	if stored and stored.file == doc.file:
		columns.keep_but_fields(doc, stored)
		return
	_refuse_once_begun(doc)
	files.refuse_foreign_file(doc.file)
	columns.guess(doc)
	doc.title = f"{_(doc.register)}: {doc.file.rpartition('/')[2]}"[:140]
	if stored:
		_ask_for_a_new_preview(doc)


def take_columns(doc: Any) -> None:
	"""Raises ImportFileError for a field that is none, and ImportStateError once records were written."""
	columns.settle(doc)
	stored = doc.get_doc_before_save()
	if stored and columns.filled(stored) != columns.filled(doc):
		_refuse_once_begun(doc)
		_ask_for_a_new_preview(doc)


def forget(doc: Any) -> None:
	"""With an import go its lines. Raises ImportStateError while it runs."""
	if doc.status in RUNNING and not store.is_silent(doc):
		frappe.throw(_("Cancel this import before it is deleted."), ImportStateError)
	lines.forget(doc.name)


def _ask_for_a_new_preview(doc: Any) -> None:
	lines.forget(doc.name)
	doc.update(OF_A_NEW_ONE)


def _refuse_once_begun(doc: Any) -> None:
	if doc.status in RUNNING or doc.status in WRITTEN or doc.added or doc.changed:
		frappe.throw(
			_("This import has begun. Make a new one for another file or other columns."), ImportStateError
		)
