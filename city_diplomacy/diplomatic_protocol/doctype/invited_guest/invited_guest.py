import frappe

from city_diplomacy.diplomatic_protocol.guests import guests, needs, seating
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.said_of_others import SaidOfOthers


class InvitedGuest(SaidOfOthers, Register):
	"""A person on a guest list."""

	LEFT_OPEN = ("language",)

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		guests.settle_guest(self)
		seating.keep_seat(self)
		needs.note_new_needs(self)


def on_doctype_update() -> None:
	frappe.db.add_index("Invited Guest", ["guest_list", "rsvp"])
