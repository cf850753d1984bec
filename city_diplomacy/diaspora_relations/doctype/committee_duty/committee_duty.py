from city_diplomacy.diaspora_relations import duties, duty_reminders
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.web_addresses import check_web_address


class CommitteeDuty(Register):
	"""What a sister-city committee or a department owes, once or again and again, and how it was done."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		duties.keep_what_jobs_set(self)
		duties.settle_who_owes_it(self)
		duties.settle_due_day(self)
		duties.check_kind(self)
		duties.check_status(self)
		for row in self.completions:
			check_web_address(row, "link")

	def on_update(self) -> None:
		duty_reminders.keep_todo_in_step(self)
