"""What follows when a record of the council's action is submitted.

The council has one seat. The clerk enters what it did in its meeting; the seat is then answered, all in the
transaction of the submit: adopted is Clear, rejected is Object. A text adopted in other words is written into
the document first, and the seat is answered on the text as amended, so that the council is not asked about its
own words again. Members are not polled one by one anywhere; they decide in the meeting.
"""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.route.council import Outcome
from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.partnership_approvals.council import minutes
from city_diplomacy.partnership_approvals.council import texts as council_texts
from city_diplomacy.partnership_approvals.engine import decide, routes, seats, separation
from city_diplomacy.partnership_approvals.engine.decide import Acting
from city_diplomacy.partnership_approvals.engine.evidence import refuse_reused
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import CouncilActionError
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.routing import escalation, planning
from city_diplomacy.partnership_approvals.routing.preparers import COUNCIL_ACTION
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of, routing_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, CouncilAction, Document
from city_diplomacy.registers.languages import site_language

DOCTYPE = COUNCIL_ACTION
# outcome that decides nothing: the event of the ledger
UNDECIDED = {Outcome.CONTINUED: "Continued by the Council", Outcome.REFERRED: "Referred to Committee"}


@dataclass(frozen=True)
class Adoption:
	"""A text the council adopted in its own words, and the answer that goes with it; see `advance.follow_change`."""

	clearance: str
	seat: str
	words: str
	people: Acting

	def enter(self, route: Route, doc: Document) -> None:
		"""Answer the council's seat on the text as it is stored now. `route` is in hand."""
		row = route.clearances.named(self.clearance)
		if not row:
			raise ValueError(f"{self.clearance} is no clearance of this route.")
		route.clearances.change(
			row,
			content_hash=hash_of(doc, seats.rule_of(route, row).watched_fields),
			snapshot=snapshots.keep(route.row, doc),
		)
		decide.enter(
			route, row, str(Decision.CLEAR), self.words, "", self.people, acting_for=self.people["acting_for"]
		)


def lock_seat(clearance: str | None) -> tuple[Route, ClearanceRow]:
	"""The council's open seat with document, route and its row locked, in that order.

	Raises CouncilActionError when the question was put to somebody else, ApprovalError when it is closed, and
	NotYourSeatError for a clearance the signed-in person may not know of.
	"""
	if not clearance:
		frappe.throw(_("Name the question to the council this record answers."), CouncilActionError)
	route, row = seats.lock_known(clearance)
	if not is_councils(row):
		frappe.throw(
			_("This question was put to {0}, not to the council.").format(row.seat), CouncilActionError
		)
	seats.refuse_closed(row)
	return route, row


def is_councils(row: ClearanceRow) -> bool:
	"""Whether a clearance is the council's: it is asked at the stage of the council's decision."""
	return row.workflow_state == routing_of(row.reference_doctype).council_state


def may_record(row: ClearanceRow) -> bool:
	"""Whether the signed-in person enters what the council did about a clearance: its clerk does, and whoever
	stands in for a clerk today."""
	return is_councils(row) and (bool(frappe.has_permission(DOCTYPE, "submit")) or stands_in(row))


def stands_in(row: ClearanceRow) -> bool:
	"""Whether the question was put to somebody who is away and whose delegate the signed-in person is today."""
	return bool(delegations.principal_for(row, frappe.session.user))


def draft_about(clearance: str) -> str | None:
	"""The record that is prepared already for a question of the council, as far as the person may see it."""
	found = frappe.get_list(DOCTYPE, {"clearance": clearance, "docstatus": 0}, pluck="name", limit=1)
	return found[0] if found else None


