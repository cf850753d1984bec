from city_diplomacy.diplomatic_protocol.visits import triage
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.record_dates import refuse_backwards
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.web_addresses import check_web_address


class VisitTriageRule(Register):
	"""What the office looks at when somebody asks for a visit; a person decides."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		triage.check_rule(self)
		refuse_backwards(self, VisitError, ("valid_from", "valid_until"))
		check_web_address(self, "source_address")
