"""Inserting many documents at once by all the rules of their register.

Each document passes what `Document.insert` asks of it, in that order: the person's right, links, name, the controller's
hooks and those of `doc_events`, required fields, choices, lengths, markup. What those ask of the database is read ahead
for all of them, and what is written is written for all of them: the rows, those of the tables, what the hooks after an
insert do (as the register says, `registers/importing.py`), Frappe's index for its search and the note of where the
records came from. A register that does not fit this, or a site on which something else hangs on its records, is found
by `bulk_conditions`, and its records are inserted one by one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.model import naming

from city_diplomacy.register_imports import bulk_fields, bulk_links, refusals
from city_diplomacy.register_imports.bulk_conditions import handlers_of
from city_diplomacy.registers import many_rows
from city_diplomacy.registers.importing import Importing, NotAloneError

BEFORE = ("before_validate", "validate", "before_save")
NAMING = ("before_naming", "autoname")
SAVEPOINT = "one_lot"

Maker = Callable[[], Any]
"""Answers a document that is new, filled in and not stored; asked again when one is to be prepared again."""
Result = tuple[str, list[tuple[str, str]], str]
"""The name of the record and when it was last changed, or the problems for which there is none."""


class Series:
	"""Numbers of naming series, handed out under one lock and stored once."""

	def __init__(self, keep: bool = True):
		self.keep, self.current, self._stored = keep, {}, {}

	def __call__(self, key: str, digits: int) -> str:
		if key not in self.current:
			self._stored[key] = self._read(key)
			self.current[key] = self._stored[key] or 0
		self.current[key] += 1
		return f"{self.current[key]:0{digits}d}"

	def _read(self, key: str) -> int | None:
		table = frappe.qb.DocType("Series")
		query = frappe.qb.from_(table).select(table.current).where(table.name == key)
		rows = (query.for_update() if self.keep else query).run()
		return rows[0][0] if rows else None

	def go_back_to(self, current: dict[str, int]) -> None:
		"""Take back the numbers handed out since; a refused record uses none."""
		self.current = {key: current.get(key, stored or 0) for key, stored in self._stored.items()}

	def store(self) -> None:
		"""Write how far each series has come."""
		table = frappe.qb.DocType("Series")
		for key, current in self.current.items():
			if self._stored[key] is None:
				frappe.qb.into(table).columns("name", "current").insert(key, current).run()
			elif current != self._stored[key]:
				frappe.qb.update(table).set(table.current, current).where(table.name == key).run()
			self._stored[key] = current


def judge_all(makers: Sequence[Maker], importing: Importing) -> list[list[tuple[str, str]]]:
	"""For each document what would be refused of it; nothing is written."""
	if not makers:
		return []
	documents = [make() for make in makers]
	series, found = Series(keep=False), []
	with _ahead(documents, importing):
		for doc in documents:
			try:
				found.append(refusals.judge(lambda doc=doc: _prepare(doc, series)))
			except NotAloneError:
				# Judged when the lines above it are stored.
				found.append([])
	return found


def insert_all(makers: Sequence[Maker], importing: Importing) -> list[Result]:
	"""Insert documents; answers for each what became of it."""
	found: list[Result] = []
	while len(found) < len(makers):
		found += _insert_lot(makers[len(found) :], importing)
	return found


def _insert_lot(makers: Sequence[Maker], importing: Importing) -> list[Result]:
	"""Insert the first of the documents, as many as can be judged before any of them is stored."""
	documents, series = [make() for make in makers], Series()
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
	return results if _write(prepared, series, importing) else [insert_alone(make) for make in makers[:lot]]


@contextmanager
def _ahead(documents: Sequence[Any], importing: Importing) -> Iterator[None]:
	"""In the block, what the rules ask of the database and of the DocType is known for all the documents."""
	with (
		bulk_fields.picked_once(documents[0].doctype),
		importing.ahead(documents),
		bulk_links.read_ahead(documents),
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


def _prepare(doc: Any, series: Series) -> None:
	"""The steps of `Document.insert` up to the writing."""
	doc.flags.notifications_executed = []
	doc.set("__islocal", True)
	doc.set_user_and_timestamp()
	doc.set_docstatus()
	doc.check_if_latest()
	doc.check_permission("create")
	bulk_links.check(doc)
	_run(doc, "before_insert")
	_name(doc, series)
	doc.set_parent_in_children()
	doc.validate_higher_perm_levels()
	doc.flags.in_insert = True
	for event in BEFORE:
		_run(doc, event)
	doc.set_title_field()
	doc._validate()
	doc.set_docstatus()
	doc.flags.in_insert = False


def _run(doc: Any, event: str) -> None:
	"""The controller's method and the handlers of its own DocType; those of every DocType have nothing to do here."""
	method = getattr(doc, event, None)
	if callable(method):
		method()
	for path in handlers_of(doc.doctype, event):
		frappe.get_attr(path)(doc, event)


