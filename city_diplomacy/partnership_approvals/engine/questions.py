"""Questions a reviewer puts to the sponsor before deciding: asked, answered, the clock stopped meanwhile."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from city_diplomacy.domain.calendar.deadlines import add_working_days, working_days_between
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine import routes, seats
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.engine.seats import Acted
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, NotYourSeatError
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.routing import escalation, planning
from city_diplomacy.partnership_approvals.shapes import ClearanceRow


def ask(clearance: str, question: str) -> Acted:
	"""Ask the sponsor something; the clock of this clearance stops until it is answered."""
	route, row, answering = seats.lock_asked(clearance)
	seats.refuse_closed(row)
	if row.state == ClearanceState.QUESTION_ASKED:
		frappe.throw(_("Your question is with the sponsor; wait for the answer or decide."), ApprovalError)
	words = seats.bounded(routes.require_words(question, _("Write the question.")))
	route.clearances.change(
		row,
		state=ClearanceState.QUESTION_ASKED,
		question=words,
		question_on=now_datetime(),
		answer=None,
		answered_on=None,
		next_escalation=None,
	)
	route.record_about(
		row, "Question Asked", words, acting_for=answering.principal, authority=answering.authority
	)
	route.store()
	notify.tell_question(route, row, words)
	return seats.answer_of(route, row)


def answer(clearance: str, answer: str) -> Acted:
	"""The sponsor or the office answers; the clock goes on, with the working days it stood still added."""
	route, row = seats.lock_known(clearance)
	requesters = set(route.routing.requesters) & set(frappe.get_roles())
	if not requesters and frappe.session.user not in route.routing.people_answerable(route.document()):
		frappe.throw(_("Only the sponsor or the office can answer this question."), NotYourSeatError)
	if row.state != ClearanceState.QUESTION_ASKED:
		frappe.throw(_("There is no open question here."), ApprovalError)
	words = seats.bounded(routes.require_words(answer, _("Write the answer.")))
	route.clearances.change(
		row,
		state=ClearanceState.PENDING,
		answer=words,
		answered_on=now_datetime(),
		**_clock_again(route, row),
	)
	route.record_about(row, "Question Answered", words)
	route.store()
	notify.tell_answer(row, words)
	return seats.answer_of(route, row)


def _clock_again(route: Route, row: ClearanceRow) -> dict[str, Any]:
	"""The due date with the days that did not count, and the next step of the ladder from there."""
	if not row.due_date:
		return {}
	holidays, today = planning.holidays(), getdate(now_datetime())
	waited = max(working_days_between(getdate(row.question_on), today, holidays), 0)
	due = add_working_days(getdate(row.due_date), waited, holidays)
	steps = escalation.ladder_of(route.row.policy)
	return {
		"due_date": due,
		"next_escalation": escalation.next_day(steps, row.escalation_level, due, holidays),
	}
