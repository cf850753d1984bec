"""One clearance: what is asked and why, the agreement in brief, and the form to answer."""

import frappe
from frappe import _

from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine import conditions_met
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.people.colleagues import colleagues_of
from city_diplomacy.partnership_approvals.routing import planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.templates import council_pages
from city_diplomacy.templates.agreement_brief import brief
from city_diplomacy.templates.content_brief import content_in_brief
from city_diplomacy.templates.page import answer_not_found, asked, begin, moment, require_sign_in
from city_diplomacy.templates.route_drawing import find_seat, seat_as_read, sent_back_as_read


def get_context(context) -> None:
	name = asked("name")
	require_sign_in(f"/clearance/{name}")
	doc = _document_of(name)
	view = approvals.view(doc) if doc else None
	found = find_seat(view, name) if view else None
	if not found:
		answer_not_found(context)
		return

	page = begin(context, _("Clearance: {0}").format(view["title"]), here="clearances")
	seat = seat_as_read(found["seat"])
	page.update(
		{
			"clearance": name,
			"seat": seat,
			"subject": view["title"],
			"agreement": brief(doc) if doc.doctype == "MOU" else None,
			"content": None if doc.doctype == "MOU" else content_in_brief(doc),
			"stage": _(found["stage"].get("state") or ""),
			"earlier_round": found["stage"].get("round") if found["earlier"] else None,
			"others": [
				seat_as_read(other)
				for other in ([] if found["earlier"] else found["stage"]["seats"])
				if other is not found["seat"]
			],
			"before": _stages_before(view, found),
			"state": view["state"],
			"standing": _(view["state"]),
			"next_stage": _next_stage(view, found["stage"]),
			"sponsor": _sponsor_of(doc),
		}
	)
	page["form"] = _form(doc, seat)
	page.update(_for_the_form(name) if page["form"] == "decide" else {})
	page["papers"] = council_pages.papers(doc) if page.get("council_action") else []
	page["sent_back"] = None if found["earlier"] else sent_back_as_read(view["sent_back"])
	page["changes"] = _changes(name, page["sent_back"]) if seat["open"] else None


def _document_of(clearance: str):
	"""The document a clearance is about, None if there is no such clearance or it is not for these eyes."""
	reference = frappe.db.get_value(
		"Approval Clearance", clearance, ["reference_doctype", "reference_name"], as_dict=True
	)
	if not reference:
		return None
	doc = frappe.get_doc(reference.reference_doctype, reference.reference_name)
	return doc if doc.has_permission("read") else None


def _for_the_form(name: str) -> dict:
	"""What the form to decide needs besides the seat: the text that is read, for whom, and whether it may go on."""
	row = frappe.db.get_value(
		"Approval Clearance",
		name,
		[
			"name",
			"workflow_state",
			"snapshot",
			"put_to",
			"role",
			"rule_key",
			"route",
			"reference_doctype",
			"department",
		],
		as_dict=True,
	)
	policy = frappe.db.get_value("Approval Route", row.route, "policy")
	rule = next((rule for rule in planning.rules_of(policy) if rule.key == row.rule_key), None)
	own = row.put_to == frappe.session.user if row.put_to else row.role in frappe.get_roles()
	principal = None if own else delegations.principal_for(row, frappe.session.user)
	may_forward = bool(rule and rule.may_forward)
	return {
		"council_action": council_pages.address_for(row),
		"snapshot": row.snapshot,
		"acting_for": frappe.utils.get_fullname(principal) if principal else "",
		"may_forward": may_forward,
		"colleagues": colleagues_of(frappe.session.user) if may_forward else [],
	}


def _changes(name: str, came_back: dict | None) -> dict | None:
	"""The text since this seat last answered, or since it was asked; None where nothing changed and nothing came back."""
	found = snapshots.changes_for(name)
	if not found["changes"] and not (came_back and found["answered"]):
		return None
	headings = {
		None: _("What changed since you were asked"),
		Decision.RETURN: _("What changed since you returned it"),
		Decision.OBJECT: _("What changed since you objected"),
	}
	heading = headings.get(found["answered"], _("What changed since you cleared it"))
	return {**found, "since": moment(found["since"]), "heading": heading}


def _sponsor_of(doc) -> str:
	field = routing_of(doc.doctype).sponsor_field
	return frappe.utils.get_fullname(doc.get(field)) if field and doc.get(field) else ""


def _stages_before(view: dict, found: dict) -> list[dict]:
	"""What was answered in earlier stages of this round, as far as the person may see it."""
	if found["earlier"]:
		return []
	return [
		{"title": _(stage["state"]), "seats": [seat_as_read(seat) for seat in stage["seats"]]}
		for stage in view["stages"]
		if stage["number"] < found["stage"]["number"]
	]


def _next_stage(view: dict, stage: dict) -> str:
	ahead = [_(later["state"]) for later in view["stages"] if later["number"] > stage.get("number", 10**6)]
	return ahead[0] if ahead else _("Ready to Sign")


def _form(doc, seat: dict) -> str:
	"""Which form this person is given; what they may really do is decided again when it is sent."""
	routing = routing_of(doc.doctype)
	roles = set(frappe.get_roles())
	prepares = frappe.session.user in _preparers(doc, routing)
	if seat["state"] == ClearanceState.QUESTION_ASKED and (prepares or roles & set(routing.requesters)):
		return "answer"
	if seat["yours"] and not prepares:
		return "decide"
	if seat["open"] and roles & set(routing.managers) and not prepares:
		return "record"
	if seat["decision"] == Decision.CLEAR_WITH_CONDITIONS and routing.is_running(routing.state_of(doc)):
		mine = _set_the_conditions(seat)
		if not seat["conditions_met"]:
			return "confirm" if mine or (roles & set(routing.managers) and not prepares) else ""
		return "dispute" if mine else ""
	return ""


def _preparers(doc, routing) -> set[str]:
	where = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	route = frappe.db.get_value("Approval Route", where, ["prepared_by"], as_dict=True)
	return routing.people_answerable(doc) | (preparers.prepared_by(route) if route else set())


def _set_the_conditions(seat: dict) -> bool:
	row = frappe.db.get_value(
		"Approval Clearance",
		seat["clearance"],
		["put_to", "decided_by", "acting_for", "recorded", "overridden"],
		as_dict=True,
	)
	return frappe.session.user in conditions_met.setters_of(row, bool(row.recorded))
