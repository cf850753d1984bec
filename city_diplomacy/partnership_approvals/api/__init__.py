"""The public interface of approvals. Reading is GET, everything that writes is POST only.

Every method checks for itself what the signed-in person may do; the answers are plain dicts.
"""

from typing import Any

import frappe
from frappe.utils import formatdate

from city_diplomacy.partnership_approvals.arguments import (
	Count,
	Day,
	FileAddress,
	Flag,
	Line,
	Name,
	RoutedDoctypeName,
	Words,
	checked,
)
from city_diplomacy.partnership_approvals.engine import conditions_met, questions, reassign, routes, signing
from city_diplomacy.partnership_approvals.engine import decide as decisions
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.engine.seats import Acted
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries, snapshots
from city_diplomacy.partnership_approvals.ledger.entries import Verdict
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.notices import preferences
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.policies import check, migration
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.registers.readable import readable


@frappe.whitelist()
@checked
def preview(doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""Who would be asked about a document, in which order, why and by when, if it set out today."""
	return planning.preview(readable(doctype, name))


@frappe.whitelist()
@checked
def view(doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""The route of a document with its clearances and ledger, as far as this person may see them."""
	return approvals.view(readable(doctype, name))


@frappe.whitelist()
def inbox() -> list[dict[str, Any]]:
	"""What is asked of the signed-in person, the most urgent first."""
	return approvals.inbox(frappe.session.user)


@frappe.whitelist()
@checked
def verify_ledger(doctype: RoutedDoctypeName, name: Name) -> Verdict:
	"""Whether the record of a document's approval is as it was written, and what is wrong where."""
	readable(doctype, name)
	return entries.verify(doctype, name)


@frappe.whitelist()
@checked
def check_policy(policy: Name) -> dict[str, Any]:
	"""Whether a routing policy may be switched on, and everything the checker finds, worst first."""
	findings = check.findings_of(readable("Routing Policy", policy))
	sound = not any(finding["severity"] == "error" for finding in findings)
	return {"policy": policy, "sound": sound, "findings": findings}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def start(doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""Intake is complete: put the first stage's questions."""
	readable(doctype, name)
	return _moved(routes.start(doctype, name))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def send_back(doctype: RoutedDoctypeName, name: Name, reason: Words) -> dict[str, Any]:
	"""Take a running document back to draft, with a reason."""
	readable(doctype, name)
	return _moved(routes.send_back(doctype, name, reason))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def withdraw(doctype: RoutedDoctypeName, name: Name, reason: Words) -> dict[str, Any]:
	"""Give a document up before it is signed, with a reason."""
	readable(doctype, name)
	return _moved(routes.withdraw(doctype, name, reason))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def complete(doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""Everything is decided: bring a document whose app has no signing of its own to its standing."""
	readable(doctype, name)
	if routing_of(doctype).own_signing:
		frappe.throw(frappe._("{0} is signed on its own form.").format(frappe._(doctype)), ApprovalError)
	signing.sign(doctype, name)
	return _moved(routes.lock_existing(doctype, name))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def change_standing(doctype: RoutedDoctypeName, name: Name, state: Line, reason: Words) -> dict[str, Any]:
	"""Suspend, reinstate or terminate a document in force, with a reason; managers only."""
	readable(doctype, name)
	return _moved(routes.change_standing(doctype, name, state, reason))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def decide(
	clearance: Name,
	decision: Line,
	remarks: Words = None,
	conditions: Words = None,
	seen: Line = None,
	attachment: FileAddress = None,
) -> Acted:
	"""Answer a question that was put to the signed-in person; `seen` is the hash of the text they read, `attachment`
	the URL of an uploaded file that goes with the answer."""
	return decisions.decide(clearance, decision, remarks, conditions, seen, attachment)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def forward(clearance: Name, to_user: Name, remarks: Words) -> Acted:
	"""Pass a question on to a colleague, where the rule allows it."""
	return reassign.forward(clearance, to_user, remarks)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def override(clearance: Name, decision: Line, reason: Words) -> Acted:
	"""Answer in place of whoever was asked; for the one role that may, with a reason."""
	return decisions.override(clearance, decision, reason)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def ask(clearance: Name, question: Words) -> Acted:
	"""Ask the sponsor; this clearance's clock stops until they answer."""
	return questions.ask(clearance, question)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def answer(clearance: Name, answer: Words) -> Acted:
	"""Answer a reviewer's question, as the sponsor or for the office."""
	return questions.answer(clearance, answer)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def record_decision(clearance: Name, decision: Line, remarks: Words, evidence: FileAddress) -> Acted:
	"""Enter a decision received by letter or e-mail, with its evidence (a file's URL)."""
	return decisions.record_decision(clearance, decision, remarks, evidence)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def confirm_conditions(clearance: Name, how: Words) -> Acted:
	"""Say how the conditions of a clearance were met; who set them is told."""
	return conditions_met.confirm(clearance, how)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def dispute_conditions(clearance: Name, why: Words) -> Acted:
	"""Say, as who set them, that confirmed conditions are not met, before the document is signed."""
	return conditions_met.dispute(clearance, why)


@frappe.whitelist()
@checked
def running_under_other_policies(policy: Name) -> list[dict[str, Any]]:
	"""The running documents a policy could take over, each with what would be different."""
	return migration.candidates(policy)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def migrate(doctype: RoutedDoctypeName, name: Name, policy: Name, reason: Words) -> dict[str, Any]:
	"""Move one running document to another version of its policy, with a reason."""
	readable(doctype, name)
	return _moved(migration.migrate(doctype, name, policy, reason))


@frappe.whitelist()
@checked
def changes_since_cleared(clearance: Name) -> dict[str, Any]:
	"""What changed in the text since this seat last cleared it, or since it was asked."""
	return snapshots.changes_for(clearance)


@frappe.whitelist(methods=["POST"])
@checked
def delegate(delegate: Name, from_date: Day, to_date: Day, reason: Words = None) -> dict[str, Any]:
	"""Let somebody else answer for the signed-in person from one day to another, both included."""
	doc = frappe.get_doc(
		{
			"doctype": "Approval Delegation",
			"delegator": frappe.session.user,
			"delegate": delegate,
			"from_date": from_date,
			"to_date": to_date,
			"reason": reason,
		}
	)
	doc.check_permission("create")
	doc.insert()
	sentence = frappe._("{0} answers for you from {1} to {2}.").format(
		full_names([doc.delegate])[doc.delegate], formatdate(doc.from_date), formatdate(doc.to_date)
	)
	return {"name": doc.name, "message": sentence}


@frappe.whitelist(methods=["POST"])
@checked
def end_delegation(delegation: Name) -> dict[str, Any]:
	"""End a delegation now, as who is away or whoever arranges absences; what was answered under it stays answered."""
	return delegations.end(delegation)


@frappe.whitelist(methods=["POST"])
@checked
def choose_notifications(deliver: Line, digest_hour: Count, reminders: Flag) -> dict[str, Any]:
	"""When the signed-in person wants to be told about approvals; the hour is by their own clock."""
	return preferences.choose(deliver=deliver, digest_hour=digest_hour, reminders=reminders)


def _moved(route: Route) -> dict[str, Any]:
	return {
		"name": route.row.reference_name,
		"state": route.row.outcome,
		"workflow_state": route.state,
		"message": frappe._("{0} is now in: {1}.").format(route.row.reference_name, frappe._(route.state)),
	}
