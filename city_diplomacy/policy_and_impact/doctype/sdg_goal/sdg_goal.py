from city_diplomacy.registers.register import Register


class SDGGoal(Register):
	pass
