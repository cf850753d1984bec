"""What people do with a clearance: decide it, ask about it, answer, record a decision that came by letter."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, date_diff, getdate, now_datetime

from city_diplomacy.domain.deadlines import add_working_days
from city_diplomacy.domain.joins import NEEDS_WORDS, Decision
from city_diplomacy.partnership_approvals import clearances, files, ledger_facts, notices, planning, routes
from city_diplomacy.partnership_approvals.exceptions import (
	ApprovalError,
	NotYourSeatError,
	SelfApprovalError,
)

LONGEST_WORDS = 10_000


def decide(
	clearance: str, decision: str, remarks: str | None = None, conditions: str | None = None
) -> dict[str, Any]:
	"""Answer a clearance in one's own name; may move the document on, back or out.

	`decision` is one of domain.joins.Decision; all but Clear need words. Raises NotYourSeatError,
	SelfApprovalError, or ApprovalError with a sentence; the same answer given twice by the same person is
	taken once.
	"""
	words, terms = _words(decision, remarks, conditions)
	route, row = _take(clearance)
	if row.state == "Decided" and _is_repetition(row, decision, words, terms):
		return _answer(route, row, decision)
	_refuse_closed(row)
	_refuse_other_people(row)
	_refuse_own_document(route)
	return _write(route, row, decision, words, terms, {"actor": frappe.session.user})


def record_decision(clearance: str, decision: str, remarks: str, evidence: str) -> dict[str, Any]:
	"""Enter a decision the seat's holder gave by letter or e-mail, with the paper as evidence.

	Allowed where the rule says so, to the office's managers. The ledger names who recorded it and for whom;
	the holder, if he has an account, is told and can dispute it. `evidence` is the URL of an uploaded File.
	"""
	words, terms = _words(decision, remarks, remarks if decision == Decision.CLEAR_WITH_CONDITIONS else None)
	words = routes.require_words(words, _("Say from whom and how the decision came."))
	route, row = _take(clearance)
	_refuse_closed(row)
	routes.require_role(route.routing.managers, _("record a decision received by letter or e-mail"))
	if row.put_to == frappe.session.user:
		_refuse_own_document(route)
		frappe.throw(_("This question was put to you; decide it yourself."), ApprovalError)
	rule = _rule_of(route, row)
	if not rule.recorded_decision_allowed:
		frappe.throw(
			_("The routing policy wants {0} to decide in person; a recorded decision is not allowed.").format(
				row.seat
			),
			ApprovalError,
		)
	# On the clearance, not on the document: other reviewers read what hangs on the document.
	digest = evidence_digest(evidence, "Approval Clearance", row.name)
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
	notices.tell_recorded(row, decision)
	return answer


def ask(clearance: str, question: str) -> dict[str, Any]:
	"""Ask the sponsor something; the clock of this clearance stops until it is answered."""
	route, row = _take(clearance)
	_refuse_closed(row)
	_refuse_other_people(row)
	if row.state == "Question Asked":
		frappe.throw(_("Your question is with the sponsor; wait for the answer or decide."), ApprovalError)
	words = _bounded(routes.require_words(question, _("Write the question.")))
	_set(
		row, state="Question Asked", question=words, question_on=now_datetime(), answer=None, answered_on=None
	)
	route.record("Question Asked", words, seat=row.seat, department=row.department, clearance=row.name)
	route.store()
	notices.tell_question(route, row, words)
	return _answer(route, row, None)


def answer(clearance: str, answer: str) -> dict[str, Any]:
	"""The sponsor or the office answers; the clock goes on, with the days it stood still added."""
	route, row = _take(clearance)
	requesters = set(route.routing.requesters) & set(frappe.get_roles())
	if not requesters and frappe.session.user not in route.routing.people_answerable(route.document()):
		frappe.throw(_("Only the sponsor or the office can answer this question."), NotYourSeatError)
	if row.state != "Question Asked":
		frappe.throw(_("There is no open question here."), ApprovalError)
	words = _bounded(routes.require_words(answer, _("Write the answer.")))
	now = now_datetime()
	waited = max(date_diff(now, row.question_on), 0)
	due = getdate(add_days(row.due_date, waited)) if row.due_date else None
	_set(
		row,
		state="Pending",
		answer=words,
		answered_on=now,
		due_date=add_working_days(due, 0, planning.holidays()) if due else None,
	)
	route.record("Question Answered", words, seat=row.seat, department=row.department, clearance=row.name)
	route.store()
	notices.tell_answer(route, row, words)
	return _answer(route, row, None)


def confirm_conditions(clearance: str, how: str) -> dict[str, Any]:
	"""Say how the conditions of a clearance were met: its decider, or a manager of the office."""
	route, row = _take(clearance)
	if row.decided_by != frappe.session.user:
		routes.require_role(route.routing.managers, _("confirm another person's conditions"))
	if row.decision != Decision.CLEAR_WITH_CONDITIONS or row.conditions_met_on:
		frappe.throw(_("There are no open conditions here."), ApprovalError)
	words = _bounded(routes.require_words(how, _("Say how the conditions were met.")))
	_set(row, conditions_met=words, conditions_met_on=now_datetime())
	route.record("Conditions Met", words, seat=row.seat, department=row.department, clearance=row.name)
	route.store()
	return _answer(route, row, row.decision)


def evidence_digest(file_url: str, doctype: str, name: str) -> str:
	"""SHA-256 of an uploaded file's bytes, the file attached to the document it proves.

	Raises ApprovalError when there is no such file that the person may read.
	"""
	file = files.readable_file(file_url)
	if not file:
		frappe.throw(_("Attach the letter or e-mail as evidence first."), ApprovalError)
	if not file.attached_to_doctype:
		file.db_set({"attached_to_doctype": doctype, "attached_to_name": name})
	return files.sha256_of(file)


def _take(clearance: str) -> tuple[routes.Route, Any]:
	"""The clearance with document, route and its own row locked, in that order."""
	doctype, name = _document_of(clearance)
	route = routes.lock_existing(doctype, name)
	row = frappe.db.get_value("Approval Clearance", clearance, "*", as_dict=True, for_update=True)
	return route, row


def _document_of(clearance: str) -> tuple[str, str]:
	"""DocType and name of what a clearance is about, which never changes.

	Kept for the rest of the request: when it is done again after a conflict, its first statement is then a
	lock. A plain read before that fixes a snapshot, and MariaDB from 11.6 on refuses to lock a row that
	changed since, so that of many who decide at once somebody would see an error.
	"""
	known = frappe.flags.setdefault("documents_of_clearances", {})
	if clearance not in known:
		found = frappe.db.get_value("Approval Clearance", clearance, ["reference_doctype", "reference_name"])
		if not found:
			frappe.throw(_("This clearance does not exist."), frappe.DoesNotExistError)
		known[clearance] = found
	return known[clearance]


def _write(
	route: routes.Route,
	row: Any,
	decision: str,
	words: str,
	terms: str,
	people: dict[str, Any],
	**stored: Any,
) -> dict[str, Any]:
	now = now_datetime()
	_set(
		row,
		state="Decided",
		decision=decision,
		remarks=words,
		conditions=terms,
		decided_by=people["actor"],
		decided_on=now,
		**stored,
	)
	route.record(
		ledger_facts.RECORDED if stored.get("recorded") else "Decided",
		ledger_facts.words_of(words, terms),
		happened_on=now,
		seat=row.seat,
		department=row.department,
		decision=decision,
		clearance=row.name,
		content_hash=row.content_hash,
		**people,
	)
	notices.close_todos([row.name], "Closed")
	if decision == Decision.RECUSE:
		clearances.reassign_after_recusal(route.row, row, route.document())
	routes.settle(route)
	return _answer(route, row, decision)


def _set(row: Any, **values: Any) -> None:
	frappe.db.set_value("Approval Clearance", row.name, values)
	row.update(values)


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
	words, terms = _bounded(remarks), _bounded(conditions)
	if decision is Decision.CLEAR_WITH_CONDITIONS:
		terms = routes.require_words(terms or words, _("Write the conditions that must be met."))
	elif decision in NEEDS_WORDS:
		routes.require_words(words, _("Give a reason: everything but a plain clear needs words."))
	return words, terms if decision is Decision.CLEAR_WITH_CONDITIONS else ""


def _bounded(text: str | None) -> str:
	words = (text or "").strip()
	if len(words) > LONGEST_WORDS:
		frappe.throw(
			_("That is {0} characters; keep it under {1} and attach the rest as a file.").format(
				len(words), LONGEST_WORDS
			),
			ApprovalError,
		)
	return words


def _is_repetition(row: Any, decision: str, words: str, terms: str) -> bool:
	"""An impatient second click is the same answer, not a second one."""
	same_person = row.decided_by == frappe.session.user and not row.recorded
	return same_person and (row.decision, row.remarks or "", row.conditions or "") == (decision, words, terms)


def _refuse_closed(row: Any) -> None:
	if row.state == "Decided":
		frappe.throw(
			_("{0} has answered already: {1}, on {2}.").format(
				row.seat, _(row.decision), frappe.utils.format_datetime(row.decided_on)
			),
			ApprovalError,
		)
	if row.state == "Withdrawn":
		frappe.throw(_("This question was taken back; nothing is asked of you here any more."), ApprovalError)


def _refuse_other_people(row: Any) -> None:
	user = frappe.session.user
	asked = row.put_to == user if row.put_to else bool(row.role) and row.role in frappe.get_roles()
	if not asked or user in ("Administrator", "Guest") or _stood_aside(row, user):
		frappe.throw(_("This question was put to {0}, not to you.").format(row.seat), NotYourSeatError)


def _stood_aside(row: Any, user: str) -> bool:
	return bool(
		frappe.db.get_value(
			"Approval Clearance",
			{
				"route": row.route,
				"round": row.round,
				"seat": row.seat,
				"decision": "Recuse",
				"decided_by": user,
			},
			"name",
			for_update=True,
		)
	)


def _refuse_own_document(route: routes.Route) -> None:
	people = frappe.db.get_value(
		route.row.reference_doctype,
		route.row.reference_name,
		["owner", route.routing.sponsor_field or "owner"],
	)
	asked_for_it = frappe.get_all(
		"Approval Decision",
		filters={"route": route.row.name, "event": ["in", ledger_facts.REQUESTS]},
		pluck="actor",
	)
	if frappe.session.user in (*people, route.row.requested_by, *asked_for_it):
		frappe.throw(
			_("You prepared {0}, so somebody else has to clear it.").format(route.row.reference_name),
			SelfApprovalError,
		)


def _rule_of(route: routes.Route, row: Any) -> Any:
	return next(rule for rule in planning.rules_of(route.row.policy) if rule.key == row.rule_key)


def _answer(route: routes.Route, row: Any, decision: str | None) -> dict[str, Any]:
	state = route.state
	message = _("Thank you. {0} is now in: {1}.").format(route.row.reference_name, _(state))
	return {
		"clearance": row.name,
		"name": route.row.reference_name,
		"state": row.state,
		"decision": decision,
		"workflow_state": state,
		"message": message,
	}
