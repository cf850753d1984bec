from city_diplomacy.partnerships.register import Register


class SDGTarget(Register):
	pass
