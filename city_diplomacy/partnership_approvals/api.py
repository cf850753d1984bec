"""The public interface of approvals. Reading is GET, everything that writes is POST only.

Every method checks for itself what the signed-in person may do; the answers are plain dicts.
"""

from typing import Any

import frappe

from city_diplomacy.partnership_approvals import decisions, ledger, planning, policy_check, routes, views
from city_diplomacy.partnership_approvals.conflicts import retry_on_conflict


@frappe.whitelist()
def preview(doctype: str, name: str) -> dict[str, Any]:
	"""Who would be asked about a document, in which order, why and by when, if it set out today."""
	return planning.preview(_readable(doctype, name))


@frappe.whitelist()
def view(doctype: str, name: str) -> dict[str, Any]:
	"""The route of a document with its clearances and ledger, as far as this person may see them."""
	return views.view(_readable(doctype, name))


@frappe.whitelist()
def inbox() -> list[dict[str, Any]]:
	"""What is asked of the signed-in person, the most urgent first."""
	return views.inbox(frappe.session.user)


@frappe.whitelist()
def verify_ledger(doctype: str, name: str) -> dict[str, Any]:
	"""Whether the record of a document's approval is as it was written, and what is wrong where."""
	_readable(doctype, name)
	return ledger.verify(doctype, name)


@frappe.whitelist()
def check_policy(policy: str) -> dict[str, Any]:
	"""Whether a routing policy may be switched on, and everything the checker finds, worst first."""
	findings = policy_check.findings_of(_readable("Routing Policy", policy))
	sound = not any(finding["severity"] == "error" for finding in findings)
	return {"policy": policy, "sound": sound, "findings": findings}


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def start(doctype: str, name: str) -> dict[str, Any]:
	"""Intake is complete: put the first stage's questions."""
	_readable(doctype, name)
	return _moved(routes.start(doctype, name))


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def send_back(doctype: str, name: str, reason: str) -> dict[str, Any]:
	"""Take a running document back to draft, with a reason."""
	_readable(doctype, name)
	return _moved(routes.send_back(doctype, name, reason))


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def withdraw(doctype: str, name: str, reason: str) -> dict[str, Any]:
	"""Give a document up before it is signed, with a reason."""
	_readable(doctype, name)
	return _moved(routes.withdraw(doctype, name, reason))


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def decide(
	clearance: str, decision: str, remarks: str | None = None, conditions: str | None = None
) -> dict[str, Any]:
	"""Answer a question that was put to the signed-in person."""
	return decisions.decide(clearance, decision, remarks, conditions)


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def ask(clearance: str, question: str) -> dict[str, Any]:
	"""Ask the sponsor; this clearance's clock stops until he answers."""
	return decisions.ask(clearance, question)


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def answer(clearance: str, answer: str) -> dict[str, Any]:
	"""Answer a reviewer's question, as the sponsor or for the office."""
	return decisions.answer(clearance, answer)


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def record_decision(clearance: str, decision: str, remarks: str, evidence: str) -> dict[str, Any]:
	"""Enter a decision received by letter or e-mail, with its evidence (a file's URL)."""
	return decisions.record_decision(clearance, decision, remarks, evidence)


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def confirm_conditions(clearance: str, how: str) -> dict[str, Any]:
	"""Say how the conditions of a clearance were met."""
	return decisions.confirm_conditions(clearance, how)


def _readable(doctype: str, name: str) -> Any:
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return doc


def _moved(route: routes.Route) -> dict[str, Any]:
	return {
		"name": route.row.reference_name,
		"state": route.row.outcome,
		"workflow_state": route.state,
		"message": frappe._("{0} is now in: {1}.").format(route.row.reference_name, frappe._(route.state)),
	}
