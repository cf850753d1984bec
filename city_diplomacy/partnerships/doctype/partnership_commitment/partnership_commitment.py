import frappe

from city_diplomacy.partnerships.commitments import promises
from city_diplomacy.partnerships.commitments.partners import settle_partner
from city_diplomacy.partnerships.commitments.todos import keep_todo_in_step
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class PartnershipCommitment(Register):
	"""One promise, ours or theirs, wherever it was made, with what came of it."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		promises.keep_own_todo(self)
		promises.keep_promise_from_answerers(self)
		promises.check_source(self)
		settle_partner(self)
		promises.settle_who_owes_it(self)
		promises.set_ask_on(self)
		promises.check_evidence(self)
		promises.settle_completion(self)

	def on_update(self) -> None:
		keep_todo_in_step(self)
		promises.tell_if_nobody_is_asked(self)


def on_doctype_update() -> None:
	frappe.db.add_index("Partnership Commitment", ["status", "due_date"])
	frappe.db.add_index("Partnership Commitment", ["source_doctype", "source_name"])
	frappe.db.add_index("Partnership Commitment", ["counterpart_type", "counterpart"])
	frappe.db.add_index("Partnership Commitment", ["partner_type", "partner", "status"])
