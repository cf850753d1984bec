"""Whether a short form stands for a long name: UNESCO, ETH Zürich, JETRO for Japan External Trade Organization.

Each word of the long name gives its first letter, small words or not (Los Angeles); a few further letters may come from
inside words, as in JETRO (TRade) and DAAD (AustauschDienst). A hyphen may join two words or part them (Co-operation).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from .folding import SMALL_WORDS, fold
from .known import usual_place

FEWEST_WORDS = 3
# Small letters may stand between the capitals: TfL, AfDB, AusAID.
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9]{1,7}(?![\w-])")
_STOPS = re.compile(r"\b(?:[A-Z]\.){2,}")
_JOINED = re.compile(r"(?<=\w)-(?=\w)")


def acronym_of(name: str) -> str:
	"""The short form a name begins with, in small letters: "uclg" for "UCLG (United Cities …)"; "" when none.

	Two letters are one only with a word behind them, such as a city: TU Delft.
	"""
	name = _STOPS.sub(lambda stops: stops.group().replace(".", ""), name)
	found = _ACRONYM.match(name)
	short = found.group() if found else ""
	is_short_form = 2 * sum(map(str.isupper, short)) >= max(len(short), 4) or short.isupper()
	fewest = 2 if name[len(short) :].strip() else 3
	return short.lower() if is_short_form and len(short) >= fewest else ""


@lru_cache(maxsize=16384)
def initials_of(name: str) -> frozenset[str]:
	"""First letters of a name's words, with and without small words, hyphens joined and parted; none below three words."""
	return frozenset("".join(word[0] for word in words) for words in _wordings(name))


def _wordings(name: str) -> set[tuple[str, ...]]:
	wordings = set()
	for text in (name, _JOINED.sub("", name)):
		words = fold(text).split()
		bare = tuple(word for word in words if word not in SMALL_WORDS)
		# A small word that begins a name is part of it: Los Angeles County Museum of Art.
		wordings |= {
			tuple(words),
			bare,
			(*words[:1], *(word for word in words[1:] if word not in SMALL_WORDS)),
		}
	return {words for words in wordings if len(words) >= FEWEST_WORDS}


def _most_from_inside(acronym: str) -> int:
	return 3 if len(acronym) >= 7 else 2


def shortened(acronym: str) -> Iterator[str]:
	"""The initials an acronym may have been made of: itself, and itself without letters from inside words."""
	yield acronym
	for dropped in range(1, _most_from_inside(acronym) + 1):
		if len(acronym) - dropped >= FEWEST_WORDS:
			for kept in combinations(range(1, len(acronym)), len(acronym) - dropped - 1):
				yield acronym[0] + "".join(acronym[place] for place in kept)


def stands_for(short: str, long: str) -> bool:
	"""Whether a name is the short form of another, also with words both have, such as a city behind the acronym."""
	acronym = acronym_of(short)
	if not acronym or acronym_of(long) == acronym:
		return False
	shared = _with_usual_places(fold(short).split()[1:])
	for words in _wordings(long):
		named = _with_usual_places(words)
		expanded = [word for word, usual in zip(words, named, strict=True) if usual not in shared]
		inside = len(acronym) - len(expanded)
		# Of the three words or more of the name, one may be the city's.
		if not {*shared} <= {*named} or len(expanded) < FEWEST_WORDS - 1 or inside < 0:
			continue
		if inside <= _most_from_inside(acronym) and _spells(acronym, expanded):
			return True
	return False


def _with_usual_places(words: Iterable[str]) -> list[str]:
	return [usual_place(word) or word for word in words]


def _spells(acronym: str, words: list[str]) -> bool:
	"""Whether the letters are the first of each word, in order, with a few from inside the words between."""
	if not words:
		return not acronym
	first, rest = words[0], words[1:]
	if not acronym.startswith(first[0]):
		return False
	return any(
		_holds_in_order(first[1:], acronym[1 : 1 + inside]) and _spells(acronym[1 + inside :], rest)
		for inside in range(len(acronym) - len(words) + 1)
	)


def _holds_in_order(word: str, letters: str) -> bool:
	rest = iter(word)
	return all(letter in rest for letter in letters)
