"""What the council did: its clerk enters the meeting, the vote and the words adopted, from a link."""

import frappe
from frappe import _
from frappe.utils import nowdate

from city_diplomacy.domain.route.states import OPEN
from city_diplomacy.partnership_approvals.council import action, texts
from city_diplomacy.partnership_approvals.engine import routes, seats, separation
from city_diplomacy.partnership_approvals.exceptions import NotYourSeatError, SelfApprovalError
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.templates import council_pages
from city_diplomacy.templates.page import answer_not_found, asked, begin, day, require_sign_in


def get_context(context) -> None:
	name = asked("name")
	require_sign_in(f"/council-action/{name}")
	row = frappe.db.get_value("Approval Clearance", name, "*", as_dict=True)
	doc = frappe.get_doc(row.reference_doctype, row.reference_name) if row else None
	readable = doc and doc.has_permission("read") and action.is_councils(row)
	if not readable or not (action.may_record(row) or frappe.has_permission(action.DOCTYPE, "read")):
		answer_not_found(context)
		return

	title = routing_of(doc.doctype).title_of(doc)
	page = begin(context, _("Council action: {0}").format(title), here="clearances")
	page.update(
		{
			"clearance": name,
			"subject": title,
			"document": doc.name,
			"seat": row.seat,
			"due": day(row.due_date),
			"state": row.workflow_state,
			"earlier": council_pages.earlier(name),
			"why_not": _why_not(row),
			"papers": council_pages.papers(doc),
		}
	)
	if not page["why_not"]:
		onward = _("When everybody asked at this stage has answered, the agreement goes on.")
		page.update(
			{
				"onward": onward,
				"choices": council_pages.choices(onward),
				"instruments": council_pages.instruments(),
				"votes": council_pages.votes(),
				"members": council_pages.members(),
				"texts": texts.list_for(doc.doctype, doc.name),
				"today": nowdate(),
			}
		)


def _why_not(row) -> str:
	"""Why this person is given no form; what they may really do is decided again when it is sent."""
	if row.state not in OPEN:
		return _("The council's question is answered or was taken back; there is nothing to record.")
	if not action.may_record(row):
		return _("The council's clerk records what the council did.")
	route = routes.unlocked(row.route)
	try:
		answering = seats.require_asked(route, row)
		separation.refuse_conflict(route, row, frappe.session.user, answering.principal)
	except (NotYourSeatError, SelfApprovalError) as error:
		frappe.clear_last_message()
		return str(error)
	return ""
