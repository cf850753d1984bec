"""The sample of restricted parties and the labelled queries, as the scorer takes them."""

import csv
from functools import lru_cache
from pathlib import Path

from city_diplomacy.domain.trade.screening.score import Party

FOLDER = Path(__file__).parent
SAMPLE = FOLDER / "restricted_parties_sample.csv"


def rows_of(file: str) -> list[dict[str, str]]:
	"""The rows of a file of this folder, by column."""
	with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
		return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def sample() -> dict[str, Party]:
	"""The entries of the sample by their number."""
	return {row["id"]: Party(names_of(row)) for row in rows_of(SAMPLE.name)}


def names_of(row: dict[str, str]) -> tuple[str, ...]:
	"""All names of a row, the first its own."""
	return (row["name"], *(alias.strip() for alias in row["aliases"].split(";") if alias.strip()))


def perturbed(name: str, draw) -> str:
	"""A name as somebody else might write it: a letter more, less or other, words in another order, joined or left out.

	`draw` is a random.Random.
	"""
	words = name.split()
	place = draw.randrange(len(words))
	way = draw.randrange(4 if len(words) > 1 else 1)
	if way == 0:
		word, at = words[place], draw.randrange(len(words[place]))
		letter = draw.choice("aeiklorst")
		words[place] = draw.choice(
			[word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
		)
	elif way == 1:
		draw.shuffle(words)
	elif way == 2:
		at = draw.randrange(len(words) - 1)
		words[at : at + 2] = [words[at] + words[at + 1]]
	else:
		del words[place]
	return " ".join(words)
