"""What people decide: in their own name, for an absent colleague, by a letter that came, or by override."""

from typing import Any, TypedDict

import frappe
from frappe import _
from frappe.utils import now_datetime

from city_diplomacy.access.rights import OVERRIDE
from city_diplomacy.domain.route.joins import NEEDS_WORDS, Decision
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine import reassign, routes, seats, separation
from city_diplomacy.partnership_approvals.engine.evidence import refuse_reused
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.engine.seats import Acted
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.files import kept, uploaded
from city_diplomacy.partnership_approvals.ledger import facts
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.shapes import ClearanceRow


class Acting(TypedDict, total=False):
	"""Who answers: the person, for whom, by which delegations, and on which paper."""

	actor: str
	acting_for: str | None
	authority: str | None
	evidence_sha256: str | None


def decide(
	clearance: str,
	decision: str,
	remarks: str | None = None,
	conditions: str | None = None,
	seen: str | None = None,
	attachment: str | None = None,
) -> Acted:
	"""Answer a clearance that was put to the signed-in person, or to one they stand in for today.

	May move the document on, back or out. `decision` is one of domain.route.joins.Decision; all but Clear need
	words. `seen` is the hash of the text the person had before them (the clearance's `snapshot`): an answer
	to a text that has changed since is refused. `attachment` is the URL of an uploaded File that goes with the answer:
	it is kept for the clearance, its hash goes into the ledger. Raises NotYourSeatError, SelfApprovalError, or ApprovalError
	with a sentence; the same answer given twice by the same person is taken once.
	"""
	words, terms = _words(decision, remarks, conditions)
	route, row, answering = seats.lock_asked(clearance)
	if row.state == ClearanceState.DECIDED and _is_repetition(row, decision, words, terms):
		return seats.answer_of(route, row, decision)
	seats.refuse_closed(row)
	principal = answering.principal
	separation.refuse_conflict(route, row, frappe.session.user, principal)
	if seen and seen != row.snapshot:
		frappe.throw(
			_("The text was changed while you were reading. Reload the page to see what is different."),
			ApprovalError,
		)
	people: Acting = {
		"actor": frappe.session.user,
		"acting_for": principal,
		"authority": answering.authority,
	}
	stored = {}
	if attachment:
		people["evidence_sha256"] = evidence_digest(attachment, "Approval Clearance", row.name, "evidence")
		stored["evidence"] = attachment
	return _write(route, row, decision, words, terms, people, acting_for=principal, **stored)


def override(clearance: str, decision: str, reason: str) -> Acted:
	"""Answer an open clearance in place of whoever was asked, against the separation of duties if need be.

	For the one role that may; the reason is demanded, the ledger names the act, and the exceptions report
	lists it. The holder is told. Raises PermissionError for anybody else.
	"""
	words, terms = _words(decision, reason, reason if decision == Decision.CLEAR_WITH_CONDITIONS else None)
	words = routes.require_words(words, _("An override needs a reason that can be read by everybody."))
	route, row = seats.lock_known(clearance)
	routes.require_role((OVERRIDE,), _("override a clearance"))
	seats.refuse_closed(row)
	holder = row.put_to or row.role or row.seat
	people: Acting = {"actor": frappe.session.user, "acting_for": holder}
	answer = _write(route, row, decision, words, terms, people, overridden=1, acting_for=holder)
	notify.tell_overridden(row, words)
	return answer


