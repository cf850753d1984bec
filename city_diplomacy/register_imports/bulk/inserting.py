"""Inserting many documents at once by all the rules of their register.

Each document passes what `Document.insert` asks of it, in that order: the person's right, links, name, the controller's
hooks and those of `doc_events`, required fields, choices, lengths, markup. What those ask of the database is read ahead
for all of them, and what is written is written for all of them: the rows, those of the tables, what the hooks after an
insert do (as the register says, `registers/importing.py`), Frappe's index for its search and the note of where the
records came from. A register that does not fit this, or a site on which something else hangs on its records, is found
by `conditions`, and its records are inserted one by one.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import frappe

from city_diplomacy.register_imports import refusals
from city_diplomacy.register_imports.bulk import checks, fields, links, naming, search_queue
from city_diplomacy.register_imports.bulk.keeping import Kept, Row
from city_diplomacy.registers import many_rows
from city_diplomacy.registers.importing import Importing, NotAloneError

BEFORE = ("before_validate", "validate", "before_save")
SAVEPOINT = "one_lot"

Maker = Callable[[], Any]
"""Answers a document that is new, filled in and not stored; asked again when one is to be prepared again."""
Result = tuple[str, list[tuple[str, str]], str]
"""The name of the record and when it was last changed, or the problems for which there is none."""


def judge_all(makers: Sequence[Maker], importing: Importing) -> list[tuple[list[tuple[str, str]], Any]]:
	"""For each document what would be refused of it, and the document as it is written if nothing is; nothing is
	written."""
	if not makers:
		return []
	documents = [make() for make in makers]
	series, found = naming.Series(keep=False), []
	with _ahead(documents, importing):
		for doc in documents:
			try:
				problems = refusals.judge(lambda doc=doc: _prepare(doc, series))
				found.append((problems, None if problems else doc))
			except NotAloneError:
				# Judged when the lines above it are stored.
				found.append(([], None))
	return found


def insert_all(makers: Sequence[Maker], importing: Importing) -> list[Result]:
	"""Insert documents; answers for each what became of it."""
	found: list[Result] = []
	while len(found) < len(makers):
		found += _insert_lot(makers[len(found) :], importing)
	return found


def _insert_lot(makers: Sequence[Maker], importing: Importing) -> list[Result]:
	"""Insert the first of the documents, as many as can be judged before any of them is stored."""
	documents, series = [make() for make in makers], naming.Series()
	results: list[Result] = []
	prepared: list[Any] = []
	with _ahead(documents, importing):
		for doc in documents:
			numbers = dict(series.current)
			try:
				problems = refusals.judge(lambda doc=doc: _prepare(doc, series))
			except NotAloneError:
				break
			if problems:
				series.go_back_to(numbers)
				results.append(("", problems, ""))
				continue
			importing.prepared(doc)
			prepared.append(doc)
			results.append((doc.name, [], str(doc.modified)))
		lot = len(results)
	if lot == 0:
		return [insert_alone(makers[0])]
	if _write(prepared, _rows_of(prepared), series, importing):
		return results
	return [insert_alone(make) for make in makers[:lot]]


def insert_kept(kept: Sequence[Kept], series: naming.Series, importing: Importing) -> bool:
	"""Write records that passed their rules before. Answers whether the database took them; if not, nothing is written."""
	return _write(
		[one.document for one in kept], [row for one in kept for row in one.rows], series, importing
	)


@contextmanager
def _ahead(documents: Sequence[Any], importing: Importing) -> Iterator[None]:
	"""In the block, what the rules ask of the database and of the DocType is known for all the documents."""
	with (
		fields.picked_once(documents[0].doctype),
		importing.ahead(documents),
		links.read_ahead(documents),
		_not_saving(),
	):
		yield


def insert_alone(make: Maker) -> Result:
	"""Insert one document as Frappe does."""
	doc, problems = refusals.attempt(lambda: make().insert())
	return (doc.name, [], str(doc.modified)) if doc else ("", problems, "")


@contextmanager
def _not_saving() -> Iterator[None]:
	"""Frappe notes what is being saved until it is done; here nothing is."""
	before = list(frappe.flags.currently_saving)
	try:
		yield
	finally:
		frappe.flags.currently_saving[:] = before


def _prepare(doc: Any, series: naming.Series) -> None:
	"""The steps of `Document.insert` up to the writing."""
	doc.flags.notifications_executed = []
	doc.set("__islocal", True)
	doc.set_user_and_timestamp()
	doc.set_docstatus()
	doc.check_if_latest()
	doc.check_permission("create")
	links.check(doc)
	naming.run(doc, "before_insert")
	naming.name(doc, series)
	doc.set_parent_in_children()
	doc.validate_higher_perm_levels()
	doc.flags.in_insert = True
	for event in BEFORE:
		naming.run(doc, event)
	doc.set_title_field()
	checks.validate(doc)
	doc.set_docstatus()
	doc.flags.in_insert = False


def _write(
	documents: Sequence[Any], rows: Sequence[Row], series: naming.Series, importing: Importing
) -> bool:
	"""Write prepared documents, of which these are the rows. Answers whether the database took them; if not, nothing is written."""
	if not documents:
		return True
	frappe.db.savepoint(SAVEPOINT)
	try:
		_write_rows(rows)
	except Exception as error:
		if not _is_refused_by_the_database(error):
			raise
		# One of them is not what the database can hold, or is there under a name it takes for the same.
		frappe.db.rollback(save_point=SAVEPOINT)
		return False
	frappe.db.release_savepoint(SAVEPOINT)
	series.store()
	importing.after(documents[0].doctype, documents)
	_finish(documents)
	return True


def _is_refused_by_the_database(error: Exception) -> bool:
	"""Whether it is of a value, and not of a lock or the connection. The driver differs between releases of Frappe."""
	return type(error).__name__ in ("IntegrityError", "DataError")


def _rows_of(documents: Sequence[Any]) -> list[Row]:
	found = []
	for row in (row for doc in documents for row in (doc, *doc.get_all_children())):
		# The rules of the register may have added it after its parent was named and stamped.
		if not row.name:
			naming.name_row(row)
		if not row.creation:
			row.creation = row.modified = frappe.utils.now()
			row.owner = row.modified_by = frappe.session.user
		found.append((row.doctype, row.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)))
		row.set("__islocal", False)
	return found


def _write_rows(rows: Sequence[Row]) -> None:
	by_columns: dict[tuple, list[tuple]] = defaultdict(list)
	for doctype, values in rows:
		by_columns[(doctype, *values)].append(tuple(values.values()))
	for (doctype, *columns), values in by_columns.items():
		many_rows.insert(doctype, columns, values)


def _finish(documents: Sequence[Any]) -> None:
	"""What Frappe does after each insert: its search, the note of where a record is from, news for open lists."""
	from frappe.desk.notifications import clear_doctype_notifications

	with fields.picked_once(documents[0].doctype), _not_saving():
		search_queue.add(documents)
		links.count(documents)
		_note_origin(documents)
	clear_doctype_notifications(documents[-1])
	told = {"doctype": documents[-1].doctype, "name": documents[-1].name, "user": frappe.session.user}
	frappe.publish_realtime("list_update", told, after_commit=True)


def _note_origin(documents: Sequence[Any]) -> None:
	if not documents[0].meta.track_changes:
		return
	version = frappe.new_doc("Version")
	version.set("__islocal", True)
	version.set_user_and_timestamp()
	version.ref_doctype, rows, first = documents[0].doctype, [], documents[0]
	for doc in documents:
		# Of the records of one import it differs in the moment alone.
		if not rows or doc.flags.updater_reference != first.flags.updater_reference:
			first = doc
			if not version.update_version_info(None, doc):
				continue
		told = version.data.replace(json.dumps(str(first.creation)), json.dumps(str(doc.creation)))
		rows.append((naming.hash_name(), doc.name, told))
	same = version.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
	own = ("name", "docname", "data")
	rest = {column: value for column, value in same.items() if column not in own}
	many_rows.insert("Version", [*own, *rest], [(*row, *rest.values()) for row in rows])
