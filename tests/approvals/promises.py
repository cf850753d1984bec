"""What must hold of an agreement whatever people do to it: the promises of the engine, judged by what is stored."""

from typing import Any

import frappe
from hypothesis.stateful import invariant

from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing import escalation, planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of, routing_of

OPEN = ("Pending", "Question Asked")
FAVOURABLE = ("Clear", "Clear with Conditions")


class Promises:
	"""The promises about the agreement called `name`; `holds` raises AssertionError for one that is broken."""

	name: str

	def doc(self):
		return frappe.get_doc("MOU", self.name)

	def state(self) -> str:
		return frappe.db.get_value("MOU", self.name, "workflow_state")

	def route(self):
		found = frappe.get_all("Approval Route", {"reference_name": self.name}, ["*"])
		return found[0] if found else None

	def rows(self, **filters) -> list[Any]:
		return frappe.get_all(
			"Approval Clearance",
			{"reference_name": self.name, **filters},
			["*"],
			order_by="asked_on asc",
			limit_page_length=0,
		)

	@invariant()
	def holds(self):
		self.the_document_stands_where_its_route_stands()
		self.the_ledger_is_whole()
		self.a_stage_asks_somebody_and_nothing_else_does()
		self.whatever_is_asked_can_be_answered()
		self.questions_are_about_the_text_as_it_is()
		self.nobody_fills_two_mandatory_seats()
		self.nobody_clears_what_he_prepared()
		self.what_is_ready_or_signed_was_cleared_by_every_mandatory_seat_as_it_is()

	def the_document_stands_where_its_route_stands(self):
		route = self.route()
		state = frappe.db.get_value("MOU", self.name, "workflow_state")
		assert state == (route.workflow_state if route else "Draft")

	def the_ledger_is_whole(self):
		assert entries.verify("MOU", self.name)["findings"] == []

	def a_stage_asks_somebody_and_nothing_else_does(self):
		route = self.route()
		if not route:
			return
		pending = self.rows(state=["in", OPEN])
		in_a_stage = route.workflow_state in routing_of("MOU").stage_states
		assert bool(pending) == in_a_stage, (route.workflow_state, pending)
		assert all((row.round, row.stage) == (route.round, route.stage) for row in pending)
		seats = [(row.rule_key, row.seat) for row in pending]
		assert len(seats) == len(set(seats)), "a seat is asked twice"
		answered = [
			(row.rule_key, row.seat)
			for row in self.rows(state="Decided", round=route.round, decision=["!=", "Recuse"])
			if row.stage == route.stage
		]
		assert not set(answered) & set(seats), "a seat that has answered is asked"
		to_dos = frappe.get_all(
			"ToDo",
			{"status": "Open", "reference_name": ["in", [row.name for row in self.rows()]]},
			pluck="reference_name",
		)
		assert set(to_dos) <= {row.name for row in pending}

	def whatever_is_asked_can_be_answered(self):
		route = self.route()
		rules = {one.key: one for one in planning.rules_of(route.policy)} if route and route.policy else {}
		for row in self.rows(state=["in", OPEN]):
			assert row.rule_key in rules, "asked by a rule the policy does not have"
			told_everybody = (row.escalation_level or 0) >= len(escalation.ladder_of(route.policy))
			assert (
				_somebody_may_answer(route, row)
				or rules[row.rule_key].recorded_decision_allowed
				or row.next_escalation
				or row.state == "Question Asked"
				or told_everybody
			), row

	def questions_are_about_the_text_as_it_is(self):
		route = self.route()
		rules = {one.key: one for one in planning.rules_of(route.policy)} if route and route.policy else {}
		doc = self.doc()
		for row in self.rows(state=["in", OPEN]):
			assert row.content_hash == hash_of(doc, rules[row.rule_key].watched_fields)

	def nobody_fills_two_mandatory_seats(self):
		route = self.route()
		filled = {}
		for row in self.rows(
			state="Decided", decision=["in", FAVOURABLE], mandatory=1, round=route.round if route else 0
		):
			if row.overridden or row.recorded:
				continue
			for person in {row.decided_by, row.acting_for} - {None, ""}:
				assert filled.setdefault(person, row.seat) == row.seat, (person, filled[person], row.seat)

	def nobody_clears_what_he_prepared(self):
		route = self.route()
		if not route:
			return
		prepared = preparers.prepared_by(route)
		for row in self.rows(state="Decided", round=route.round, decision=["in", FAVOURABLE]):
			if (
				not row.overridden
				and not row.recorded
				and row.content_hash == hash_of(self.as_cleared(), _watched(route, row))
			):
				assert not {row.decided_by, row.acting_for} & prepared, row

	def as_cleared(self):
		"""The document without what its signature added: its day, and that it takes effect with it."""
		doc = self.doc()
		if doc.workflow_state == "Active":
			doc.workflow_state, doc.effective_date = "Ready to Sign", None
		return doc

	def what_is_ready_or_signed_was_cleared_by_every_mandatory_seat_as_it_is(self):
		route = self.route()
		if not route or route.workflow_state not in ("Ready to Sign", "Active"):
			return
		doc = self.as_cleared()
		holding = {
			row.rule_key
			for row in self.rows(state="Decided", round=route.round, decision=["in", FAVOURABLE])
			if row.content_hash == hash_of(doc, _watched(route, row))
		}
		wanted = {one.key for one in planning.rules_of(route.policy) if one.mandatory}
		assert wanted <= holding, (wanted, holding)
		if route.workflow_state == "Active":
			assert self.doc().docstatus == 1
			assert not self.rows(
				state="Decided",
				round=route.round,
				decision=FAVOURABLE[1],
				conditions_met_on=["is", "not set"],
			)


def _watched(route, row) -> tuple[str, ...]:
	return next(
		(one.watched_fields for one in planning.rules_of(route.policy) if one.key == row.rule_key), ()
	)


def _somebody_may_answer(route, row) -> bool:
	asked = (
		[row.put_to] if row.put_to else frappe.get_all("Has Role", {"role": row.role or "-"}, pluck="parent")
	)
	return bool(set(asked) - preparers.prepared_by(route))
