"""The steps an agreement takes on its route, each taken by the person it is for, through the public interface.

Nothing here is allowed more than a person at the page would be.
"""

from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import CLERK as CLERK_ROLE
from city_diplomacy.access.rights import LEGAL
from city_diplomacy.access.rights import MAYOR as MAYOR_ROLE
from city_diplomacy.demo.loader import MANAGER, OFFICER, Loader, acting_as
from city_diplomacy.demo.people import ATTORNEY, CLERK, MAYOR, SETTINGS
from city_diplomacy.demo.rows import RowError
from city_diplomacy.demo.screening import screen_counterparts
from city_diplomacy.demo.texts import Wording, signed_copy, text_rows
from city_diplomacy.domain.route.states import OPEN
from city_diplomacy.partnership_approvals import api as approvals
from city_diplomacy.partnership_approvals.engine import routes, seats
from city_diplomacy.partnerships import api as register
from city_diplomacy.partnerships.agreements.intake import INTAKE_CHECKS

PERSON_OF_ROLE = {LEGAL: ATTORNEY, MAYOR_ROLE: MAYOR, CLERK_ROLE: CLERK}


class Steps:
	"""An agreement on its way."""

	def __init__(self, agreement: str, load: Loader, wording: Wording):
		self.agreement, self.load, self.wording = agreement, load, wording

	# the office

	def submit(self) -> None:
		with acting_as(OFFICER):
			apply_workflow(frappe.get_doc("MOU", self.agreement), "Submit for Intake")

	def check(self, *checks: str) -> None:
		"""Tick points of the intake's checklist; all of them, the screening too, unless some are named."""
		with acting_as(OFFICER):
			doc = frappe.get_doc("MOU", self.agreement)
			if not checks:
				screen_counterparts(self.load, doc)
			doc.update(dict.fromkeys(checks or INTAKE_CHECKS, 1))
			doc.save()

	def start(self) -> None:
		"""From a draft to the first stage's questions."""
		self.submit()
		self.check()
		# Another process may have put the settings from before this load back into the shared cache.
		frappe.clear_document_cache(SETTINGS, SETTINGS)
		with acting_as(OFFICER):
			approvals.start("MOU", self.agreement)

	def revise(self, **values: Any) -> None:
		"""Change the draft after it came back."""
		with acting_as(OFFICER):
			frappe.get_doc("MOU", self.agreement).update(values).save()

	def write_version(self, version: int, **changed: str) -> None:
		"""Put the next version of the text on file: by language, the sentence it adds."""
		with acting_as(OFFICER):
			doc = frappe.get_doc("MOU", self.agreement)
			doc.extend("texts", text_rows(self.load, self.wording, version, changed))
			doc.save()

	def withdraw(self, reason: str) -> None:
		with acting_as(OFFICER):
			approvals.withdraw("MOU", self.agreement, reason)

	def sign(self) -> None:
		with acting_as(MANAGER):
			copy = signed_copy(self.load, frappe.get_doc("MOU", self.agreement))
			register.sign(self.agreement, nowdate(), copy)

	def stand(self, state: str, reason: str) -> None:
		"""Change the standing of an agreement in force."""
		with acting_as(MANAGER):
			approvals.change_standing("MOU", self.agreement, state, reason)

	def run_out(self, reason: str) -> None:
		"""Let the agreement's time end, which the nightly job records and nobody's button does."""
		with acting_as(MANAGER):
			routes.record_standing(routes.lock_existing("MOU", self.agreement), "Expired", reason)

	# those who are asked

	def open_seats(self) -> list[Any]:
		"""The questions put now, in the order of their seats."""
		return frappe.get_all(
			"Approval Clearance",
			filters={
				"reference_doctype": "MOU",
				"reference_name": self.agreement,
				"state": ["in", OPEN],
			},
			fields=["name", "seat", "department", "put_to", "role", "why", "due_date", "workflow_state"],
			order_by="seat asc",
		)

	def decide(
		self, seat: str, decision: str = "Clear", words: str | None = None, conditions: str | None = None
	) -> None:
		"""The person in a seat answers. A seat is named by the beginning of its name or by its department."""
		question = self._open(seat)
		with acting_as(person_in(question)):
			approvals.decide(question.name, decision, words, conditions)

	def clear_stage(self, *besides: str) -> None:
		"""Everybody who is asked now clears, but for the seats named."""
		for question in self.open_seats():
			if not any(_is_seat(question, seat) for seat in besides):
				with acting_as(person_in(question)):
					approvals.decide(question.name, "Clear")

	def clear_all(self) -> None:
		"""Everybody clears, stage after stage, until it is ready to sign."""
		while self.open_seats():
			self.clear_stage()

	def ask(self, seat: str, question: str) -> None:
		asked = self._open(seat)
		with acting_as(person_in(asked)):
			approvals.ask(asked.name, question)

	def answer(self, seat: str, words: str) -> None:
		"""The sponsor answers a question."""
		with acting_as(MANAGER):
			approvals.answer(self._open(seat).name, words)

	def record(self, seat: str, words: str, letter: str) -> None:
		"""A clear that came by letter, with the letter as evidence."""
		with acting_as(MANAGER):
			evidence = self.load.file(f"letter-{self.agreement}.txt", letter)
			approvals.record_decision(self._open(seat).name, "Clear", words, evidence)

	def confirm(self, seat: str, how: str) -> None:
		"""Whoever set the conditions of a seat says how they were met."""
		rows = frappe.get_all(
			"Approval Clearance",
			filters={
				"reference_name": self.agreement,
				"seat": ["like", f"{seat}%"],
				"decision": "Clear with Conditions",
			},
			fields=["name", "decided_by"],
		)
		for row in rows:
			with acting_as(row.decided_by):
				approvals.confirm_conditions(row.name, how)

	def let_time_pass(self, days: int) -> None:
		"""Put back the day the open questions were asked and the day they are due.

		A sample loaded today has nothing overdue today. The ledger says when things were written, and that is now;
		it also says that these days were put back.
		"""
		for question in self.open_seats():
			due = add_days(question.due_date, -days)
			route, row = seats.lock(question.name)
			route.clearances.change(row, asked_on=add_days(row.asked_on, -days), due_date=due)
			route.store()
			frappe.db.set_value(
				"ToDo",
				{"reference_type": "Approval Clearance", "reference_name": question.name},
				"date",
				due,
				update_modified=False,
			)

	def _open(self, seat: str) -> Any:
		question = next((question for question in self.open_seats() if _is_seat(question, seat)), None)
		if not question:
			raise RowError(f"{seat} is not asked about {self.agreement} by the policy that is active here.")
		return question


def person_in(question: Any) -> str:
	"""Who answers for a seat: its holder, or the sample city's person with its role. Raises RowError for nobody."""
	person = question.put_to or PERSON_OF_ROLE.get(question.role)
	if not person:
		raise RowError(f"Nobody in the sample city answers for {question.seat}.")
	return person


def _is_seat(question: Any, seat: str) -> bool:
	return question.seat.startswith(seat) or (question.department or "").startswith(seat)
