"""A clearance that goes to somebody else: passed on by its holder, handed over when late, after a recusal."""

import frappe
from frappe import _

from city_diplomacy.access.rights import ROLES
from city_diplomacy.domain.route import routing
from city_diplomacy.partnership_approvals.engine import (
	clearances,
	recusals,
	renamed_people,
	routes,
	seats,
	separation,
)
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.engine.seats import Acted
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, SelfApprovalError
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.people import names as people
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document

MOST_FORWARDS = 3
FORWARDED, HANDED_OVER = "Forwarded", "Handed Over"


def forward(clearance: str, to_user: str, remarks: str) -> Acted:
	"""Pass a question on to a colleague, who answers it for the one it was put to.

	Where the rule allows it, at most MOST_FORWARDS times and never back to somebody who had it. Raises
	NotYourSeatError, SelfApprovalError, or ApprovalError with a sentence.
	"""
	route, row, answering = seats.lock_asked(clearance)
	seats.refuse_closed(row)
	words = seats.bounded(routes.require_words(remarks, _("Say why you pass it on.")))
	if not seats.rule_of(route, row).may_forward:
		frappe.throw(
			_("The routing policy wants {0} to decide in person; it cannot be passed on.").format(row.seat),
			ApprovalError,
		)
	_refuse_unfit(to_user)
	_refuse_going_round(route, row, to_user)
	separation.refuse_conflict(route, row, to_user, answering.principal or frappe.session.user)
	_give(route, row, to_user, FORWARDED, words, frappe.session.user)
	notify.tell_forwarded(row, route.document(), frappe.session.user, words)
	return seats.answer_of(route, row)


def hand_over(route: Route, row: ClearanceRow, to_user: str | None) -> bool:
	"""Give a late question to the person the ladder names; False when they may not answer it.

	For the nightly job: the question stays one person's, and the record says from whom it came.
	"""
	if not to_user or to_user == row.put_to or not routing.may_hold_seat(to_user, planning.SiteDirectory()):
		return False
	try:
		separation.refuse_conflict(route, row, to_user, row.put_to)
	except SelfApprovalError:
		frappe.clear_last_message()
		return False
	before = notify.people_asked(row)
	_give(route, row, to_user, HANDED_OVER, None, row.put_to)
	notify.tell_handed_over(row, route.document(), before, to_user)
	return True


def after_recusal(route: Route, row: ClearanceRow, doc: Document) -> None:
	"""A seat whose holder stood aside is put to the next who may fill it, or stays open for the office.

	A seat that is not mandatory, with nobody left to fill it, no longer counts: an open question to nobody
	would hold the stage for good.
	"""
	question = routing.Question(
		seats.rule_of(route, row), row.seat, row.department, row.put_to, row.role, routing.Basis(row.basis)
	)
	following = recusals.successor(route, question)
	rule = following.rule
	if following.basis is routing.Basis.VACANT and not (rule.mandatory or rule.recorded_decision_allowed):
		return
	stage = routing.Stage(row.stage, row.workflow_state, (question,))
	clearances.put(route, stage, [following], doc)


def _give(
	route: Route, row: ClearanceRow, to_user: str, event: str, words: str | None, acting_for: str | None
) -> None:
	"""Write the new holder; the record keeps who had it and, for the answer, for whom it will be given."""
	first = row.forwarded_from or row.put_to or frappe.session.user
	route.clearances.change(row, put_to=to_user, forwarded_from=first)
	route.record_about(row, event, words, acting_for=to_user if event == FORWARDED else acting_for)
	route.store()


def _refuse_unfit(person: str) -> None:
	directory = planning.SiteDirectory()
	if not person or not routing.may_hold_seat(person, directory) or person == "Administrator":
		frappe.throw(_("{0} has no enabled account of a person.").format(person or "-"), ApprovalError)
	if not set(ROLES) & set(frappe.get_roles(person)):
		frappe.throw(
			_(
				"{0} has no role that lets them read what they would decide on; ask the office to give them one."
			).format(people.full_names([person])[person]),
			ApprovalError,
		)


def _refuse_going_round(route: Route, row: ClearanceRow, to_user: str) -> None:
	# Who has the question now was read with its lock, and only they pass it on: no entry can be missed here.
	moves = frappe.get_all(
		"Approval Decision",
		filters={"route": route.row.name, "clearance": row.name, "event": FORWARDED},
		pluck="actor",
	)
	names = renamed_people.names_now(route.row.name)
	had_it = {
		*moves,
		*(names.get(actor) for actor in moves),
		row.put_to,
		row.forwarded_from,
		frappe.session.user,
	}
	if to_user in had_it:
		frappe.throw(
			_("{0} has had this question already; decide it, or pass it to somebody else.").format(to_user),
			ApprovalError,
		)
	if len(moves) >= MOST_FORWARDS:
		frappe.throw(
			_("This question was passed on {0} times already; whoever has it decides.").format(len(moves)),
			ApprovalError,
		)
