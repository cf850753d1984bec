"""Frappe's Workflow. Workflow Action rows and their e-mails are not made here: they need the desk."""

import frappe
from frappe import _
from frappe.utils import cint

WorkflowStateError = type("WorkflowStateError", (frappe.ValidationError,), {})
WorkflowTransitionError = type("WorkflowTransitionError", (frappe.ValidationError,), {})
WorkflowPermissionError = type("WorkflowPermissionError", (frappe.ValidationError,), {})


def get_workflow_name(doctype) -> str | None:
	def find():
		return frappe.db.get_value("Workflow", {"document_type": doctype, "is_active": 1}) or ""

	return frappe.cache.hget("workflow", doctype, find)


def get_workflow(doctype):
	return frappe.get_cached_doc("Workflow", get_workflow_name(doctype))


def _is_satisfied(transition, doc) -> bool:
	if not transition.condition:
		return True
	names = ("now_datetime", "add_to_date", "get_datetime", "now")
	utils = {name: getattr(frappe.utils, name) for name in names}
	database = frappe._dict(get_value=frappe.db.get_value, get_list=frappe.get_list)
	known = frappe._dict(db=database, session=frappe.session, utils=frappe._dict(utils))
	return frappe.safe_eval(transition.condition, {"frappe": known}, {"doc": doc.as_dict()})


def get_transitions(doc) -> list[dict]:
	"""The transitions the session's user may take from the document's state."""
	doc.check_permission("read")
	workflow, roles = get_workflow(doc.doctype), frappe.get_roles()
	state = doc.get(workflow.workflow_state_field)
	if not state:
		frappe.throw(_("The workflow state is not set."), WorkflowStateError)
	found = [one for one in workflow.transitions if one.state == state and one.allowed in roles]
	return [one.as_dict() for one in found if _is_satisfied(one, doc)]


@frappe.whitelist()
def apply_workflow(doc, action):
	"""Take the transition of this name: state, update field, docstatus, and a Workflow comment."""
	doc = frappe.get_doc(frappe.parse_json(doc))
	doc.load_from_db()
	workflow = get_workflow(doc.doctype)
	found = [one for one in get_transitions(doc) if one.action == action]
	if not found:
		frappe.throw(_("{0} is not possible now.").format(action), WorkflowTransitionError)
	transition, user = found[-1], frappe.session.user
	if not (user == "Administrator" or transition.allow_self_approval or user != doc.owner):
		frappe.throw(_("You cannot approve your own document."))
	doc.set(workflow.workflow_state_field, transition.next_state)
	state = next(one for one in workflow.states if one.state == transition.next_state)
	if state.update_field:
		doc.set(state.update_field, state.update_value)
	step = (int(doc.docstatus), cint(state.doc_status))
	actions = {(0, 0): doc.save, (0, 1): doc.submit, (1, 1): doc.save, (1, 2): doc.cancel}
	if step not in actions:
		frappe.throw(_("The state {0} does not fit the docstatus.").format(state.state))
	actions[step]()
	doc.add_comment("Workflow", _(state.state))
	return doc


def validate_workflow(doc):
	"""Refuse a state the user cannot reach from the stored one; fill in the first state."""
	workflow = get_workflow(doc.doctype)
	field, before = workflow.workflow_state_field, doc.get_doc_before_save()
	if not doc.get(field):
		doc.set(field, workflow.states[0].state)
	current = (before.get(field) if before else None) or workflow.states[0].state
	if current not in [state.state for state in workflow.states]:
		frappe.throw(_("{0} is not a state of the workflow.").format(frappe.bold(current)))
	following = doc.get(field)
	if current == following:
		return
	if not before or all(one.next_state != following for one in get_transitions(before)):
		text = _("The workflow does not lead from {0} to {1}.")
		frappe.throw(text.format(*map(frappe.bold, (current, following))), WorkflowPermissionError)


def set_workflow_state_on_action(doc, action):
	"""A plain submit or cancel jumps to the first state of that docstatus, as in Frappe."""
	workflow = get_workflow(doc.doctype)
	field, states = workflow.workflow_state_field, workflow.states
	if any(one.state == doc.get(field) and doc.docstatus == cint(one.doc_status) for one in states):
		return
	docstatus = {"update_after_submit": "1", "submit": "1", "cancel": "2"}[action]
	state = next((one.state for one in states if one.doc_status == docstatus), None)
	if state:
		doc.set(field, state)


def bulk_workflow_approval(docnames, doctype, action):
	frappe.refuse("frappe.model.workflow.bulk_workflow_approval")
