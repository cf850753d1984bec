"""Words that sound like names of places and are nobody's."""

import random

SYLLABLES = [
	"ba",
	"chi",
	"den",
	"el",
	"fu",
	"gar",
	"ho",
	"in",
	"jo",
	"ka",
	"lu",
	"ma",
	"ni",
	"or",
	"pe",
	"qua",
	"ro",
	"san",
	"ta",
	"ul",
	"va",
	"wen",
	"xi",
	"ya",
	"zu",
	"berg",
	"ton",
	"ville",
]


def word(chance: random.Random, fewest: int = 2, most: int = 4) -> str:
	"""A word of so many syllables, with a capital."""
	return "".join(chance.choice(SYLLABLES) for _syllable in range(chance.randint(fewest, most))).title()
