"""Where the answers given so far leave a document: the one function that moves a route forward or back.

Functions here take a `Route` in hand: document and route are locked.
"""

from collections.abc import Collection
from typing import Protocol

import frappe
from frappe import _

from city_diplomacy.domain.record.content import changed_fields
from city_diplomacy.domain.route import joins, routing
from city_diplomacy.domain.route.states import RouteOutcome
from city_diplomacy.partnership_approvals.engine import clearances, recusals
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import facts
from city_diplomacy.partnership_approvals.notices import moves, notify
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.routing import planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import content_of, hash_of
from city_diplomacy.partnership_approvals.shapes import Document
from city_diplomacy.registers.languages import site_language


class AdoptedText(Protocol):
	"""A text a seat adopted in its own words; the council's is `council.action.Adoption`."""

	@property
	def seat(self) -> str: ...

	def enter(self, route: Route, doc: Document) -> None:
		"""Answer the seat on the text as it is stored now."""
		...


def advance(route: Route, doc: Document) -> Document:
	"""Put the document where its answers leave it: in the first stage that has not passed, or ready to sign.

	Every move forward or back goes through here: the start, the next stage, a second round, a changed text,
	another policy. Stages are walked from the first one; an answer that still holds is kept or carried over,
	what is missing is asked, what is asked elsewhere is taken back. Answers the document as it stands then.
	`doc` is the document as it is stored.
	"""
	barred = preparers.prepared_by(route.row)
	hashes = clearances.Hashes(doc)
	current = None
	for stage in planning.plan(route.row.policy, doc, barred=barred):
		check = clearances.check_stage(route, stage, hashes)
		clearances.carry_over(route, check, doc)
		if check.outcome is not joins.Outcome.PASSED:
			current = check
			break
	clearances.withdraw_open(route, but=[row.name for row in current.open] if current else ())
	was_ready = route.state == route.routing.ready
	_enter_stage(route, doc, current)
	route.store()
	if doc.get(route.routing.state_field) != route.state:
		doc = route.move_document(doc)
	if current is None and not was_ready:
		notify.tell_requester(route, doc, moves.READY_TO_SIGN)
	return doc


def _enter_stage(route: Route, doc: Document, current: clearances.StageCheck | None) -> None:
	if current is None:
		if route.state != route.routing.ready:
			route.change(workflow_state=route.routing.ready, outcome=RouteOutcome.READY_TO_SIGN)
			route.record("Ready to Sign", content_hash=hash_of(doc))
		return
	stage = current.stage
	opens = (route.row.stage, route.state) != (stage.number, stage.state)
	if opens:
		route.change(workflow_state=stage.state, stage=stage.number, outcome=RouteOutcome.IN_PROGRESS)
	clearances.put(route, stage, [recusals.successor(route, q) for q in current.ask], doc)
	if opens:
		route.record("Stage Opened")


def follow_change(route: Route, doc: Document, before: Document, adoption: AdoptedText | None = None) -> None:
	"""The text of a running document was changed and stored: the ledger says by whom, and answers follow it.

	Exactly the answers whose watched content changed are re-opened; the document goes back to the first of
	their stages, and comes forward again over the answers that still hold. Called after `doc` was written.
	`adoption` (a council.Adoption) is there when a seat changed the text by adopting it in its own words: the
	change is entered for that seat, which is answered on the text as it is now.
	"""
	fields = changed_fields(content_of(before), content_of(doc))
	labels = [doc.meta.get_label(field) for field in fields]
	# What counts is what was stored: the copy that was saved may hold a number as text, or markup Frappe took out.
	stored = route.document()
	changed_for = adoption.seat if adoption else None
	words = ", ".join(_(label, site_language()) for label in labels)
	route.record_text(facts.TEXT_CHANGED, stored, words, acting_for=changed_for)
	if adoption:
		adoption.enter(route, stored)
	moved = _ask_again(route, stored, labels)
	if moved.get(route.routing.state_field) != doc.get(route.routing.state_field):
		# What the person who saved gets back is the document as it stands now.
		doc.update({route.routing.state_field: moved.get(route.routing.state_field)})
		doc.modified, doc.modified_by = moved.modified, moved.modified_by


def follow_other_text(route: Route, doc: Document, words: str, labels: list[str]) -> None:
	"""A running document, as stored, names something else now although nobody saved it: answers follow its text.

	`words` say what happened; `labels`, untranslated, for those who have to read again, what changed.
	"""
	route.record_text(facts.TEXT_CHANGED, doc, words)
	_ask_again(route, doc, labels)


def _ask_again(route: Route, doc: Document, labels: list[str]) -> Document:
	"""Re-open what was answered on other words; answers the document as it stands then."""
	if route.state not in (*route.routing.stage_states, route.routing.ready):
		route.store()
		return doc
	for row in clearances.reopen(route, doc):
		route.record_about(row, "Reopened", content_hash=row.content_hash)
	notify.tell_text_changed(clearances.refresh_open(route, doc), doc, labels)
	return advance(route, doc)


def refuse_unanswerable(stages: tuple[routing.Stage, ...], barred: Collection[str] = ()) -> None:
	"""A seat nobody can fill would stop the document half-way, so it does not set out. Raises ApprovalError."""
	if not stages:
		frappe.throw(
			_("The routing policy asks nobody about this document; it cannot be cleared."), ApprovalError
		)
	for stage in stages:
		for question in stage.questions:
			if question.rule.recorded_decision_allowed or clearances.can_be_answered(question, barred):
				continue
			frappe.throw(_why_nobody(question), ApprovalError)


def _why_nobody(question: routing.Question) -> str:
	if question.passed_over:
		return _(
			"Nobody can answer for {0}: {1} prepared this document or fills another mandatory seat of it. Name an "
			"acting head, or who is asked when a seat is vacant in City Diplomacy Settings."
		).format(question.seat, ", ".join(full_names(question.passed_over).values()))
	return _(
		"Nobody can answer for {0}: name a department head or acting head, give somebody the role, or set "
		"who is asked when a seat is vacant in City Diplomacy Settings."
	).format(question.seat)
