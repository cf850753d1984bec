from frappe import _, throw

from city_diplomacy.partnership_approvals.engine_record import EngineRecord
from city_diplomacy.partnership_approvals.exceptions import EngineRecordError


class CalendarFeed(EngineRecord):
	"""A person's calendar for other programs; its address is made and taken back by them alone."""

	def refuse(self) -> None:
		"""Raises EngineRecordError, whoever asks."""
		throw(_("The address of a calendar is made and taken back by its buttons."), EngineRecordError)
