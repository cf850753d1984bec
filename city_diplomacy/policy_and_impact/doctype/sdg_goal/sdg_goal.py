from city_diplomacy.partnerships.register import Register


class SDGGoal(Register):
	pass
