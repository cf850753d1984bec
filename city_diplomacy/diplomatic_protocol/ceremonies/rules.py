"""The city's rules for ceremonial requests: dated rows with their source, and what a request does not keep of them."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cint, cstr, getdate

from city_diplomacy.diplomatic_protocol.exceptions import CeremonialRuleError
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.ceremonies import Demand, Finding, Request, RequestStatus, Rule, not_kept
from city_diplomacy.registers.record_dates import date_of, refuse_backwards
from city_diplomacy.registers.web_addresses import check_web_address

REQUEST, RULE = "Ceremonial Request", "Ceremonial Rule"
LIMITS = {"notice_days": 730, "times_a_year": 365, "longest_text": 100_000}


def check_rule(rule: Any) -> None:
	"""Raises CeremonialRuleError for days the wrong way round or a limit out of reason."""
	refuse_backwards(rule, CeremonialRuleError, ("valid_from", "valid_until"))
	check_web_address(rule, "source_address")
	for fieldname, most in LIMITS.items():
		if not 0 <= cint(rule.get(fieldname)) <= most:
			frappe.throw(
				_("{0} must be from 0 to {1}.").format(_(rule.meta.get_label(fieldname)), most),
				CeremonialRuleError,
			)


def findings(request: Any) -> list[Finding]:
	"""What a request does not keep of the rules in force when it was made."""
	if not (date_of(request, "requested_on") and date_of(request, "needed_on")):
		return []
	asked = Request(
		kind=request.kind,
		requested_on=date_of(request, "requested_on"),
		needed_on=date_of(request, "needed_on"),
		text_length=max(len(cstr(request.requested_text)), len(cstr(request.our_text))),
		others_this_year=_others_this_year(request),
	)
	return not_kept(asked, rules_of(request.kind))


def rules_of(kind: str) -> list[Rule]:
	rows = frappe.get_all(
		RULE, filters={"kind": kind}, fields=["*"], order_by="valid_from desc, name asc", limit_page_length=0
	)
	return [
		Rule(
			name=row.name,
			kind=row.kind,
			valid_from=getdate(row.valid_from),
			valid_until=getdate(row.valid_until) if row.valid_until else None,
			notice_days=cint(row.notice_days),
			times_a_year=cint(row.times_a_year),
			longest_text=cint(row.longest_text),
		)
		for row in rows
	]


def said_of(finding: Finding) -> str:
	"""What a request does not keep, for the reader, as plain text."""
	rule = finding.rule
	sentence, limit = {
		Demand.NOTICE: (_("It was not asked {0} days ahead ({1})."), rule.notice_days),
		Demand.ONCE_A_YEAR: (
			_("The organisation has asked for as many of this kind as the city grants in a year, {0} ({1})."),
			rule.times_a_year,
		),
		Demand.LENGTH: (_("The text is longer than {0} characters ({1})."), rule.longest_text),
	}[finding.demand]
	return sentence.format(limit, rule.name)


def organisation_key(request: Any) -> str:
	"""By what requests of one organisation are found, however it is spelt."""
	return search_form(cstr(request.organisation))[:140]


def _others_this_year(request: Any) -> int:
	"""How many other requests of the kind the organisation has for the same year, declined ones aside."""
	table, year = frappe.qb.DocType(REQUEST), date_of(request, "needed_on").year
	query = (
		frappe.qb.from_(table)
		.select(Count("*"))
		.where(
			(table.organisation_key == organisation_key(request))
			& (table.kind == request.kind)
			& (table.needed_on >= f"{year}-01-01")
			& (table.needed_on <= f"{year}-12-31")
			& (table.status != RequestStatus.DECLINED)
			& (table.name != cstr(request.name))
		)
	)
	return cint(query.run()[0][0])