def _name(doc: Any, series: Series) -> None:
	"""As `Document.set_new_name`, with the numbers of a series from `series`."""
	pattern, is_named_by_controller = doc.meta.autoname or "", callable(getattr(doc, "autoname", None))
	is_numbered = "#" in pattern and ":" not in pattern and not is_named_by_controller
	if not is_numbered and (pattern or not is_named_by_controller):
		doc.set_new_name()
		return
	_run(doc, "before_naming")
	if is_numbered:
		doc.name = naming.parse_naming_series(pattern.split("."), doc=doc, number_generator=series)
	else:
		_run(doc, "autoname")
	doc.name = naming.validate_name(doc.doctype, doc.name or naming.make_autoname("hash", doc.doctype))
	for row in doc.get_all_children():
		_name_row(row)
	doc.flags.name_set = True


def _name_row(row: Any) -> None:
	if (row.meta.autoname or "hash").lower() != "hash" or any(
		callable(getattr(row, event, None)) or handlers_of(row.doctype, event) for event in NAMING
	):
		naming.set_new_name(row)
	elif not row.name:
		row.name = naming.make_autoname("hash", row.doctype)


def _write(documents: list[Any], series: Series, importing: Importing) -> bool:
	"""Write prepared documents. Answers whether the database took them; if not, nothing is written."""
	if not documents:
		return True
	frappe.db.savepoint(SAVEPOINT)
	try:
		_write_rows(documents)
		_write_rows([row for doc in documents for row in doc.get_all_children()])
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


def _write_rows(rows: Sequence[Any]) -> None:
	by_columns: dict[tuple, list[tuple]] = defaultdict(list)
	for row in rows:
		# The rules of the register may have added it after its parent was named and stamped.
		if not row.name:
			_name_row(row)
		if not row.creation:
			row.creation = row.modified = frappe.utils.now()
			row.owner = row.modified_by = frappe.session.user
		values = row.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
		by_columns[(row.doctype, *values)].append(tuple(values.values()))
		row.set("__islocal", False)
	for (doctype, *columns), values in by_columns.items():
		many_rows.insert(doctype, columns, values)


def _finish(documents: list[Any]) -> None:
	"""What Frappe does after each insert: its search, the note of where a record is from, news for open lists."""
	from frappe.desk.notifications import clear_doctype_notifications
	from frappe.utils.global_search import update_global_search

	for doc in documents:
		update_global_search(doc)
	bulk_links.count(documents)
	_note_origin(documents)
	clear_doctype_notifications(documents[-1])
	told = {"doctype": documents[-1].doctype, "name": documents[-1].name, "user": frappe.session.user}
	frappe.publish_realtime("list_update", told, after_commit=True)


def _note_origin(documents: list[Any]) -> None:
	if not documents[0].meta.track_changes:
		return
	version = frappe.new_doc("Version")
	rows = []
	for doc in documents:
		if version.update_version_info(None, doc):
			version.name = None
			_name_row(version)
			version.set("__islocal", True)
			version.set_user_and_timestamp()
			rows.append(version.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True))
	if rows:
		many_rows.insert("Version", list(rows[0]), [tuple(row.values()) for row in rows])
