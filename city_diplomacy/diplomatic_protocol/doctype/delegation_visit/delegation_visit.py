import frappe

from city_diplomacy.diplomatic_protocol.visits import (
	calling_off,
	checklist,
	following,
	letters,
	missions,
	programme,
	requests,
	triage,
	visit_routing,
	visits,
)
from city_diplomacy.partnership_approvals.routing.routed_document import RoutedDocument
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.said_of_others import SaidOfOthers


class DelegationVisit(SaidOfOthers, RoutedDocument):
	"""A delegation that comes to our city, or one of ours that goes to a partner."""

	LEFT_OPEN = ("country",)

	def onload(self) -> None:
		self.set_onload("triage", triage.for_form(self))
		self.set_onload("mission", missions.in_short(self))

	def before_insert(self) -> None:
		requests.take_public(self)
		refuse_stored_as_new(self)

	def after_insert(self) -> None:
		requests.tell_of_public(self)

	def validate(self) -> None:
		visits.keep_what_buttons_set(self)
		letters.keep_letters(self)
		visits.check_days(self)
		visits.check_international_event(self)
		visits.settle_rows(self)
		programme.settle_programme(self)
		triage.settle_triage(self)
		visits.check_status(self)
		visit_routing.refuse_unapproved(self)
		checklist.settle_checklist(self)
		calling_off.tell_who_was_written_to(self)

	def on_update(self) -> None:
		following.follow(self)

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)


def on_doctype_update() -> None:
	frappe.db.add_index("Delegation Visit", ["status", "arrives_on"])
