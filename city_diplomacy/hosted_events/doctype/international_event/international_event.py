from city_diplomacy.hosted_events import association, events, phases, projects
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class InternationalEvent(Register):
	"""An event of international reach the city bids for, hosts or takes part in, from the bid to what stays of it."""

	def onload(self) -> None:
		self.set_onload("association_test", association.in_words(self))
		self.set_onload("may_make_project", projects.may_make_project())
		self.set_onload("project", projects.figures_of(self))

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		events.settle_dates(self)
		events.check_organiser(self)
		events.check_departments(self)
		events.check_agreements(self)
		events.settle_attendance(self)
		events.check_editions(self)
		events.check_legacy(self)
		association.settle_association_meeting(self)
		projects.check_project(self)
		phases.settle_phase(self)

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)
