"""An agreement in brief, for people the approval engine has already let read it."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money

from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.registers.markup import plain_markup
from city_diplomacy.templates.page import day, safe_link


def brief(doc: Any) -> dict[str, Any]:
	"""What somebody asked about an MOU needs at a glance: purpose, parties, terms, texts, departments."""
	return {
		"name": doc.name,
		"title": doc.title,
		"agreement_type": doc.agreement_type,
		"purpose": doc.purpose,
		"recitals": plain_markup(doc.recitals),
		"parties": [
			{
				"side": row.side,
				"name": row.party_name or row.party,
				"country": row.country,
				"role": row.role,
			}
			for row in doc.parties
		],
		"terms": _terms(doc),
		"texts": _texts(doc),
		"departments": [
			{"department": department_name(row.department), "why": row.why_affected}
			for row in doc.departments or ()
		],
		"signatories": [
			{
				"side": row.side,
				"name": row.substitute if row.signed_by_substitute else row.signatory,
				"capacity": row.substitute_capacity if row.signed_by_substitute else row.capacity,
				"signed_on": day(row.signed_on),
			}
			for row in doc.signatories or ()
		],
		"signed_copy": safe_link(doc.signed_copy),
		"confidential": bool(doc.confidential),
		"existing": bool(doc.existing_agreement),
		"existing_reason": doc.existing_reason,
	}


def _terms(doc: Any) -> list[dict[str, Any]]:
	"""The key terms as (label, value) in the order an attorney asks, only those that are known."""
	if doc.financial_value:
		money = fmt_money(doc.financial_value, currency=doc.currency or None)
	else:
		money = _("None stated")
	terms = [
		(_("Binding"), _(doc.binding)),
		(_("Financial value"), money),
		(_("No-funds clause"), _("Yes") if doc.no_funds_clause else _("No")),
		(_("Travel or gifts"), _("Yes") if doc.travel_or_gifts else _("No")),
		(_("Signing authority"), doc.signing_authority),
		(_("Governing law"), doc.governing_law),
		(_("Term"), _("{0} months").format(doc.term_months) if doc.term_months else _("Open-ended")),
		(_("Needed by"), day(doc.needed_by)),
		(_("Signed"), day(doc.signed_on, doc.signed_precision)),
		(_("In force from"), day(doc.effective_date)),
		(_("Expires"), day(doc.expiry_date)),
		(_("Give notice by"), day(doc.notice_date)),
		(_("Sponsor"), frappe.utils.get_fullname(doc.sponsor)),
		(_("Sponsoring department"), department_name(doc.sponsor_department)),
	]
	return [
		{
			"label": label,
			"value": value["text"] if isinstance(value, dict) else value,
			"iso": value["iso"] if isinstance(value, dict) else "",
		}
		for label, value in terms
		if value
	]


def _texts(doc: Any) -> list[dict[str, Any]]:
	"""Language versions, the newest version of each language first."""
	rows = sorted(doc.texts or (), key=lambda row: (row.language, -(row.version_number or 0)))
	return [
		{
			"language": _(frappe.get_cached_value("Language", row.language, "language_name") or row.language),
			"version": row.version_number,
			"authentic": bool(row.authentic),
			"translator": row.translator,
			"link": safe_link(row.file),
			"sha256": row.sha256,
		}
		for row in rows
	]
