"""Moving running documents to another version of their policy: what would differ first, then one by one.

A document keeps the policy it began with until somebody says otherwise, with a reason; the move is an entry
of its ledger. Answers given by rules that are in both versions are kept as far as they still hold.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.rights import MANAGER, POLICY_ADMIN
from city_diplomacy.domain.route import routing
from city_diplomacy.partnership_approvals.engine import advance, routes
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routing import pinned_policies, planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import Document
from city_diplomacy.registers.languages import in_language, site_language
from city_diplomacy.registers.readable import readable

MOVED = "Policy Changed"
MAY_MOVE = (POLICY_ADMIN, MANAGER)


def candidates(policy: str) -> list[dict[str, Any]]:
	"""Running documents under another policy of the same DocType that the signed-in person may read.

	Each: {"doctype", "name", "title", "policy", "state", "added", "dropped", "kept": [seat]}, or with
	"problem", why the policy cannot route it.
	"""
	routes.require_role(MAY_MOVE, _("move running agreements to another policy"))
	doc = readable("Routing Policy", policy)
	declared = routing_of(doc.document_type)
	running = (*declared.stage_states, declared.ready)
	rows = frappe.get_all(
		"Approval Route",
		filters={
			"reference_doctype": doc.document_type,
			"workflow_state": ["in", running],
			"policy": ["!=", policy],
		},
		fields=["name", "reference_name", "policy", "workflow_state"],
		order_by="reference_name asc",
		limit_page_length=0,
	)
	found = []
	for row in rows:
		routed = frappe.get_doc(doc.document_type, row.reference_name)
		if routed.has_permission("read"):
			found.append(
				{
					"doctype": doc.document_type,
					"name": row.reference_name,
					"title": declared.title_of(routed),
					"policy": row.policy,
					"state": row.workflow_state,
					**_difference(routed, row.policy, policy),
				}
			)
	return found


def migrate(doctype: str, name: str, policy: str, reason: str) -> Route:
	"""Let a running document go on by another policy of its DocType; open questions and answers follow.

	Raises PermissionError, or ApprovalError when it is not running, the policy is none of its DocType or was
	never submitted, or somebody who would be asked cannot be found.
	"""
	route = routes.lock_existing(doctype, name)
	routes.require_role(MAY_MOVE, _("move running agreements to another policy"))
	words = routes.require_words(reason, _("Say why it goes on by another policy."))
	if route.state not in (*route.routing.stage_states, route.routing.ready):
		frappe.throw(_("{0} is not under way; it has no policy to change.").format(name), ApprovalError)
	target = readable("Routing Policy", policy)
	if target.document_type != doctype or not target.docstatus.is_submitted():
		frappe.throw(_("{0} is not a submitted policy for {1}.").format(policy, _(doctype)), ApprovalError)
	if policy == route.row.policy:
		frappe.throw(_("{0} goes by this policy already.").format(name), ApprovalError)
	doc = route.document()
	difference = _difference(doc, route.row.policy, policy)
	barred = preparers.prepared_by(route.row)
	advance.refuse_unanswerable(planning.plan(policy, doc, barred=barred), barred)
	route.change(policy=policy, stage=0)
	route.record(MOVED, f"{words}\n\n{_in_words(difference)}", rules=pinned_policies.parts_of(policy))
	advance.advance(route, doc)
	return route


def _difference(doc: Document, old: str, new: str) -> dict[str, Any]:
	try:
		before, after = (_seats(planning.plan(policy, doc)) for policy in (old, new))
	except ApprovalError as error:
		frappe.clear_last_message()
		return {"added": [], "dropped": [], "kept": [], "problem": str(error)}
	return {
		"added": [seat for key, seat in after.items() if key not in before],
		"dropped": [seat for key, seat in before.items() if key not in after],
		"kept": [seat for key, seat in after.items() if key in before],
	}


def _seats(stages: tuple[routing.Stage, ...]) -> dict[tuple[str, str], str]:
	"""Rules keep their key through the versions of a policy, so the same question is recognised."""
	return {(q.rule.key, q.seat): q.seat for stage in stages for q in stage.questions}


def _in_words(difference: dict[str, Any]) -> str:
	with in_language(site_language()):
		parts = (
			(_("Added"), difference["added"]),
			(_("Dropped"), difference["dropped"]),
			(_("Kept"), difference["kept"]),
		)
	return "; ".join(f"{label}: {', '.join(seats)}" for label, seats in parts if seats)
