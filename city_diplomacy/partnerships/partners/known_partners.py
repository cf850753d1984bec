"""What the rules of partners ask of their register: who has a name already. In an import, for many at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import frappe
from frappe.utils import cstr

from city_diplomacy.domain.names.folding import fold
from city_diplomacy.registers.importing import NotAloneError


class _Ahead:
	"""What was read ahead for some documents, and the names of those that were prepared since."""

	def __init__(self, documents: Sequence[Any]):
		first = documents[0]
		self.doctype = first.doctype
		keys = {_key_of(doc) for doc in documents}
		self.rows: dict[str, list[Any]] = {}
		for row in _rows_named(self.doctype, keys, first.place_columns()):
			self.rows.setdefault(row.name_key, []).append(row)
		self.asked = keys
		wanted = {name for doc in documents for name in doc.names_by_place()}
		found = frappe.get_all(
			self.doctype, {"name": ["in", list(wanted) or [""]]}, pluck="name", limit_page_length=0
		)
		self.taken = {_plain(name) for name in found}
		# The database compares by its collation: a name it found under another spelling is looked up one by one.
		self.is_sure = self.taken <= {_plain(name) for name in wanted}
		self.wanted = wanted
		self.prepared_keys: set[str] = set()
		self.prepared_names: set[str] = set()


_ahead: ContextVar[_Ahead | None] = ContextVar("partners_read_ahead", default=None)


@contextmanager
def read_ahead(documents: Sequence[Any]) -> Iterator[None]:
	"""In the block, the names of these documents are looked up in what was read here."""
	if not documents:
		yield
		return
	token = _ahead.set(_Ahead(documents))
	try:
		yield
	finally:
		_ahead.reset(token)


def remember(doc: Any) -> None:
	"""A document that passed its rules and is written with the others: its names are taken from now on."""
	ahead = _ahead.get()
	if ahead:
		ahead.prepared_keys.add(doc.name_key)
		ahead.prepared_names.add(_plain(doc.name))


def rows_named(doc: Any) -> list[Any]:
	"""The other stored records whose name is compared as that of this one, with the columns that tell places apart.

	Raises NotAloneError in an import while another of that name is prepared and not stored.
	"""
	ahead = _ahead.get()
	if not ahead or ahead.doctype != doc.doctype or doc.name_key not in ahead.asked:
		return [
			row
			for row in _rows_named(doc.doctype, {doc.name_key}, doc.place_columns())
			if row.name != doc.name
		]
	if doc.name_key in ahead.prepared_keys:
		raise NotAloneError
	return [row for row in ahead.rows.get(doc.name_key, ()) if row.name != doc.name]


def is_taken(doctype: str, name: str) -> bool:
	"""Whether a record is stored under a name. Raises NotAloneError as `rows_named`."""
	ahead = _ahead.get()
	if not ahead or ahead.doctype != doctype or name not in ahead.wanted:
		return bool(frappe.db.exists(doctype, name))
	if _plain(name) in ahead.prepared_names:
		raise NotAloneError
	if ahead.is_sure and _plain(name) not in ahead.taken:
		return False
	return bool(frappe.db.exists(doctype, name))


def _rows_named(doctype: str, keys: set[str], columns: list[str]) -> list[Any]:
	# The register is read past permissions so that nobody enters what is there already; only a name is told.
	return frappe.get_all(
		doctype,
		filters={"name_key": ["in", sorted(keys) or [""]]},
		fields=["name", "name_key", *columns],
		limit_page_length=0,
	)


def _key_of(doc: Any) -> str:
	name = " ".join(cstr(doc.get(doc.NAME_FIELD)).split())
	doc.set(doc.NAME_FIELD, name)
	return fold(name)[:140]


def _plain(name: str) -> str:
	return fold(name) or name.casefold()
