"""Ceremonial requests that come by the public form: what it takes, and who in the office is told."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from city_diplomacy.access.rights import PROTOCOL
from city_diplomacy.diplomatic_protocol.ceremonies import rules
from city_diplomacy.diplomatic_protocol.exceptions import CeremonialRequestError
from city_diplomacy.domain.protocol.ceremonies import Demand, RequestStatus
from city_diplomacy.partnership_approvals.notices.alerts import alert_role
from city_diplomacy.registers import public_forms
from city_diplomacy.registers.languages import language_read
from city_diplomacy.registers.public_forms import PublicForm
from city_diplomacy.registers.record_dates import read_dates, today

FORM = PublicForm(
	longest={
		"kind": 40,
		"occasion": 140,
		"needed_on": 0,
		"place": 140,
		"honouree": 140,
		"requested_text": 5_000,
		"organisation": 140,
		"country": 140,
		"contact_name": 140,
		"contact_email": 140,
		"contact_phone": 40,
	},
	required=("kind", "occasion", "needed_on", "organisation", "contact_name", "contact_email"),
	email="contact_email",
)


def take_public(request: Any) -> None:
	"""Takes a request from outside, as far as the form goes.

	Raises PublicFormError for what the form does not take, CeremonialRequestError for a text that is too long: whoever
	writes can still shorten it. What else does not keep a rule, a person decides.
	"""
	public_forms.take(request, FORM)
	if not public_forms.is_public(request):
		return
	request.update(
		{
			"status": RequestStatus.REQUESTED,
			"requested_on": today(),
			"request_owner": None,
			"language": language_read(),
		}
	)
	read_dates(request)
	for finding in rules.findings(request):
		if finding.demand == Demand.LENGTH:
			frappe.throw(rules.said_of(finding), CeremonialRequestError)
	request.flags.came_by_form = True


def tell_of_public(request: Any) -> None:
	"""Tell the chiefs of protocol of a request that came by the form."""
	if not request.flags.came_by_form:
		return
	alert_role(
		PROTOCOL,
		request,
		lambda: _("{0} asks for a ceremony ({1}): {2}.").format(
			escape_html(request.organisation), _(request.kind), escape_html(request.occasion)
		),
	)