def record_decision(clearance: str, decision: str, remarks: str, evidence: str) -> Acted:
	"""Enter a decision the seat's holder gave by letter or e-mail, with the paper as evidence.

	Allowed where the rule says so, to the office's managers, whom the separation of duties holds as if they
	answered. The ledger names who recorded it and for whom; the holder, if they have an account, is told and can
	dispute it. `evidence` is the URL of an uploaded File, one for each answer.
	"""
	words, terms = _words(decision, remarks, remarks if decision == Decision.CLEAR_WITH_CONDITIONS else None)
	words = routes.require_words(words, _("Say from whom and how the decision came."))
	route, row = seats.lock_known(clearance)
	routes.require_role(route.routing.managers, _("record a decision received by letter or e-mail"))
	seats.refuse_closed(row)
	rule = seats.rule_of(route, row)
	if seats.holds_office(rule, row, frappe.session.user):
		# A letter to oneself is no evidence.
		separation.refuse_conflict(route, row, frappe.session.user, recording=True)
		frappe.throw(_("This question was put to you; decide it yourself."), ApprovalError)
	separation.refuse_conflict(route, row, frappe.session.user, row.put_to, recording=True)
	if not rule.recorded_decision_allowed:
		frappe.throw(
			_("The routing policy wants {0} to decide in person; a recorded decision is not allowed.").format(
				row.seat
			),
			ApprovalError,
		)
	# On the clearance, not on the document: other reviewers read what hangs on the document.
	digest = evidence_digest(evidence, "Approval Clearance", row.name, "evidence")
	refuse_reused(route.row.name, route.row.ledger_count, row.name, digest)
	answer = _write(
		route,
		row,
		decision,
		words,
		terms,
		{
			"actor": frappe.session.user,
			"acting_for": row.put_to or row.role or row.seat,
			"evidence_sha256": digest,
		},
		recorded=1,
		evidence=evidence,
	)
	notify.tell_recorded(row, decision)
	return answer


def evidence_digest(file_url: str, doctype: str, name: str, fieldname: str = "") -> str:
	"""SHA-256 of an uploaded file's bytes, which are kept from now on for the record of the engine they prove.

	The record gets a row of File of its own, so that nobody can take the evidence away by deleting theirs.
	Raises ApprovalError when there is no such file that the person may read.
	"""
	file = uploaded.readable_file(file_url)
	if not file:
		frappe.throw(
			_("Attach the evidence first: there is no uploaded file at this address that you may read."),
			ApprovalError,
		)
	kept.keep(file, doctype, name, fieldname)
	return uploaded.sha256_of(file)


def _write(
	route: Route,
	row: ClearanceRow,
	decision: str,
	words: str,
	terms: str,
	people: Acting,
	**stored: Any,
) -> Acted:
	enter(route, row, decision, words, terms, people, **stored)
	routes.follow_answer(route)
	return seats.answer_of(route, row, decision)


def enter(
	route: Route,
	row: ClearanceRow,
	decision: str,
	words: str,
	terms: str,
	people: Acting,
	**stored: Any,
) -> None:
	"""Write an answer that is already allowed on its clearance and in the ledger; `routes.follow_answer` follows it.

	`people` are the ledger's "actor", "acting_for", "authority" and "evidence_sha256"; `stored` further columns of the
	clearance.
	"""
	now = now_datetime()
	route.clearances.change(
		row,
		state=ClearanceState.DECIDED,
		decision=decision,
		remarks=words,
		conditions=terms,
		decided_by=people["actor"],
		decided_on=now,
		next_escalation=None,
		**stored,
	)
	if decision == Decision.RECUSE:
		reassign.after_recusal(route, row, route.document())
	route.record_about(
		row,
		_event_of(stored),
		facts.words_of(words, terms),
		happened_on=now,
		decision=decision,
		content_hash=row.content_hash,
		**people,
	)
	notify.close_todos([row.name], "Closed")


def _event_of(stored: dict[str, Any]) -> str:
	if stored.get("recorded"):
		return facts.RECORDED
	return facts.OVERRIDDEN if stored.get("overridden") else "Decided"


def _words(decision: str, remarks: str | None, conditions: str | None) -> tuple[str, str]:
	try:
		decision = Decision(decision)
	except ValueError:
		frappe.throw(
			_("{0} is not a decision. Choose one of: {1}.").format(
				decision, ", ".join(_(str(known)) for known in Decision)
			),
			ApprovalError,
		)
	words, terms = seats.bounded(remarks), seats.bounded(conditions)
	if decision is Decision.CLEAR_WITH_CONDITIONS:
		terms = routes.require_words(terms or words, _("Write the conditions that must be met."))
	elif decision in NEEDS_WORDS:
		routes.require_words(words, _("Give a reason: everything but a plain clear needs words."))
	return words, terms if decision is Decision.CLEAR_WITH_CONDITIONS else ""


def _is_repetition(row: ClearanceRow, decision: str, words: str, terms: str) -> bool:
	"""An impatient second click is the same answer, not a second one."""
	same_person = row.decided_by == frappe.session.user and not row.recorded
	return same_person and (row.decision, row.remarks or "", row.conditions or "") == (decision, words, terms)
