"""An agreement, two versions of its policy, absences, a moving calendar, and a dozen people who try everything.

A `Machine` is driven at random or by a story (see `test_state_machine.py`); what must hold is in `promises.py`. A refused
act is rolled back as its request would be, and has to be refused by a sentence: an error nobody wrote is a fault
of the engine.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import frappe
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MANAGER, OFFICER, OVERRIDE, POLICY_ADMIN
from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.partnership_approvals.engine import (
	conditions_met,
	decide,
	escalate,
	questions,
	reassign,
	routes,
)
from city_diplomacy.partnership_approvals.policies import migration
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes
from tests.approvals.promises import FAVOURABLE, OPEN, Promises

FIRST_DAY = date(2027, 3, 1)


# The requests' own refusals: a sentence for whoever tried.
REFUSALS = (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError)
DECISIONS = [str(decision) for decision in Decision]
PEOPLE = {
	"officer": (OFFICER,),
	"second.officer": (OFFICER,),
	"chief": (MANAGER,),
	"clerk": (CLERK,),
	"attorney": (LEGAL,),
	"counsel": (LEGAL,),
	"head": (DEPARTMENT,),
	"acting": (DEPARTMENT,),
	"treasurer": (DEPARTMENT,),
	"colleague": (DEPARTMENT,),
	"mayor": (DEPARTMENT,),
	"auditor": (OVERRIDE,),
	"administrator": (POLICY_ADMIN,),
	"outsider": (),
}
who = st.sampled_from(sorted(PEOPLE))
some = st.integers(0, 3)
words = st.sampled_from(["Because of the berth.", ""])


def address(person: str) -> str:
	return f"{person}@machine.example"


def people_and_policies() -> dict[str, Any]:
	"""The people, a department, and two versions of a policy that ask the attorney and the mayor alike."""
	for person, roles in PEOPLE.items():
		factories.make_user(address(person), *roles)
	harbor = factories.make_department("Harbor", head=address("head"), acting_head=address("acting")).name
	law = scenes.rule("Law", role=LEGAL, mandatory=1, rule_key="law0000001")
	mayor = scenes.rule(
		"Mayor",
		user=address("mayor"),
		mandatory=1,
		stage=2,
		workflow_state="Mayor's Decision",
		rule_key="mayor00001",
		may_forward=1,
	)
	old = scenes.make_policy(
		law,
		scenes.rule(
			"Harbor",
			asked_of="Department Head",
			department=harbor,
			mandatory=1,
			may_forward=1,
			escalates_to=address("colleague"),
			watched_fields="title",
			rule_key="harbor0001",
		),
		scenes.rule(
			"Finance",
			user=address("treasurer"),
			watched_fields="purpose",
			recorded_decision_allowed=1,
			rule_key="finance001",
		),
		mayor,
		title="Machine, first",
	)
	new = scenes.make_policy(
		law,
		scenes.rule("Ethics", user=address("colleague"), mandatory=1, may_forward=1, rule_key="ethics0001"),
		mayor,
		title="Machine, second",
		activate=False,
	)
	return {"policies": [old.name, new.name]}


def while_in(*states: str):
	"""A rule that makes no sense elsewhere; illegal acts are tried everywhere by rules of their own."""
	return precondition(lambda machine: machine.state() in states)


IN_A_STAGE = ("In Clearance", "Mayor's Decision")
ON_ITS_WAY = (*IN_A_STAGE, "Ready to Sign")


class Machine(Promises, RuleBasedStateMachine):
	city: dict[str, Any]
	move_clock: Any
	ended: Counter[str]
	"""How many runs ended in which state."""

	@initialize(how_far=st.sampled_from(["draft", "asked", "asked", "to the mayor", "ready"]))
	def begin(self, how_far) -> None:
		frappe.db.delete("Approval Delegation", {"delegator": ["like", "%@machine.example"]})
		self.day = FIRST_DAY
		self.move_clock(f"{self.day} 10:00")
		self._activate(0)
		with factories.acting_as(address("officer")):
			agreement = factories.make_agreement(title="Harbor twinning")
			self.name = agreement.name
			if how_far != "draft":
				factories.start_clearance(agreement)
		for _stage in range({"to the mayor": 1, "ready": 2}.get(how_far, 0)):
			self.everybody_clears()

	def teardown(self) -> None:
		event(f"ended {self.state()}")
		self.ended[self.state()] += 1

	# how things are done

	def attempt(self, person: str, act, *arguments, **named) -> bool:
		"""Do something in a person's name; True when it was done, False when it was refused and left no trace."""
		before = self.picture()
		frappe.db.savepoint("act")
		try:
			with factories.acting_as(address(person)):
				act(*arguments, **named)
		except REFUSALS:
			frappe.db.rollback(save_point="act")
			frappe.clear_messages()
			assert self.picture() == before
			return False
		return True

	def picture(self) -> scenes.Picture:
		return scenes.picture_of(self.doc())

	def one_of(self, number: int, *states: str) -> str:
		"""A clearance, one of those in the given states if there are any; a name that is none otherwise."""
		found = self.rows(state=["in", states]) or self.rows()
		return found[number % len(found)].name if found else "none"

	def _activate(self, number: int) -> None:
		with factories.acting_as("Administrator"):
			policy = frappe.get_doc("Routing Policy", self.city["policies"][number])
			policy.status = "Active"
			policy.save()

	# what people do

	@while_in("Draft")
	@rule(person=st.sampled_from(["officer", "second.officer", "outsider"]))
	def hands_it_in(self, person):
		self.attempt(person, factories.submit_for_intake, self.doc())

	@while_in("Draft", "Intake Review")
	@rule(person=st.sampled_from(["officer", "second.officer", "chief", "mayor"]))
	def starts_clearance(self, person):
		def start():
			if self.state() == "Draft":
				factories.submit_for_intake(self.doc())
			factories.complete_intake(self.doc())
			routes.start("MOU", self.name)

		self.attempt(person, start)

	@while_in(*IN_A_STAGE)
	@rule(number=some, decision=st.sampled_from(DECISIONS + ["Clear"] * 8))
	def whoever_is_asked_decides(self, number, decision):
		found = self.rows(state=["in", OPEN])
		row = found[number % len(found)]
		self.attempt(
			self.asked(row), decide.decide, row.name, decision, "I have read it.", "Name the budget."
		)

	def asked(self, row) -> str:
		return (row.put_to or address("counsel")).partition("@")[0]

	@while_in(*IN_A_STAGE)
	@rule()
	def everybody_clears(self):
		for row in self.rows(state=["in", OPEN]):
			self.attempt(self.asked(row), decide.decide, row.name, "Clear")

	@rule(person=who, number=some, decision=st.sampled_from(DECISIONS), said=words)
	def somebody_decides(self, person, number, decision, said):
		self.attempt(person, decide.decide, self.one_of(number, *OPEN), decision, said)

	@while_in(*IN_A_STAGE)
	@rule(person=who, number=some, said=words, is_sponsor=st.booleans())
	def asks(self, person, number, said, is_sponsor):
		clearance = self.one_of(number, *OPEN)
		asked = frappe.db.get_value("Approval Clearance", clearance, "put_to") or address("counsel")
		self.attempt(asked.partition("@")[0] if is_sponsor else person, questions.ask, clearance, said)

	@rule(person=who, number=some)
	def answers(self, person, number):
		self.attempt(person, questions.answer, self.one_of(number, "Question Asked"), "The port pays.")

	@rule(person=who, to=who, number=some)
	def passes_on(self, person, to, number):
		self.attempt(person, reassign.forward, self.one_of(number, *OPEN), address(to), "You know it.")

	@while_in(*IN_A_STAGE)
	@rule(to=who, number=some)
	def the_holder_passes_on(self, to, number):
		row = frappe.db.get_value("Approval Clearance", self.one_of(number, *OPEN), "put_to")
		self.attempt(
			(row or address("attorney")).partition("@")[0],
			reassign.forward,
			self.one_of(number, *OPEN),
			address(to),
			"You know it.",
		)

	@while_in(*IN_A_STAGE)
	@rule(
		person=st.sampled_from(["chief", "officer", "head"]), number=some, decision=st.sampled_from(DECISIONS)
	)
	def records_a_letter(self, person, number, decision):
		def record():
			clearance = self.one_of(number, *OPEN)
			letter = scenes.evidence(f"Letter about {clearance}")
			decide.record_decision(clearance, decision, "By letter.", letter)

		self.attempt(person, record)

	@while_in(*IN_A_STAGE)
	@rule(
		person=st.sampled_from(["auditor", "chief"]),
		number=some,
		decision=st.sampled_from(DECISIONS),
		said=words,
	)
	def overrides(self, person, number, decision, said):
		self.attempt(person, decide.override, self.one_of(number, *OPEN), decision, said)

	@while_in(*ON_ITS_WAY)
	@rule(person=st.sampled_from(["chief", "attorney", "counsel", "head"]), number=some)
	def confirms_conditions(self, person, number):
		self.attempt(person, conditions_met.confirm, self.one_of(number, "Decided"), "It is named.")

	@rule(
		person=st.sampled_from(["officer", "second.officer", "chief", "head", "outsider"]),
		field=st.sampled_from(["title", "purpose", "recitals", "needed_by", "expiry_date"]),
		version=st.integers(1, 3),
	)
	def edits(self, person, field, version):
		def edit():
			doc = self.doc()
			doc.check_permission("write")
			doc.set(
				field,
				f"2029-12-0{version}"
				if doc.meta.get_field(field).fieldtype == "Date"
				else f"Version {version}",
			)
			doc.save()

		self.attempt(person, edit)

	@while_in(*ON_ITS_WAY)
	@rule(person=st.sampled_from(["officer", "chief", "head"]), reason=words)
	def sends_back(self, person, reason):
		self.attempt(person, routes.send_back, "MOU", self.name, reason)

	@rule(
		person=st.sampled_from(["outsider", "head", "officer"]), sure=st.sampled_from([True, *[False] * 12])
	)
	def withdraws(self, person, sure):
		self.attempt(person, routes.withdraw, "MOU", self.name, "The partner left." if sure else "")

	@while_in(*ON_ITS_WAY)
	@rule(person=st.sampled_from(["administrator", "chief", "officer"]), version=st.integers(0, 1))
	def moves_it_to_another_policy(self, person, version):
		self.attempt(
			person, migration.migrate, "MOU", self.name, self.city["policies"][version], "New rules."
		)

	@rule(version=st.integers(0, 1))
	def another_version_is_activated(self, version):
		before = self.picture()
		self._activate(version)
		assert self.picture() == before

	@rule(giver=who, taker=who, days=st.integers(0, 6))
	def is_away(self, giver, taker, days):
		def delegate():
			frappe.get_doc(
				{
					"doctype": "Approval Delegation",
					"delegator": address(giver),
					"delegate": address(taker),
					"from_date": str(self.day),
					"to_date": str(self.day + timedelta(days)),
					"reason": "On leave.",
				}
			).insert()

		self.attempt(giver, delegate)

	@rule(giver=who)
	def is_back(self, giver):
		for name in frappe.get_all(
			"Approval Delegation", {"delegator": address(giver), "status": "Active"}, pluck="name"
		):
			frappe.db.set_value("Approval Delegation", name, "status", "Revoked")

	@rule(days=st.integers(1, 5))
	def days_pass(self, days):
		self.day += timedelta(days)
		self.move_clock(f"{self.day} 10:00")
		frappe.set_user("Administrator")
		escalate.run()

	@while_in(*ON_ITS_WAY)
	@rule(person=st.sampled_from(["chief", "clerk", "chief", "mayor"]))
	def signs(self, person):
		self.attempt(person, signing.sign, self.name, str(self.day))

	@while_in("Ready to Sign")
	@rule()
	def the_chief_signs_when_every_condition_is_met(self):
		for row in self.rows(state="Decided", decision=FAVOURABLE[1], conditions_met_on=["is", "not set"]):
			self.attempt("chief", conditions_met.confirm, row.name, "It is named.")
		self.attempt("chief", signing.sign, self.name, str(self.day))

	@rule(
		person=st.sampled_from(["officer", "chief", "mayor"]),
		state=st.sampled_from(["In Clearance", "Ready to Sign", "Active", "Draft", "Withdrawn"]),
		submits=st.booleans(),
	)
	def tries_to_set_the_state(self, person, state, submits):
		if self.doc().workflow_state == state:
			return
		before = self.picture()

		def meddle():
			doc = self.doc()
			doc.workflow_state = state
			if submits:
				doc.submit()
			else:
				doc.save()

		assert not self.attempt(person, meddle)
		assert self.picture() == before

	@while_in("Intake Review", "Ready to Sign", "Active", "Withdrawn")
	@rule(person=st.sampled_from(["officer", "chief"]))
	def tries_to_delete_what_set_out(self, person):
		if self.route():
			assert not self.attempt(person, frappe.delete_doc, "MOU", self.name)