def act(action: CouncilAction) -> None:
	"""Answer the council's seat by a record that is being submitted, or note that it decided nothing.

	Raises NotYourSeatError unless the seat was put to the signed-in person, SelfApprovalError when they prepared
	the document, and what `lock_seat` raises.
	"""
	route, row = lock_seat(action.clearance)
	answering = seats.require_asked(route, row)
	principal = answering.principal
	separation.refuse_conflict(route, row, frappe.session.user, principal)
	outcome = minutes.outcome_of(action)
	words = seats.bounded(f"{action.name}. {minutes.words_of(action)}")
	people: Acting = {
		"actor": frappe.session.user,
		# The clerk answers for the council; where a delegate answers for the clerk, the ledger names the clerk.
		"acting_for": principal or row.seat,
		"authority": answering.authority,
		"evidence_sha256": _digest(route, action),
	}
	if outcome in UNDECIDED:
		_stay_open(route, row, action, words, UNDECIDED[outcome], people)
	elif outcome is Outcome.ADOPTED_AS_AMENDED:
		_write_amended_text(route, action, Adoption(row.name, row.seat, words, people))
	else:
		decision = str(Decision.CLEAR if outcome and outcome.adopts else Decision.OBJECT)
		decide.enter(route, row, decision, words, "", people, acting_for=people["acting_for"])
		routes.follow_answer(route)


def recorded_as(row: ClearanceRow, action: CouncilAction) -> str | None:
	"""The name under which the signed-in person entered the same record of a seat already, as by a second click.

	`row` is the locked clearance, `action` the record as it was sent again; the ledger is read with locks.
	"""
	action.set_document_from_clearance()
	minutes.settle(action)
	if not minutes.outcome_of(action):
		return None
	words = minutes.words_of(action)
	entries = frappe.qb.DocType("Approval Decision")
	found = (
		frappe.qb.from_(entries)
		.select(entries.remarks)
		.where(
			(entries.route == row.route)
			& (entries.clearance == row.name)
			& (entries.actor == frappe.session.user)
		)
		.for_update()
		.run(pluck=True)
	)
	entered = (remarks.partition(". ") for remarks in found if remarks)
	return next((name for name, _dot, said in entered if said == words), None)


def _digest(route: Route, action: CouncilAction) -> str | None:
	if not action.attested_copy:
		return None
	digest = decide.evidence_digest(action.attested_copy, "Approval Clearance", action.clearance)
	refuse_reused(route.row.name, route.row.ledger_count, action.clearance, digest)
	return digest


def _stay_open(
	route: Route, row: ClearanceRow, action: CouncilAction, words: str, event: str, people: Acting
) -> None:
	"""The council comes back to it: the ledger says so, and nobody is late before the day it named."""
	if action.continued_to and getdate(action.continued_to) > getdate(row.due_date):
		due, holidays = getdate(action.continued_to), planning.holidays()
		steps = escalation.ladder_of(route.row.policy)
		route.clearances.change(
			row, due_date=due, **escalation.position(steps, due, getdate(nowdate()), holidays)
		)
	route.record_about(row, event, words, **people)
	route.store()


def _write_amended_text(route: Route, action: CouncilAction, adoption: Adoption) -> None:
	doc = route.document()
	texts = council_texts.amendable(doc)
	for amendment in action.amendments:
		df = texts[amendment.fieldname]
		if council_texts.is_as_it_was(df, doc.get(df.fieldname), amendment.text):
			frappe.throw(
				_("Row {0}: {1} says that already; leave out what the council did not change.").format(
					amendment.idx, amendment.label
				),
				CouncilActionError,
			)
		doc.set(df.fieldname, council_texts.as_stored(df, amendment.text))
	# The clerk has no right to write documents. It is safe: the council's own seat was checked above, only texts
	# that were cleared are set, the document's rules and the guards see the save, and others' answers follow it.
	doc.flags.ignore_permissions = True
	doc.flags.adoption = adoption
	doc.flags.updater_reference = {
		"doctype": DOCTYPE,
		"docname": action.name,
		"label": _("as adopted by the council, {0}", site_language()).format(action.name),
	}
	doc.save()
