"""The tables names are compared by, from the app's `data/` folder, whose README says where each is from."""

import csv
from functools import lru_cache
from importlib import resources

KNOWN_NAMES, NAME_WORDS, PARTICLES = "known_names.csv", "name_words.csv", "name_particles.csv"
SCREENING_WORDS = "screening_words.csv"


@lru_cache(maxsize=4)
def rows_of(table: str) -> tuple[dict[str, str], ...]:
	"""The rows of a table in the order of its file, by column."""
	text = (resources.files("city_diplomacy") / "data" / table).read_text(encoding="utf-8")
	return tuple(csv.DictReader(text.splitlines()))


def particles(kind: str) -> tuple[str, ...]:
	"""The folded words of a kind that `name_particles.csv` lists, in its order."""
	return tuple(row["word"] for row in rows_of(PARTICLES) if row["kind"] == kind)
