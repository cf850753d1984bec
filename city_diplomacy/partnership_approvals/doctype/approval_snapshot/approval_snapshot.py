from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class ApprovalSnapshot(EngineRecord):
	"""The content of a routed document under one hash: what lay before the people who were asked."""
