from city_diplomacy.diaspora_relations import registrations
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.said_of_others import SaidOfOthers


class DirectoryRegistration(SaidOfOthers, Register):
	"""What a community organisation says of itself by the public form, until a person has decided on it."""

	LEFT_OPEN = ("language",)

	def onload(self) -> None:
		self.set_onload("likely_doubles", registrations.likely_doubles(self))

	def before_insert(self) -> None:
		registrations.take_public(self)
		refuse_stored_as_new(self)

	def after_insert(self) -> None:
		registrations.tell_of_public(self)

	def validate(self) -> None:
		registrations.check(self)
