"""Keeping Frappe's Workflow Action rows in step with documents that the engine moves.

Frappe completes a row only for whoever holds its role, and makes none for a state it has been in before. Here
anybody's decision may move a document, and a returned one is a draft again; so what waited is completed, and
what waits again is put anew, before Frappe's own hook looks. No letter is sent: `send_email_alert` stays 0.
"""

import frappe

from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import Document

ACTION = "Workflow Action"


def follow_state(doc: Document, method: str | None = None) -> None:
	"""Hook on_update: after a move, complete what waited in other states and reopen what this state waits for."""
	before = doc.get_doc_before_save()
	routing = routing_of(doc.doctype)
	state = routing.state_of(doc)
	if before is None or routing.state_of(before) == state:
		return
	# The document's row is locked by its save, and nobody else writes these.
	rows = frappe.get_all(
		ACTION,
		filters={"reference_doctype": doc.doctype, "reference_name": doc.name},
		fields=["name", "status", "workflow_state"],
		order_by="creation asc",
		limit_page_length=0,
	)
	_complete([row.name for row in rows if row.status == "Open" and row.workflow_state != state])
	here = [row for row in rows if row.workflow_state == state]
	if here and all(row.status != "Open" for row in here):
		_put_again(doc, state, here[-1].name)


def complete_others(doctype: str, states: dict[str, str]) -> None:
	"""Complete what waits for documents, given by name with the state each has now, in any other state.

	For documents the scheduler moved by their state alone.
	"""
	if not states:
		return
	waiting = frappe.get_all(
		ACTION,
		filters={"reference_doctype": doctype, "reference_name": ["in", sorted(states)], "status": "Open"},
		fields=["name", "reference_name", "workflow_state"],
		limit_page_length=0,
	)
	_complete([row.name for row in waiting if row.workflow_state != states[row.reference_name]])


def _complete(names: list[str]) -> None:
	if not names:
		return
	roles = frappe.get_all(
		"Workflow Action Permitted Role", filters={"parent": ["in", names]}, pluck="role", order_by="idx asc"
	)
	held = [role for role in roles if role in frappe.get_roles()]
	frappe.db.set_value(
		ACTION,
		{"name": ["in", names]},
		{
			"status": "Completed",
			"completed_by": frappe.session.user,
			"completed_by_role": held[0] if held else None,
		},
	)


def _put_again(doc: Document, state: str, earlier: str) -> None:
	roles = frappe.get_all(
		"Workflow Action Permitted Role", filters={"parent": earlier}, pluck="role", order_by="idx asc"
	)
	frappe.get_doc(
		{
			"doctype": ACTION,
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"workflow_state": state,
			"status": "Open",
			"permitted_roles": [{"role": role} for role in roles],
		}
		# As in Frappe: the workflow itself notes what waits, whoever moved the document.
	).insert(ignore_permissions=True)
