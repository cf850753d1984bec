"""The conditions of a clearance: said to be met before the document is signed, by whom they may be believed.

Whoever set a condition knows whether it is met. Somebody of the office may say so for them, unless they prepared
the document; then whoever set it is told, and can say that it is not met.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine import routes, seats, separation
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.engine.seats import Acted
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, NotYourSeatError, SelfApprovalError
from city_diplomacy.partnership_approvals.ledger import facts
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.routing import preparers
from city_diplomacy.partnership_approvals.shapes import ClearanceRow


def confirm(clearance: str, how: str) -> Acted:
	"""Say how the conditions of a clearance were met: who set them, or a manager who did not prepare the document.

	Raises PermissionError for anybody else, SelfApprovalError for a manager who prepared it.
	"""
	route, row = seats.lock_known(clearance)
	setters = _setters(route, row)
	if frappe.session.user not in setters:
		routes.require_role(route.routing.managers, _("confirm another person's conditions"))
		_refuse_preparer(route, row)
	if (
		row.decision != Decision.CLEAR_WITH_CONDITIONS
		or row.state != ClearanceState.DECIDED
		or row.conditions_met_on
	):
		frappe.throw(_("There are no open conditions here."), ApprovalError)
	words = seats.bounded(routes.require_words(how, _("Say how the conditions were met.")))
	route.clearances.change(row, conditions_met=words, conditions_met_on=now_datetime())
	route.record_about(row, facts.CONDITIONS_MET, words)
	route.store()
	notify.tell_conditions_met(row, words, setters)
	return seats.answer_of(route, row, row.decision)


def dispute(clearance: str, why: str) -> Acted:
	"""Say that conditions somebody confirmed are not met; they are open again. For who set them, until it is signed.

	Raises NotYourSeatError for anybody else.
	"""
	route, row = seats.lock_known(clearance)
	if frappe.session.user not in _setters(route, row):
		frappe.throw(_("Only who set these conditions can say that they are not met."), NotYourSeatError)
	if row.state != ClearanceState.DECIDED or not row.conditions_met_on:
		frappe.throw(_("Nobody has said that these conditions are met."), ApprovalError)
	if not route.routing.is_running(route.state) or row.round != route.row.round:
		frappe.throw(
			_("{0} is {1}; its conditions cannot be opened again.").format(
				route.row.reference_name, _(route.state)
			),
			ApprovalError,
		)
	words = seats.bounded(routes.require_words(why, _("Say what is still missing.")))
	route.clearances.change(row, conditions_met=None, conditions_met_on=None)
	route.record_about(row, facts.CONDITIONS_NOT_MET, words)
	route.store()
	notify.tell_conditions_not_met(route, row, words)
	return seats.answer_of(route, row, row.decision)


def setters_of(row: ClearanceRow, by_letter: bool) -> set[str]:
	"""The people whose conditions those of a clearance are; `by_letter` says that its answer was recorded.

	A letter's conditions are its author's, not of whoever recorded it; those of an override, of who overrode.
	"""
	people = {row.put_to} if by_letter else {row.decided_by}
	if not by_letter and not row.overridden:
		people.add(row.acting_for)
	return {person for person in people if person}


def _setters(route: Route, row: ClearanceRow) -> set[str]:
	by_letter = separation.recorded_answers(route.clearances)
	return setters_of(row, (row.seat, row.decided_by) in by_letter)


def _refuse_preparer(route: Route, row: ClearanceRow) -> None:
	if frappe.session.user in preparers.prepared_by(route.row):
		frappe.throw(
			_("You prepared {0}, so {1} or somebody else has to say that the conditions are met.").format(
				route.row.reference_name, row.seat
			),
			SelfApprovalError,
		)
