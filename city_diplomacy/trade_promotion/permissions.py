"""Who may know of a trade lead, and of what is about one.

A lead is confidential up to a date: until it has passed, its owner, whoever entered it and the readers named on it know
of it, and nobody else, whatever their roles. Referrals, wins and screenings follow their lead.
"""

import frappe
from frappe.query_builder import Criterion
from frappe.utils import nowdate

LEAD = "Trade Lead"


def visible_leads_condition(user: str) -> Criterion:
	"""The trade leads a person may know of, over `frappe.qb.DocType("Trade Lead")`."""
	lead, reader = frappe.qb.DocType(LEAD), frappe.qb.DocType("Trade Lead Reader")
	named = frappe.qb.from_(reader).select(reader.parent)
	named = named.where((reader.parenttype == LEAD) & (reader.user == user))
	is_open = lead.confidential_until.isnull() | (lead.confidential_until < nowdate())
	return is_open | (lead.owner == user) | (lead.lead_owner == user) | lead.name.isin(named)


def visible_about_leads_condition(user: str, doctype: str) -> Criterion:
	"""The records of a DocType with a `trade_lead` that a person may know of: those about none, or one they know of."""
	record, lead = frappe.qb.DocType(doctype), frappe.qb.DocType(LEAD)
	known = frappe.qb.from_(lead).select(lead.name).where(visible_leads_condition(user))
	return record.trade_lead.isnull() | (record.trade_lead == "") | record.trade_lead.isin(known)


def visible_screenings_condition(user: str) -> Criterion:
	"""The screenings a person may know of: those of a lead they know of, and all of other records."""
	screening, lead = frappe.qb.DocType("Party Screening"), frappe.qb.DocType(LEAD)
	known = frappe.qb.from_(lead).select(lead.name).where(visible_leads_condition(user))
	return (screening.subject_type != LEAD) | screening.subject.isin(known)
