"""With whom a commitment was made, whoever owes it: named, or taken from the record it was made in."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnerships.exceptions import CommitmentError
from city_diplomacy.registers.readable import refuse_hidden_link

PARTNERS = ("Partner City", "Partner Organisation", "City Network", "Diaspora Organisation")
Partner = tuple[str, str]


def settle_partner(doc: Any) -> None:
	"""Name the partner; where the partner owes it and is not named, name who owes it as well.

	Raises CommitmentError for a record that is no partner, LinkValidationError for one the person may not see.
	"""
	if doc.owed_by == "Counterpart":
		if not doc.counterpart:
			doc.counterpart_type, doc.counterpart = _named_or_taken(doc)
		doc.partner_type, doc.partner = doc.counterpart_type, doc.counterpart
		return
	_check_named(doc)
	if _stems_from_another_source(doc):
		doc.partner = None
	doc.partner_type, doc.partner = _named_or_taken(doc)


def partner_of(source_doctype: str | None, source_name: str | None) -> Partner | None:
	"""The one partner of a record commitments are made in; None where it has none or several.

	The record is read past permissions: whoever asks has shown that they may read it.
	"""
	if not source_name or source_doctype in PARTNERS:
		return (str(source_doctype), source_name) if source_name else None
	if source_doctype == "Network Membership":
		network = frappe.db.get_value("Network Membership", source_name, "network")
		return ("City Network", network) if network else None
	if source_doctype == "MOU":
		return _only(source_name, "MOU Party", "party_type", "party", side="Counterpart")
	if source_doctype == "Partner Engagement":
		met = _only(source_name, "Engagement Partner", "partner_type", "partner")
		agreement = frappe.db.get_value("Partner Engagement", source_name, "agreement")
		return met or partner_of("MOU", agreement)
	if source_doctype == "Delegation Visit":
		return _only(source_name, "Engagement Partner", "partner_type", "partner")
	return None


def _named_or_taken(doc: Any) -> tuple[str | None, str | None]:
	if doc.partner:
		return doc.partner_type, doc.partner
	return partner_of(doc.source_doctype, doc.source_name) or (None, None)


def _stems_from_another_source(doc: Any) -> bool:
	"""Whether the partner was taken from a record that the commitment does not name as its source any more."""
	before = doc.get_doc_before_save()
	if not before or (before.source_doctype, before.source_name) == (doc.source_doctype, doc.source_name):
		return False
	kept = (before.partner_type, before.partner) == (doc.partner_type, doc.partner)
	return kept and partner_of(before.source_doctype, before.source_name) == (doc.partner_type, doc.partner)


def _check_named(doc: Any) -> None:
	before = doc.get_doc_before_save()
	same = before and (before.partner_type, before.partner) == (doc.partner_type, doc.partner)
	if not doc.partner or same:
		return
	if doc.partner_type not in PARTNERS:
		frappe.throw(
			_("A partner is one of {0}.").format(", ".join(_(kind) for kind in PARTNERS)), CommitmentError
		)
	if not doc.flags.ignore_permissions:
		refuse_hidden_link(doc, "partner", doc.partner_type)


def _only(parent: str, table: str, type_field: str, name_field: str, **filters: str) -> Partner | None:
	rows = frappe.get_all(
		table,
		filters={"parent": parent, type_field: ["in", PARTNERS], **filters},
		fields=[type_field, name_field],
		limit_page_length=2,
	)
	return (rows[0][type_field], rows[0][name_field]) if len(rows) == 1 else None
