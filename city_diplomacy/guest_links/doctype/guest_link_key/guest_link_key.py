from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class GuestLinkKey(EngineRecord):
	"""The hash of a link's token, under the link's name. No role reads it: it is compared, and never shown."""
