"""Deciding on what somebody outside proposes: field by field, by a person who may write the record."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from city_diplomacy.domain.guest_links.answers import AnswerState
from city_diplomacy.guest_links import links
from city_diplomacy.guest_links.exceptions import GuestLinkError
from city_diplomacy.guest_links.purposes import purpose_of


def decide(link: Any, row_name: str, accept: bool) -> int:
	"""Write what was said into the record, or leave the record as it is; returns how many are still to be decided.

	The record is saved as whoever decides, so all its rules hold; what they refuse leaves the proposal as it was.
	Raises GuestLinkError for a row of another link, and for one that was decided before.
	"""
	frappe.db.get_value(links.DOCTYPE, link.name, "name", for_update=True)
	row = frappe.db.get_value(
		links.ANSWERS,
		{"name": row_name, "parent": link.name},
		["name", "field", "said", "state"],
		as_dict=True,
		for_update=True,
	)
	if not row or row.state != AnswerState.PROPOSED:
		frappe.throw(_("This proposal was decided before; load the page again."), GuestLinkError)
	doc = frappe.get_doc(link.reference_doctype, link.reference_name, for_update=True)
	has_field = bool(doc.meta.get_field(row.field))
	if accept and has_field:
		doc.set(row.field, row.said)
	left = frappe.db.count(
		links.ANSWERS, {"parent": link.name, "state": AnswerState.PROPOSED, "name": ["!=", row.name]}
	)
	if not left:
		purpose_of(link.purpose, link.reference_doctype).decide(doc, link.name)
	if not left or (accept and has_field):
		doc.save()
	frappe.db.set_value(
		links.ANSWERS,
		row.name,
		{
			"state": AnswerState.ACCEPTED if accept else AnswerState.LEFT,
			"decided_by": frappe.session.user,
			"decided_on": now_datetime(),
		},
	)
	links.change(link.name, to_decide=left)
	return left


def holds_now(link: Any, fields: list[str]) -> dict[str, str]:
	"""What the record says now in each of the fields; nothing for a record that is gone."""
	if not frappe.db.exists(link.reference_doctype, link.reference_name):
		return {}
	doc = frappe.get_doc(link.reference_doctype, link.reference_name)
	return {field: cstr(doc.get(field)) for field in fields if doc.meta.get_field(field)}
