"""Ceremonial requests: what one must be, and what the city may answer."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, formatdate

from city_diplomacy.diplomatic_protocol.ceremonies import rules
from city_diplomacy.diplomatic_protocol.exceptions import CeremonialRequestError
from city_diplomacy.domain.protocol.ceremonies import RequestStatus, filled
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, refuse_future

GRANTED = (RequestStatus.ACCEPTED, RequestStatus.DONE)


def settle_request(request: Any) -> None:
	"""What a stored request must be. Raises CeremonialRequestError or RegisterError in one sentence."""
	request.organisation = " ".join(cstr(request.organisation).split())
	check_email_address(request, "contact_email")
	refuse_future(request, "requested_on")
	refuse_backwards(request, CeremonialRequestError, ("requested_on", "needed_on"))
	request.organisation_key = rules.organisation_key(request)
	request.breaks_rule = int(bool(rules.findings(request)))
	_check_answer(request)


def _check_answer(request: Any) -> None:
	has_reason = bool(cstr(request.decision_reason).strip())
	if request.status == RequestStatus.DECLINED and not has_reason:
		frappe.throw(_("Give the reason whoever asked is told."), CeremonialRequestError)
	if request.status in GRANTED and request.breaks_rule and not has_reason:
		frappe.throw(
			_("The request does not keep a rule; give the reason why it is granted all the same."),
			CeremonialRequestError,
		)


def draft_for(request: Any) -> str:
	"""The text the rule for such requests begins with, filled in from the request; empty where there is none."""
	days = (date_of(request, "requested_on"), date_of(request, "needed_on"))
	in_force = [
		rule.name
		for rule in rules.rules_of(request.kind)
		if rule.valid_from <= days[0] and (rule.valid_until is None or days[0] <= rule.valid_until)
	]
	drafts = [frappe.db.get_value(rules.RULE, name, "draft") for name in in_force]
	values = {
		"organisation": cstr(request.organisation),
		"occasion": cstr(request.occasion),
		"honouree": cstr(request.honouree) or cstr(request.organisation),
		"date": formatdate(days[1], "d MMMM y"),
		"city": frappe.get_cached_doc("City Diplomacy Settings").city_name or "",
	}
	return next((filled(draft, values) for draft in drafts if draft), "")
