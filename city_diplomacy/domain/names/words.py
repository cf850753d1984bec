"""The words of names of institutions that are the same word in other languages, read from `data/name_words.csv`.

"Universidad de Salamanca" and "University of Salamanca" differ in no word that tells two bodies apart. So generic
words, abbreviations of them, names of countries and their adjectives are brought to one word each, and known places to
their usual names; what is left are the words that count. Words are compared without their order, except places.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from .folding import SMALL_WORDS, search_form_of_folded
from .known import usual_place
from .tables import NAME_WORDS, particles, rows_of

MOST_WORDS, SHORTEST_PART = 4, 4
# Articles and prepositions of other languages, which SMALL_WORDS would take for initials.
_JOINING_WORDS = SMALL_WORDS | {*particles("joining word")}
_ENDINGS_OF_ADJECTIVES = ("er", "s")
# Genitives, plurals and cases: Danmarks, museums, Japanisches.
_ENDINGS_OF_CASES = ("s", "r", "n")
_STATES = frozenset(particles("state"))
# Written of the bodies of a state or left out: Royal Norwegian Embassy.
_ROYAL, _OF_STATES = frozenset({"royal"}), frozenset({"embassy", "consulate", "ministry"})
_NORDIC, _FINNISH = re.compile(r"(?<=[bdfgklmnprtv])s$"), re.compile(r"(?<=[aeiouy])n$")
_GENITIVES = {"stad": _NORDIC, "kommun": _NORDIC, "kommune": _NORDIC, "kaupunki": _FINNISH}


@lru_cache(maxsize=65536)
def words_that_count(folded: str) -> tuple[str, ...]:
	"""The words of a folded name in one language, in the order of the name, without small words."""
	found = tuple(_translated(folded.split()))
	if countries() & {*found}:
		titles = _STATES | _ROYAL if _OF_STATES & {*found} else _STATES
		found = tuple(word for word in found if word not in titles)
	bare = tuple(word for word in found if word not in _JOINING_WORDS)
	return _without_municipality(folded) or bare or found


@lru_cache(maxsize=16384)
def common_form(folded: str) -> str:
	"""A folded name in one language and without the order of its words: equal for names that say the same."""
	return " ".join(sorted(words_that_count(folded)))


@lru_cache(maxsize=16384)
def places_in(folded: str) -> tuple[str, ...]:
	"""The known places and countries a folded name names, in its order."""
	return tuple(
		word for word in words_that_count(folded) if word in countries() or usual_place(word) == word
	)


def is_known_word(word: str) -> bool:
	"""Whether a word is one of the table's own, which no misspelling makes into another."""
	return word in _known_words()


def is_abbreviation(word: str) -> bool:
	"""Whether a short word is one of the table's, such as TU or IHK, and so not the initials of anything else."""
	return word in name_words()


def _translated(words: list[str]) -> Iterator[str]:
	table, place = name_words(), 0
	while place < len(words):
		for length in range(min(MOST_WORDS, len(words) - place), 0, -1):
			run = " ".join(words[place : place + length])
			if same := table.get(run) or table.get(search_form_of_folded(run)):
				yield from same
				place += length
				break
		else:
			yield from _one_word(words[place])
			place += 1


@lru_cache(maxsize=16384)
def _one_word(word: str) -> tuple[str, ...]:
	"""A word alone: a place under its usual name, also as an adjective (Berliner), the parts of a compound, or itself."""
	if found := usual_place(word):
		return (found,)
	for ending in _ENDINGS_OF_ADJECTIVES:
		if word.endswith(ending) and (found := usual_place(word.removesuffix(ending))):
			return (found,)
	if len(word) > SHORTEST_PART + 1:
		for ending in _ENDINGS_OF_CASES:
			if same := name_words().get(word.removesuffix(ending)):
				return same
	return _parts_of(word) or (word,)


def _parts_of(word: str) -> tuple[str, ...]:
	"""The two known words a compound is made of: Finanzministerium, Wirtschaftskammer; () for other words."""
	table = name_words()
	for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
		first, second = word[:place], word[place:]
		if second in table and (found := table.get(first) or table.get(first.removesuffix("s"))):
			return (*found, *table[second])
	return ()


def _without_municipality(folded: str) -> tuple[str, ...]:
	"""The words of the place alone for a name such as "Oslo kommune"; () when it is not only a place."""
	first, last = _ends_of_kinds()
	if folded.partition(" ")[0] not in first and folded.rpartition(" ")[2] not in last:
		return ()
	before, behind = _kind_of_municipality()
	place = before.sub("", folded)
	if place == folded:
		place = behind.sub(_without_genitive, folded)
	if place == folded:
		return ()
	words = [word for word in _translated(place.split()) if word not in _JOINING_WORDS]
	return () if any(word in _known_words() - countries() for word in words) else tuple(words)


def _without_genitive(kind: re.Match[str]) -> str:
	"""The place before a kind, "malmo" for "malmo stad" and "goteborg" for "goteborgs stad"."""
	genitive = _GENITIVES.get(kind["kind"])
	return genitive.sub("", kind["place"]) if genitive else kind["place"]


@lru_cache(maxsize=1)
def name_words() -> dict[str, tuple[str, ...]]:
	"""What each word or run of words of the file stands for."""
	table: dict[str, tuple[str, ...]] = {}
	for row in rows_of(NAME_WORDS):
		if row["kind"] != "municipality":
			word = row["word"].lower()
			same = (word.replace(" ", ""),) if row["kind"] == "country" else tuple(word.split())
			for other in (word, *filter(None, row["others"].split("|"))):
				table[other] = same
	return table


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
	"""The one form of each country and region of the file."""
	return frozenset(
		row["word"].lower().replace(" ", "") for row in rows_of(NAME_WORDS) if row["kind"] == "country"
	)


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
	return frozenset(word for same in name_words().values() for word in same)


@lru_cache(maxsize=1)
def _kind_of_municipality() -> tuple[re.Pattern[str], re.Pattern[str]]:
	"""What finds a kind of municipality before and behind a place; the longest first, to take all of a kind."""
	any_kind = "|".join(map(re.escape, sorted(_kinds(), key=len, reverse=True)))
	return re.compile(f"^(?:{any_kind}) "), re.compile(f"^(?P<place>.+?) (?P<kind>{any_kind})$")


@lru_cache(maxsize=1)
def _ends_of_kinds() -> tuple[frozenset[str], frozenset[str]]:
	"""The first and the last words of the kinds of municipality; a name with neither at its end holds none."""
	return (
		frozenset(kind.partition(" ")[0] for kind in _kinds()),
		frozenset(kind.rpartition(" ")[2] for kind in _kinds()),
	)


def _kinds() -> list[str]:
	return [
		kind
		for row in rows_of(NAME_WORDS)
		if row["kind"] == "municipality"
		for kind in row["others"].split("|")
	]
