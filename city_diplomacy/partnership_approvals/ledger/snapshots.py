"""The texts people were asked about, kept by their hash, so that anybody can see what changed since.

A snapshot is what `content_of` answers for the whole document, written once per route and hash when people
are asked or the text changes, beneath the document layer like every record of the engine.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from city_diplomacy.domain.record.redline import Kind, Stretch, compare_texts, redline
from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.partnership_approvals.files import kept, texts
from city_diplomacy.partnership_approvals.files.uploaded import file_at
from city_diplomacy.partnership_approvals.routing.routed_doctypes import (
	content_of,
	files_of,
	hash_of,
	routing_of,
)
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, Field, RouteRow, SnapshotRow
from city_diplomacy.registers.readable import readable

DOCTYPE = "Approval Snapshot"


def keep(route_row: RouteRow, doc: Document) -> str:
	"""Make sure the content of `doc` is on file for a route whose row is locked; answers its hash."""
	digest = hash_of(doc)
	name = name_of(route_row.name, digest)
	if not frappe.db.get_value(DOCTYPE, name, "name", for_update=True):
		frappe.get_doc(
			{
				"doctype": DOCTYPE,
				"name": name,
				"route": route_row.name,
				"reference_doctype": route_row.reference_doctype,
				"reference_name": route_row.reference_name,
				"content_hash": digest,
				"taken_on": now_datetime(),
				"content": json.dumps(content_of(doc), default=str, ensure_ascii=False),
				"files": files_in(doc),
			}
		).db_insert()
		kept.keep_texts(route_row.name, doc)
	return digest


def files_in(doc: Document) -> str:
	"""The languages and hashes of the files that are part of a text, as a snapshot keeps them."""
	return json.dumps(files_of(doc), ensure_ascii=False)


def digest_of(row: SnapshotRow) -> str:
	"""SHA-256 of what is on file, as it is stored."""
	return hashlib.sha256((row.content or "").encode()).hexdigest()


def content_at(route_name: str, digest: str | None) -> dict[str, Any] | None:
	"""The fields of a document as they were under a hash; None when that text is not on file."""
	stored = frappe.db.get_value(DOCTYPE, name_of(route_name, digest), "content") if digest else None
	return json.loads(stored) if stored else None


def changes_since(doc: Document, route_name: str, digest: str | None) -> list[dict[str, Any]] | None:
	"""What differs between a snapshot and the document as it stands, field by field, for people to read.

	Each: {"fieldname", "label", "stretches": [{"kind", "text"}]}. None when there is no such snapshot, an
	empty list when nothing changed.
	"""
	before = content_at(route_name, digest)
	if before is None:
		return None
	# Read back as the snapshot was, so that a date is a text on both sides.
	now = json.loads(json.dumps(content_of(doc), default=str))
	found = [
		_as_read(change.fieldname, _(doc.meta.get_label(change.fieldname)), change.stretches)
		for change in redline(_with_readable_files(doc, before), _with_readable_files(doc, now))
	]
	return found + _changes_in_files(doc, before, now)


def _with_readable_files(doc: Document, content: dict[str, Any]) -> dict[str, Any]:
	"""Content whose rows of files say in words which language, version and file they are."""
	declared = routing_of(doc.doctype).files
	if not declared or not content.get(declared[0]):
		return content
	table, language, _digest, attach = declared
	fields = frappe.get_meta(doc.meta.get_field(table).options).fields
	return {
		**content,
		table: [
			{df.fieldname: _said(df, row.get(df.fieldname), language, attach) for df in fields}
			for row in content[table]
		],
	}


def _said(df: Field, value: object, language: str, attach: str) -> str:
	if not value:
		return ""
	if df.fieldname == language:
		return _(frappe.get_cached_value("Language", value, "language_name") or str(value))
	if df.fieldname == attach:
		return str(value).rsplit("/", 1)[-1]
	if df.fieldtype == "Check":
		return _(df.label)
	return f"{_(df.label)} {value}" if df.fieldtype == "Int" else str(value)


def _as_read(fieldname: str, label: str, stretches: Iterable[Stretch]) -> dict[str, Any]:
	return {
		"fieldname": fieldname,
		"label": label,
		"stretches": [
			{"kind": str(stretch.kind), "text": "…" if stretch.kind is Kind.SKIPPED else stretch.text}
			for stretch in stretches
		],
	}


def _changes_in_files(doc: Document, before: dict[str, Any], now: dict[str, Any]) -> list[dict[str, Any]]:
	"""The words that differ between the newest text of each language then and now, where both can be read."""
	declared = routing_of(doc.doctype).files
	if not declared:
		return []
	table, language, _digest, attach = declared
	found = []
	# The last row of a language is its newest.
	newest = {row.get(language): row.get(attach) for row in now.get(table) or ()}
	for code, earlier in {row.get(language): row.get(attach) for row in before.get(table) or ()}.items():
		if newest.get(code) in (None, earlier):
			continue
		before_words, now_words = (
			texts.words_of(file) if (file := file_at(url)) else None for url in (earlier, newest[code])
		)
		if before_words is not None and now_words is not None and before_words != now_words:
			named = _(frappe.get_cached_value("Language", code, "language_name") or code)
			found.append(
				_as_read(table, _("Text ({0})").format(named), compare_texts(before_words, now_words))
			)
	return found


def changes_for(clearance: str) -> dict[str, Any]:
	"""What changed in a text since the seat of a clearance last answered; since it was first asked, if it never did.

	{"since": the moment, "answered": the decision it is counted from, None for the question, "cleared": whether that
	was favourable, "changes": see `changes_since`, None when nothing can be compared}. For those who may read the
	clearance.
	"""
	row = readable("Approval Clearance", clearance)
	doc = frappe.get_doc(row.reference_doctype, row.reference_name)
	since, answered, text = _last_known_to_seat(row)
	return {
		"since": since,
		"answered": answered,
		"cleared": bool(answered) and Decision(answered).is_favourable,
		"changes": changes_since(doc, row.route, text),
	}


def _last_known_to_seat(row: ClearanceRow) -> tuple[datetime, str | None, str | None]:
	"""When a seat last answered, how, and the text it answered on; of its first question, if it never did."""
	earlier = frappe.get_all(
		"Approval Clearance",
		filters={"route": row.route, "seat": row.seat, "name": ["!=", row.name], "carried_over": 0},
		fields=["snapshot", "decided_on", "asked_on", "decision"],
		order_by="asked_on asc",
		limit_page_length=0,
	)
	answers = [each for each in earlier if each.decision and each.decision != Decision.RECUSE]
	if answers:
		last = max(answers, key=lambda each: each.decided_on)
		return last.decided_on, last.decision, last.snapshot
	first = earlier[0] if earlier else row
	return first.asked_on, None, first.snapshot


def name_of(route_name: str, digest: str | None) -> str:
	"""What the text of a route with that content hash is called."""
	return f"{route_name}-{(digest or '')[:32]}"
