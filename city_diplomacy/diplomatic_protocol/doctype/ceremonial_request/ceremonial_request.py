from city_diplomacy.diplomatic_protocol.ceremonies import public, requests
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.said_of_others import SaidOfOthers


class CeremonialRequest(SaidOfOthers, Register):
	"""A request for a flag raising, a proclamation, a letter or a greeting."""

	LEFT_OPEN = ("country", "language")

	def before_insert(self) -> None:
		public.take_public(self)
		refuse_stored_as_new(self)

	def after_insert(self) -> None:
		public.tell_of_public(self)

	def validate(self) -> None:
		requests.settle_request(self)
