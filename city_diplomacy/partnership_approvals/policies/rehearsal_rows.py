"""What a rehearsal found, as far as somebody may read it: page by page, and as a table to take away.

The rows hold no titles and no words of an agreement. Those about documents a person may not read are left out
and counted; the permission of `Rehearsal Difference` says which they are, as it does for lists and reports.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from city_diplomacy.domain.rehearsal import comparison as domain
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.policies.rehearsals import ROW
from city_diplomacy.partnership_approvals.policies.shadow import ASKED
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of

PAGE = 20
PROBLEM = "problem"
KINDS = (*(str(kind) for kind in domain.Kind), PROBLEM)
FIELDS = (
	"name",
	"reference_doctype",
	"reference_name",
	"document_state",
	"compared_with",
	"problem",
	"changes",
)
# A spreadsheet takes what begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def page(rehearsal: str, kind: str | None = None, begin: int = 0) -> dict[str, Any]:
	"""The next PAGE rows in the order of their documents' names, only those with a kind of difference if given.

	{"rows": [see `as_read`], "begin", "length" of a page, "shown": how many this person may read in all, "hidden":
	how many more there are}. Raises RehearsalError for a kind there is not.
	"""
	if kind and kind not in KINDS:
		frappe.throw(_("{0} is not a kind of difference.").format(kind), RehearsalError)
	filters = _filters(rehearsal, kind)
	shown = len(frappe.get_list(ROW, filters=filters, pluck="name", limit_page_length=0))
	rows = _listed(filters, max(begin, 0), PAGE)
	return {
		"rows": as_read(rows),
		"begin": max(begin, 0),
		"length": PAGE,
		"shown": shown,
		"hidden": frappe.db.count(ROW, filters) - shown,
	}


def as_read(rows: list[Any]) -> list[dict[str, Any]]:
	"""Rows with the titles of their documents and a sentence for each difference.

	Each: {"doctype", "name", "title", "state", "compared_with": ASKED or the policy, "problem",
	"differences": [{"kind", "seat", "sentence"}]}.
	"""
	if not rows:
		return []
	differences = {
		row.name: [domain.from_stored(stored) for stored in json.loads(row.changes or "[]")] for row in rows
	}
	titles = _titles(rows)
	told = iter(said([difference for found in differences.values() for difference in found]))
	return [
		{
			"doctype": row.reference_doctype,
			"name": row.reference_name,
			"title": titles.get(row.reference_name) or row.reference_name,
			"state": row.document_state,
			"compared_with": row.compared_with,
			"problem": row.problem,
			"differences": [next(told) for _difference in differences[row.name]],
		}
		for row in rows
	]


def said(differences: list[domain.Difference]) -> list[dict[str, str]]:
	"""Each difference as {"kind", "label" of the kind, "seat", "sentence"}, with the names of people."""
	seats = [seat for difference in differences for seat in (difference.before, difference.after) if seat]
	names = full_names(seat.who for seat in seats if not seat.is_role)
	return [
		{
			"kind": str(difference.kind),
			"label": label_of(str(difference.kind)),
			"seat": difference.seat,
			"sentence": domain.sentence(difference, names, _, formatdate),
		}
		for difference in differences
	]


def as_csv(rehearsal: str) -> str:
	"""Every row this person may read, a line for each difference; at the end, how many rows are left out."""
	out = io.StringIO()
	writer = csv.writer(out)
	writer.writerow(
		[_("Document"), _("Title"), _("State"), _("Compared with"), _("Difference"), _("Seat"), _("In words")]
	)
	count = 0
	for row in _all_rows(rehearsal):
		count += 1
		for line in _lines(row):
			writer.writerow([as_cell(value) for value in line])
	hidden = frappe.db.count(ROW, {"rehearsal": rehearsal}) - count
	if hidden:
		writer.writerow([_("{0} more that you may not read").format(hidden)])
	return out.getvalue()


def as_cell(value: Any) -> str:
	"""A value as a cell of a table that a spreadsheet will not take for a formula."""
	text = str(value if value is not None else "")
	return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _lines(row: dict[str, Any]) -> Iterator[list[Any]]:
	compared_with = _("What was asked") if row["compared_with"] == ASKED else row["compared_with"]
	about = [row["name"], row["title"], _(row["state"]), compared_with]
	if row["problem"]:
		yield [*about, _("Problem"), "", row["problem"]]
	for difference in row["differences"]:
		yield [*about, label_of(difference["kind"]), difference["seat"], difference["sentence"]]


def label_of(kind: str) -> str:
	"""What people call a kind of difference."""
	return {
		"added": _("Asked as well"),
		"dropped": _("No longer asked"),
		"moved": _("In another order"),
		"asked_of_another": _("Asked of somebody else"),
		"sooner": _("Less time"),
		"later": _("More time"),
		"renamed": _("Called otherwise"),
		PROBLEM: _("Cannot be routed"),
	}[kind]


def _all_rows(rehearsal: str) -> Iterable[dict[str, Any]]:
	begin, batch = 0, 1000
	while rows := _listed({"rehearsal": rehearsal}, begin, batch):
		yield from as_read(rows)
		begin += batch


def _listed(filters: dict[str, Any], begin: int, limit: int) -> list[Any]:
	return frappe.get_list(
		ROW,
		filters=filters,
		fields=list(FIELDS),
		order_by="reference_name asc",
		limit_start=begin,
		limit_page_length=limit,
	)


def _filters(rehearsal: str, kind: str | None) -> dict[str, Any]:
	filters: dict[str, Any] = {"rehearsal": rehearsal}
	if kind == PROBLEM:
		filters[PROBLEM] = ["is", "set"]
	elif kind:
		filters[kind] = [">", 0]
	return filters


def _titles(rows: list[Any]) -> dict[str, str]:
	"""The titles of the documents of rows this person may read."""
	doctype = rows[0].reference_doctype
	field = routing_of(doctype).title_field
	if not frappe.get_meta(doctype).has_field(field):
		return {}
	table = frappe.qb.DocType(doctype)
	found = (
		frappe.qb.from_(table)
		.select(table.name, table[field])
		.where(table.name.isin([row.reference_name for row in rows]))
		.run()
	)
	return dict(found)
