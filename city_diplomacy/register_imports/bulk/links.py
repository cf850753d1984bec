"""The links of many new documents, looked up for all of them at once: as `Document._validate_links` does for one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import frappe
from frappe import _

Rows = dict[tuple[str, str], Any]
_ahead: ContextVar[Rows | None] = ContextVar("links_read_ahead", default=None)


@contextmanager
def read_ahead(documents: Sequence[Any]) -> Iterator[None]:
	"""In the block, `check` finds in memory what the links of these documents lead to."""
	wanted: dict[str, set[str]] = defaultdict(set)
	columns: dict[str, set[str]] = defaultdict(set)
	for doc in documents:
		for row in (doc, *doc.get_all_children()):
			for df, doctype, name in _links_of(row):
				wanted[doctype].add(name)
				columns[doctype].update(_column(other) for other in _fetched(row, df))
	rows: Rows = {}
	for doctype, names in wanted.items():
		for found in frappe.get_all(
			doctype,
			filters={"name": ["in", sorted(names)]},
			fields=["name", *sorted(columns[doctype] - {"name"})],
			limit_page_length=0,
		):
			rows[doctype, found.name] = found
	token = _ahead.set(rows)
	try:
		yield
	finally:
		_ahead.reset(token)


def check(doc: Any) -> None:
	"""Raises LinkValidationError naming what leads nowhere; fills in what is fetched through the other links."""
	missing = []
	for row in (doc, *doc.get_all_children()):
		for df, doctype, name in _links_of(row):
			found = _found(doctype, name, [_column(other) for other in _fetched(row, df)])
			if not found:
				label = _(df.label, context=df.parent)
				of_row = "{} #{}: {}: {}".format(_("Row"), row.idx, label, name)
				missing.append(of_row if row.get("parentfield") else f"{label}: {name}")
				continue
			row.set(df.fieldname, found.name)
			for other in _fetched(row, df):
				row.set_fetch_from_value(doctype, other, found)
	if missing:
		frappe.throw(_("Could not find {0}").format(", ".join(missing)), frappe.LinkValidationError)


def count(documents: Sequence[Any]) -> None:
	"""Count the links of documents that were written, by which Frappe sorts what a link field offers: those that come
	by a request, and none of a job."""
	from frappe.model.utils.link_count import notify_link_count

	if not frappe.request:
		return
	for doc in documents:
		for row in (doc, *doc.get_all_children()):
			for _df, doctype, name in _links_of(row):
				notify_link_count(doctype, name)


def _links_of(row: Any) -> Iterator[tuple[Any, str, str]]:
	"""(field, DocType, name) of what a document or row links to."""
	for df in row.meta.get("fields", {"fieldtype": ["in", ["Link", "Dynamic Link"]]}):
		name = row.get(df.fieldname)
		doctype = df.options if df.fieldtype == "Link" else row.get(df.options)
		if name and doctype:
			yield df, doctype, name
		elif name:
			label = _(row.meta.get_label(df.options))
			frappe.throw(_("{0} must be set first").format(label), frappe.LinkValidationError)


def _fetched(row: Any, df: Any) -> list[Any]:
	"""The fields that are filled in through a link."""
	return [
		other
		for other in row.meta.get_fields_to_fetch(df.fieldname)
		if not other.get("fetch_if_empty") or not row.get(other.fieldname)
	]


def _column(df: Any) -> str:
	return df.fetch_from.split(".")[-1]


def _found(doctype: str, name: str, columns: list[str]) -> Any:
	rows = _ahead.get()
	found = rows.get((doctype, name)) if rows is not None else None
	if found and all(column in found for column in columns):
		return found
	# Written in another case, or put there by the register itself.
	return frappe.db.get_value(doctype, name, ["name", *columns], as_dict=True)
