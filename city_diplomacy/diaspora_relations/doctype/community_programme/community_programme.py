from city_diplomacy.diaspora_relations import programmes
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class CommunityProgramme(Register):
	"""A programme for residents, its sessions and its places by group; of people it holds numbers alone."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		programmes.settle_days(self)
		programmes.check_partners(self)
		programmes.refuse_names(self)
		programmes.settle_groups(self)
		programmes.check_status(self)
