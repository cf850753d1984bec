"""Which rows a person may know of, as one condition for lists, counts and single documents.

A row of a child table, and a row of Frappe's own about a record (a comment, a version, a file, a tag), is known
to those who may know of the record. What may be known of a record is what Frappe answers for its DocType: the
roles, the user permissions, and the conditions of the hooks.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_role_permissions
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Coalesce

from city_diplomacy.access.guarded import (
	ABOUT_A_RECORD,
	NARROWED,
	child_tables,
	guarded_doctypes,
	parents_of,
)

FRAPPE = int(frappe.__version__.split(".")[0])
# From a permission hook, "no objection" is None on Frappe v15 (True there ends the questioning of other
# apps' hooks) and True from v16 on, where any falsy answer refuses.
NO_OBJECTION = True if FRAPPE >= 16 else None


class AsWritten(Criterion):
	"""A condition that is SQL text already, such as the ones Frappe's hooks answer."""

	def __init__(self, text: str):
		super().__init__()
		self.text = text

	def get_sql(self, **_options: Any) -> str:
		return f"({self.text})"


EVERY_RECORD = AsWritten("1 = 1")
NO_RECORD = AsWritten("1 = 0")

P, R = ParamSpec("P"), TypeVar("R")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers_of_one_condition", default=None)


def once_a_condition(function: Callable[P, R]) -> Callable[P, R]:
	"""Decorator for what the conditions of many DocTypes ask of the same person, such as their departments.

	While one condition over many DocTypes is composed, each question is put to the database once. At any other
	time the function is called as it is.
	"""

	@wraps(function)
	def asked(*args: P.args, **kwargs: P.kwargs) -> R:
		answers = _answers.get()
		if answers is None:
			return function(*args, **kwargs)
		question = (function, args, tuple(sorted(kwargs.items())))
		if question not in answers:
			answers[question] = function(*args, **kwargs)
		return answers[question]

	return asked


@contextmanager
def one_condition() -> Iterator[None]:
	"""Within the block, `once_a_condition` asks each question once."""
	token = _answers.set({} if _answers.get() is None else _answers.get())
	try:
		yield
	finally:
		_answers.reset(token)


def as_sql(condition: Criterion) -> str:
	"""Returns a condition as the text Frappe's list hook wants, each column with its table."""
	text = condition.get_sql(quote_char="`", secondary_quote_char="'", with_namespace=True, subquery=True)
	return f"({text})"


def is_one_of(column: Any, queries: Iterable[Any]) -> Criterion:
	"""The condition that a column holds what one of the queries finds; each selects one column.

	What they find is put together first and then looked up by the column. Said with OR, the database would judge row
	after row of the table until it has found a page, and for who may know of few that is all of them.
	"""
	return column.isin(put_together(queries))


def put_together(queries: Iterable[Any]) -> Any:
	"""What one or the other of the queries finds, each once, as a query."""
	found = as_table(queries)
	return frappe.qb.from_(found).select(found.star)


def as_table(queries: Iterable[Any]) -> Any:
	"""As `put_together`, as a table to join; its column is called as the first query calls it."""
	known, *others = queries
	for query in others:
		known = known.union(query)
	return known.as_("known")


def known_rows_of(doctype: str, user: str) -> Criterion:
	"""The rows of a child table of ours, or of Frappe's about records, that a person may know of."""
	kind, name, guarded = _what_rows_are_about(doctype)
	condition = _rows_about(doctype, kind, name, guarded, user)
	for column in NARROWED.get(doctype, ()):
		condition |= frappe.qb.DocType(doctype)[column] == user
	return condition


def known_records(doctype: str, user: str) -> Criterion | None:
	"""The condition for the records of a DocType a person may know of.

	None where no role lets the person read any, EVERY_RECORD where the DocType has no condition for them.
	"""
	if user != "Administrator" and not get_role_permissions(frappe.get_meta(doctype), user).get("read"):
		return None
	try:
		text = DatabaseQuery(doctype, user=user).build_match_conditions()
	except frappe.PermissionError:
		frappe.clear_last_message()
		return None
	return AsWritten(text) if text else EVERY_RECORD


def is_known(doctype: str, name: str, user: str) -> bool:
	"""Whether a stored record or row exists and the person may know of it."""
	if user == "Administrator":
		return is_stored(doctype, name)
	if doctype in child_tables() or doctype in ABOUT_A_RECORD:
		return _is_known_row(doctype, name, user)
	condition = known_records(doctype, user)
	return condition is not None and is_stored(doctype, name, condition)


def _is_known_row(doctype: str, name: str, user: str) -> bool:
	"""As `known_rows_of` for one row, asking only what may be known of the one record it is about."""
	*columns, guarded = _what_rows_are_about(doctype)
	people = NARROWED.get(doctype, ())
	row = frappe.db.get_value(doctype, {"name": str(name or "")}, ["name", *columns, *people])
	if not row:
		return False
	_name, about, record, *persons = row
	if user in persons:
		return True
	if about not in guarded:
		# The database compares names by its collation, by which another spelling may name a guarded DocType.
		return not about or is_stored(doctype, name, known_rows_of(doctype, user))
	condition = known_records(about, user)
	if condition is None or condition is EVERY_RECORD:
		return condition is EVERY_RECORD
	return is_stored(about, record, condition)


def is_stored(doctype: str, name: Any, condition: Criterion | None = None) -> bool:
	"""Whether a table has a row of that name, and of that condition where one is given."""
	table = frappe.qb.DocType(doctype)
	itself = table.name == str(name or "")
	return bool(frappe.qb.from_(table).select(table.name).where(itself & (condition or EVERY_RECORD)).run())


def _what_rows_are_about(doctype: str) -> tuple[str, str, Collection[str]]:
	"""The columns with the DocType and the name of what a row is about, and the DocTypes whose records are guarded."""
	if doctype in child_tables():
		return "parenttype", "parent", parents_of(doctype)
	return *ABOUT_A_RECORD[doctype], guarded_doctypes()


def about_known(kind: Any, name: Any, doctypes: Iterable[str], user: str) -> Criterion:
	"""The rows about a record of one of some DocTypes that the person may know of; `kind` and `name` are the columns that
	say which."""
	condition: Criterion = NO_RECORD
	for doctype in doctypes:
		known = _known_once(doctype, user)
		if known is None:
			continue
		of_it = kind == doctype
		if known is not EVERY_RECORD:
			records = frappe.qb.DocType(doctype)
			of_it &= name.isin(frappe.qb.from_(records).select(records.name).where(known))
		condition |= of_it
	return condition


@once_a_condition
def _known_once(doctype: str, user: str) -> Criterion | None:
	return known_records(doctype, user)


def _rows_about(doctype: str, kind: str, name: str, guarded: Collection[str], user: str) -> Criterion:
	"""Rows about something else, or about a record of a guarded DocType that the person may know of."""
	table = frappe.qb.DocType(doctype)
	of_kind, of_name = table[kind], table[name]
	with one_condition():
		known = {target: known_records(target, user) for target in guarded}
	# A DocType of which the person may know every record counts as one that is not guarded.
	narrower = [target for target, condition in known.items() if condition is not EVERY_RECORD]
	about = Coalesce(of_kind, "").notin(narrower) if narrower else EVERY_RECORD
	for target in narrower:
		if known[target] is not None:
			records = frappe.qb.DocType(target)
			names = frappe.qb.from_(records).select(records.name).where(known[target])
			about |= (of_kind == target) & of_name.isin(names)
	return about
