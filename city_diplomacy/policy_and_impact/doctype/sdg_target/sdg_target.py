from city_diplomacy.registers.register import Register


class SDGTarget(Register):
	pass
