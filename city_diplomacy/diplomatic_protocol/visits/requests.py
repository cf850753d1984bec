"""Requests for a visit that come by the public form: what it takes, and who in the office is told."""

from typing import Any

from frappe import _
from frappe.utils import escape_html

from city_diplomacy.access.rights import PROTOCOL
from city_diplomacy.domain.protocol.visits import VisitDirection, VisitStatus
from city_diplomacy.partnership_approvals.notices.alerts import alert_role
from city_diplomacy.registers import public_forms
from city_diplomacy.registers.languages import language_read
from city_diplomacy.registers.public_forms import PublicForm
from city_diplomacy.registers.record_dates import today

FORM = PublicForm(
	longest={
		"visit_title": 140,
		"visit_kind": 20,
		"purpose": 2_000,
		"benefit": 1_000,
		"country": 140,
		"arrives_on": 0,
		"leaves_on": 0,
		"expected_people": 0,
		"requester_name": 140,
		"requester_organisation": 140,
		"requester_kind": 40,
		"requester_email": 140,
		"requester_phone": 40,
		"interpreting": 500,
		"needs": 1_000,
		"asks_city_to_pay": 0,
	},
	required=(
		"purpose",
		"country",
		"requester_name",
		"requester_organisation",
		"requester_kind",
		"requester_email",
	),
	email="requester_email",
)
PUBLIC = "Public form"


def take_public(visit: Any) -> None:
	"""Takes a request from outside, as far as the form goes. Raises PublicFormError for the rest."""
	public_forms.take(visit, FORM)
	if not public_forms.is_public(visit):
		visit.came_by = "Office"
		return
	visit.update(
		{
			"came_by": PUBLIC,
			"direction": VisitDirection.INBOUND,
			"status": VisitStatus.REQUESTED,
			"requested_on": today(),
			"visit_owner": None,
			# They are answered in the language they read the form in.
			"requester_language": language_read(),
		}
	)


def tell_of_public(visit: Any) -> None:
	"""Tell the chiefs of protocol that somebody asks, each in their language."""
	if visit.came_by != PUBLIC:
		return
	alert_role(
		PROTOCOL,
		visit,
		lambda: _("{0} asks for a visit: {1}. Triage proposes: {2}.").format(
			escape_html(visit.requester_organisation),
			escape_html(visit.visit_title),
			_(visit.triage_proposal or ""),
		),
	)
