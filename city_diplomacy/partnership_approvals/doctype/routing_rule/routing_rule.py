from city_diplomacy.registers.kept_rows import KeptRow


class RoutingRule(KeptRow):
	"""One line of a policy; by itself it stays as it is, or a policy in use would change under its routes."""

	KEPT_WITH = ("Routing Policy",)
