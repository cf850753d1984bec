"""What a routing policy said when a document was pinned to it, and whether it says the same now.

A submitted policy does not change, but for its status; what is changed beneath it would change who is asked by
running documents. So the entry that pins a policy tells of it in parts: one for each rule, and one each for its
head, its conditions and its escalation. Links stand there by name, because a rename rewrites them in the policy.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record.content import content_hash
from city_diplomacy.domain.record.recorded import Told
from city_diplomacy.partnership_approvals.routing.routed_doctypes import NOT_CONTENT, is_table
from city_diplomacy.partnership_approvals.shapes import LedgerFinding, Policy, Record, Row

DOCTYPE = "Routing Policy"
HEAD = "policy"
SHA256 = "sha256"
# Switching a policy on and off changes nothing for what is pinned to it.
CHANGES = ("status",)


@dataclass(frozen=True)
class Pinned:
	"""A policy as it is stored now, with its parts."""

	document: Policy
	parts: dict[str, dict[str, Any]]


def parts_of(policy: str | Policy) -> dict[str, dict[str, Any]]:
	"""The parts of a policy by name, each with its SHA-256 and, in plain text, the records its links name.

	`policy` is its name or the document; a rule is called by its key, a table by its fieldname.
	"""
	policy = frappe.get_cached_doc(DOCTYPE, policy) if isinstance(policy, str) else policy
	parts = {HEAD: _part(policy.meta, [policy])}
	for df in policy.meta.get_table_fields():
		meta, rows = frappe.get_meta(df.options), policy.get(df.fieldname) or []
		if df.fieldname == "rules":
			parts.update({f"rule {row.rule_key or row.name}": _part(meta, [row]) for row in rows})
		else:
			parts[df.fieldname] = _part(meta, rows)
	return parts


def links() -> dict[str, str]:
	"""The columns of a rule that name records, with the DocType they name."""
	return {
		df.fieldname: df.options for df in frappe.get_meta("Routing Rule").fields if df.fieldtype == "Link"
	}


def read(names: set[str]) -> dict[str, Pinned]:
	"""The policies as they are stored now, whatever a cache holds, in a fixed number of statements."""
	if not names:
		return {}
	rows = _rows(DOCTYPE, {"name": ["in", sorted(names)]})
	tables: dict[str, dict[str, list[Row]]] = {}
	for df in frappe.get_meta(DOCTYPE).get_table_fields():
		of_policy: dict[str, list[Row]] = defaultdict(list)
		where = {"parenttype": DOCTYPE, "parentfield": df.fieldname, "parent": ["in", sorted(names)]}
		for row in _rows(df.options, where, "parent asc, idx asc"):
			of_policy[row["parent"]].append(row)
		tables[df.fieldname] = of_policy
	found = {}
	for row in rows:
		children = {field: of.get(row.name, []) for field, of in tables.items()}
		document = frappe.get_doc({"doctype": DOCTYPE, **row, **children})
		found[row.name] = Pinned(document, parts_of(document))
	return found


def differences(
	policy: str, stored: Pinned | None, told: Mapping[str, Told], known: Mapping[str, set[str]]
) -> Iterator[LedgerFinding]:
	"""A finding for each part of a pinned policy that is not what the entry that pinned it tells.

	`known` are, by DocType, the records that still bear the name they are told by.
	"""
	if not told:
		return
	if not stored:
		yield _finding(next(iter(told.values())), _("The policy {0} is gone.").format(policy))
		return
	now = stored.parts
	for part in sorted({*told, *now}):
		if part not in now:
			yield _finding(told[part], _("The policy {0} has no {1} any more.").format(policy, part))
		elif part not in told:
			yield _finding(
				next(iter(told.values())),
				_("The policy {0} has the {1}, which it had not when it was pinned.").format(policy, part),
			)
		elif changed := _changed(now[part], told[part].value, known):
			yield _finding(
				told[part],
				_("The policy {0} is not what was pinned: {1} ({2}).").format(
					policy, _called(stored.document, part), ", ".join(changed)
				),
			)


def _changed(now: Mapping[str, Any], told: object, known: Mapping[str, set[str]]) -> list[str]:
	"""What differs in a part: columns that are links by name, all others as its words and numbers."""
	if not isinstance(told, Mapping):
		return [_("unreadable")]
	named = links()
	changed = [_("its words and numbers")] if now.get(SHA256) != told.get(SHA256) else []
	for column in sorted({*now, *told} - {SHA256}):
		before = told.get(column)
		renamed = (
			isinstance(before, str)
			and bool(before)
			and column in named
			and before not in known.get(named[column], ())
		)
		if now.get(column) != before and not renamed:
			changed.append(column)
	return changed


def _called(policy: Policy, part: str) -> str:
	for row in policy.rules:
		if part == f"rule {row.rule_key or row.name}":
			return _("rule {0}, {1}").format(row.idx, row.seat)
	return part


def _part(meta: Any, rows: Sequence[Record]) -> dict[str, Any]:
	columns = [
		df
		for df in meta.fields
		if df.fieldtype not in NOT_CONTENT and not is_table(df) and df.fieldname not in CHANGES
	]
	by_name = {df.fieldname for df in columns if meta.name == "Routing Rule" and df.fieldtype == "Link"}
	hashed = [
		{df.fieldname: row.get(df.fieldname) for df in columns if df.fieldname not in by_name} for row in rows
	]
	named = {field: row.get(field) for row in rows for field in sorted(by_name) if row.get(field)}
	return {SHA256: content_hash({"rows": hashed}), **named}


def _finding(told: Told, problem: str) -> LedgerFinding:
	return {"sequence": told.sequence, "problem": problem}


def _rows(doctype: str, filters: dict[str, Any], order_by: str = "name asc") -> list[Row]:
	return frappe.get_all(doctype, filters=filters, fields=["*"], order_by=order_by, limit_page_length=0)
