"""Doubles of records that have no rule of their own for them: those that say the same in every required field."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.utils import cstr

MOST_SHOWN = 5


def key(doc: Any) -> str:
	"""What two lines have in common that mean one record; empty where the record has nothing to compare by."""
	values = [_plain(doc.get(column)) for column in _columns(doc)]
	return "|".join(values) if values and values[0] else ""


def same(documents: Sequence[Any]) -> list[str]:
	"""Nothing is refused for what it is called: every double is a likely one."""
	return [""] * len(documents)


def alike(documents: Sequence[Any]) -> list[list[str]]:
	"""For each document the stored records with the same title and the same in every required field."""
	if not documents:
		return []
	columns = _columns(documents[0])
	if not columns:
		return [[] for _doc in documents]
	titles = {cstr(doc.get(columns[0])).strip() for doc in documents} - {""}
	stored: dict[tuple, list[str]] = {}
	# Only those the person may know of: an engagement about a confidential agreement is told to nobody else.
	for row in frappe.get_list(
		documents[0].doctype,
		filters={columns[0]: ["in", sorted(titles) or [""]]},
		fields=["name", *columns],
		order_by="creation asc",
		limit_page_length=0,
	):
		stored.setdefault(tuple(_plain(row[column]) for column in columns), []).append(row.name)
	wanted = [tuple(_plain(doc.get(column)) for column in columns) for doc in documents]
	return [stored.get(one, [])[:MOST_SHOWN] if one[0] else [] for one in wanted]


def _columns(doc: Any) -> list[str]:
	"""Its title, then what must be filled in; a state it moves through tells no two records apart."""
	title = doc.meta.title_field
	required = [
		df.fieldname
		for df in doc.meta.fields
		if df.reqd and df.fieldtype in ("Data", "Link", "Date", "Datetime") and df.fieldname != title
	]
	return [title, *required] if title else []


def _plain(value: Any) -> str:
	return " ".join(cstr(value).split()).casefold()
