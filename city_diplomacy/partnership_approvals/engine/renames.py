"""What becomes of answers when a record that a document names gets another name, or goes into another record.

The content people clear holds names. A record that is only called otherwise is the same record: nobody is asked
again, and each answer is carried over to the text as it reads now, if the new name is all that differs from what
it was given on. A record that is merged into another one is not: the document names somebody else by then, which
is a change of its text like any other. What is in force names the record under its new name too; that is an entry
of its ledger, a merge above all: it was signed with somebody else. Bound as `after_rename` to the DocTypes a routed document may name.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record.content import content_hash
from city_diplomacy.partnership_approvals.engine import advance, clearances, routes
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.ledger.snapshots import content_at
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import (
	content_of,
	declared_routings,
	files_of,
	hash_of,
	is_table,
)
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, Field
from city_diplomacy.registers.languages import in_language, site_language

RENAMED, MERGED = "Renamed", "Merged"
LINKS = ("Link", "Dynamic Link")


def follow(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Let every document that names `doc` follow its new name: the answers to a running one, the ledger of any."""
	for doctype in declared_routings():
		for name in sorted(_naming(doctype, doc.doctype, new)):
			route = routes.lock(doctype, name)
			if not route or hash_of(route.document()) == last_hash(route):
				# It has not set out, or named the record under this name before.
				continue
			if route.state in (*route.routing.stage_states, route.routing.ready):
				_follow_in(route, doc, old, new, merge)
			else:
				_enter(route, doc, old, new, merge)


def linked_doctypes(doctype: str) -> set[str]:
	"""The DocTypes whose names may stand in what people clear of a routed DocType."""
	return {
		named
		for meta, df in _links(doctype)
		for named in (
			meta.get_field(df.options).options.split("\n") if df.fieldtype == "Dynamic Link" else [df.options]
		)
		if named
	}


def _follow_in(route: Route, renamed: Document, old: str, new: str, merged: bool) -> None:
	doc = route.document()
	words = _in_words(renamed, old, new, merged)
	if merged:
		advance.follow_other_text(route, doc, words, [renamed.doctype])
		return
	route.record_text(RENAMED, doc, words)
	rename = partial(_with_new_name, doc.doctype, renamed.doctype, old, new)
	keep_answers(route, doc, partial(_hash_under_new_name, route, doc, rename))


def keep_answers(
	route: Route, doc: Document, hash_now: Callable[[ClearanceRow, tuple[str, ...]], str | None]
) -> None:
	"""Carry answers over to a content that reads or is hashed otherwise and is the one they were given on.

	`hash_now` gives, for a clearance and the fields its rule watches, the hash its answer holds for now, None
	where it was given on something else.
	"""
	rules = {rule.key: rule for rule in planning.rules_of(route.row.policy)}
	for row in route.clearances:
		if row.rule_key in rules and row.snapshot:
			row.update({"holds_for": hash_now(row, rules[row.rule_key].watched_fields)})
	clearances.reopen(route, doc)
	clearances.refresh_open(route, doc)
	advance.advance(route, doc)


def _enter(route: Route, renamed: Document, old: str, new: str, merged: bool) -> None:
	"""A document that nobody clears now, such as one in force, names another record or one by another name."""
	event = MERGED if merged else RENAMED
	route.record_text(event, route.document(), _in_words(renamed, old, new, merged))
	route.store()


def _in_words(renamed: Document, old: str, new: str, merged: bool) -> str:
	with in_language(site_language()):
		sentence = _("{0} {1} was merged into {2}.") if merged else _("{0} {1} is now called {2}.")
		return sentence.format(_(renamed.doctype), old, new)


def _hash_under_new_name(
	route: Route,
	doc: Document,
	rename: Callable[[dict[str, Any]], dict[str, Any]],
	row: ClearanceRow,
	watched: tuple[str, ...],
) -> str | None:
	"""The hash of the text an answer was given on as it reads with the new name; None where the text on file is
	not the one that was answered."""
	text, files = content_at(route.row.name, row.snapshot), files_of(doc, watched)
	if text is None:
		return None
	seen = {field: value for field, value in text.items() if not watched or field in watched}
	return content_hash(rename(seen), files) if content_hash(seen, files) == row.content_hash else None


def _with_new_name(doctype: str, renamed: str, old: str, new: str, content: dict[str, Any]) -> dict[str, Any]:
	"""The content of a document of `doctype` with the new name where it names the old one; in tables too."""
	meta = frappe.get_meta(doctype)
	changed = dict(content)
	for df in meta.fields:
		value = content.get(df.fieldname)
		if is_table(df):
			rename = partial(_with_new_name, df.options, renamed, old, new)
			changed[df.fieldname] = [rename(row) for row in value or ()]
		elif value == old and df.fieldtype in LINKS:
			named = content.get(df.options) if df.fieldtype == "Dynamic Link" else df.options
			if named == renamed:
				changed[df.fieldname] = new
	return {field: value for field, value in changed.items() if field in content}


def last_hash(route: Route) -> str | None:
	"""The hash of the text the route's own entries ended with."""
	table = frappe.qb.DocType("Approval Decision")
	found = (
		frappe.qb.from_(table)
		.select(table.content_hash)
		.where((table.route == route.row.name) & table.clearance.isnull() & table.content_hash.isnotnull())
		.orderby(table.sequence, order=frappe.qb.desc)
		.limit(1)
		.for_update()
		.run(pluck=True)
	)
	return found[0] if found else None


def _naming(doctype: str, named: str, name: str) -> set[str]:
	"""The documents of a routed DocType that name a record in what people clear, as far as is known unlocked."""
	found: set[str] = set()
	for meta, df in _links(doctype):
		table = frappe.qb.DocType(meta.name)
		if df.fieldtype == "Link" and df.options != named:
			continue
		names_it = table[df.fieldname] == name
		if df.fieldtype == "Dynamic Link":
			names_it &= table[df.options] == named
		if meta.istable:
			names_it &= table.parenttype == doctype
		document = table.parent if meta.istable else table.name
		found.update(frappe.qb.from_(table).select(document).where(names_it).run(pluck=True))
	return found


def _links(doctype: str) -> Iterator[tuple[Any, Field]]:
	"""The fields by which what people clear of a routed DocType names records, with the meta of their table."""
	meta = frappe.get_meta(doctype)
	for fieldname in content_of(frappe.new_doc(doctype)):
		df = meta.get_field(fieldname)
		table = frappe.get_meta(df.options) if is_table(df) else None
		for one in table.fields if table else (df,):
			if one.fieldtype in LINKS and not one.read_only:
				yield table or meta, one
