"""A name as it is compared with the names on a list: its words in one form, and which of them tell parties apart.

Legal forms go wherever they stand, an acronym beside what it stands for goes, other languages and abbreviations of a
common word become one word. `data/screening_words.csv` has the common words and the legal forms.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import Levenshtein

from ...names.folding import SMALL_WORDS, fold, sound_of
from ...names.spelling import consonants_of
from ...names.tables import SCREENING_WORDS, particles, rows_of
from ...names.words import countries, name_words

WEIGHT, PLACE_WEIGHT, DIGITS_WEIGHT, COMMON_WEIGHT = 1.0, 0.6, 0.5, 0.25
SHORTEST_FORM, SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 3, 8
SHORTEST_MISSPELT_COMMON, SHORTEST_CONSONANTS, FEWEST_CONSONANTS = 7, 7, 4
# A longer name is no name; what is behind is not compared.
MOST_WORDS, LONGEST_NAME = 16, 400
_SMALL = SMALL_WORDS | {"a", "an", "al", "as", "by", "bin", "ibn", "ben", "with"}
_SPELLINGS = (
	("sch", "sh"),
	("tch", "ch"),
	("ch", "kh"),
	("tz", "z"),
	("ts", "z"),
	("ij", "i"),
	("iy", "i"),
	("ii", "i"),
)
_FINAL_F = re.compile(r"o(?:ff|w|f)$")
_LETTERS = re.compile(r"(?<![a-z0-9])((?:[a-z] ){2,}[a-z])(?![a-z0-9])")


@dataclass(frozen=True)
class Reading:
	"""A name in the form in which it is compared.

	Attributes:
		name: as it was written
		words: the words that count, each once, in their order
		weights: how much each tells parties apart
		joined: all of them as one word, by its sound
		joins: two words written as one, by the sound, each with the places of its words
	"""

	name: str
	words: tuple[str, ...]
	weights: tuple[float, ...]
	joined: str
	joins: tuple[tuple[str, tuple[int, ...]], ...] = ()

	@cached_property
	def total(self) -> float:
		"""What all its words weigh."""
		return sum(self.weights)

	@cached_property
	def heard(self) -> tuple[tuple[str, str, str], ...]:
		"""Each word with its sound and its skeleton."""
		return tuple((word, sound(word), skeleton_of(word)) for word in self.words)

	@cached_property
	def by_sound(self) -> dict[str, str]:
		"""The words by their sound."""
		return {heard: word for word, heard, _skeleton in self.heard}

	@cached_property
	def own(self) -> frozenset[int]:
		"""The places of the words that may tell a party by themselves."""
		return frozenset(place for place, weight in enumerate(self.weights) if weight >= PLACE_WEIGHT)


@lru_cache(maxsize=65536)
def read(name: str) -> Reading:
	"""Returns the reading of a name; one without words for a text without letters or digits."""
	plain = _LETTERS.sub(lambda letters: letters.group().replace(" ", ""), fold(name[:LONGEST_NAME]))
	found = _without_acronym(plain.split()[:MOST_WORDS])
	found = _without_legal_forms(found)
	bare = [word for word in found if word not in _SMALL] or found
	forms = [_in_one_form(word) for word in bare]
	words = tuple(dict.fromkeys(word for form in forms for word in form))
	joined = tuple(
		(
			sound(bare[place] + bare[place + 1]),
			tuple(words.index(word) for form in forms[place : place + 2] for word in form),
		)
		for place in range(len(bare) - 1)
	)
	return Reading(name, words, tuple(map(weight_of, words)), sound("".join(bare)), joined)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
	"""The sound of a word, or the word itself where that would be too short to tell anything.

	The usual ways to write Cyrillic and Arabic letters fall together: Techno and Tekhno, Zentr and Tsentr.
	"""
	for written, same in _SPELLINGS:
		word = word.replace(written, same)
	word = _FINAL_F.sub("ov", word)
	heard = sound_of(word)
	return heard if len(heard) >= SHORTEST_FORM else word


@lru_cache(maxsize=65536)
def skeleton_of(word: str) -> str:
	"""The consonants of a word that has enough of them to be known by these; "" for others."""
	if len(word) < SHORTEST_CONSONANTS or word.isdigit():
		return ""
	consonants = consonants_of(word)
	return consonants if len(consonants) >= FEWEST_CONSONANTS else ""


def _without_acronym(words: list[str]) -> list[str]:
	"""The words without one that the first letters of the others spell: NIOC beside National Iranian Oil Company."""
	for place, word in enumerate(words):
		others = words[:place] + words[place + 1 :]
		if SHORTEST_ACRONYM <= len(word) <= LONGEST_ACRONYM and len(others) >= SHORTEST_ACRONYM:
			initials = "".join(other[0] for other in others)
			of_names = "".join(other[0] for other in others if other not in _SMALL)
			if initials.startswith(word) or of_names.startswith(word):
				return others
	return words


def _without_legal_forms(words: list[str]) -> list[str]:
	"""The words without legal forms, as long as one that is long enough for a name is left."""
	text = f" {' '.join(words)} "
	for phrase in _phrases():
		text = text.replace(f" {phrase} ", " ")
	left = text.split()
	anywhere, at_the_ends = _forms()
	left = [word for word in left if word not in anywhere] or left
	while len(left) > 1 and left[-1] in at_the_ends and _is_name(left[:-1]):
		left = left[:-1]
	while len(left) > 1 and left[0] in at_the_ends and _is_name(left[1:]):
		left = left[1:]
	return left if left and _is_name(left) else words


def _is_name(words: list[str]) -> bool:
	return any(len(word) >= SHORTEST_FORM for word in words)


@lru_cache(maxsize=65536)
def _in_one_form(word: str) -> tuple[str, ...]:
	"""A common word in the one form it has in every language and abbreviation; any other word as it is."""
	same = _common().get(word)
	if same is not None:
		return (same,)
	translated = name_words().get(word) or (_meant(word),)
	return tuple(_common().get(one, one) for one in translated)


def _meant(word: str) -> str:
	"""The common word that a long word is but for one letter, or the word itself."""
	if len(word) < SHORTEST_MISSPELT_COMMON or word in _common_words():
		return word
	half = len(word) // 2
	likely = {*_by_half().get(word[: half - 1], ()), *_by_half().get(word[1 - half :], ())}
	meant = [one for one in sorted(likely) if Levenshtein.distance(word, one, score_cutoff=1) <= 1]
	return meant[0] if meant else word


@lru_cache(maxsize=65536)
def weight_of(word: str) -> float:
	"""How much a word tells parties apart."""
	if word.isdigit() or len(word) == 1:
		return DIGITS_WEIGHT
	if word in countries():
		return PLACE_WEIGHT
	return COMMON_WEIGHT if word in _common_words() else WEIGHT


def is_sound_of_common(heard: str) -> bool:
	"""Whether a word of this sound may be one that many names have: a common word, or digits."""
	return heard.isdigit() or heard in _sounds_of_common()


@lru_cache(maxsize=1)
def _sounds_of_common() -> frozenset[str]:
	return frozenset(sound(word) for word in _common_words() if weight_of(word) < PLACE_WEIGHT)


@lru_cache(maxsize=1)
def _common() -> dict[str, str]:
	"""The one form of each common word by each of its forms."""
	return {
		form: row["word"]
		for row in rows_of(SCREENING_WORDS)
		if row["kind"] == "common"
		for form in (row["word"], *filter(None, row["others"].split("|")))
	}


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
	return frozenset(_common().values()) | {same for row in name_words().values() for same in row}


@lru_cache(maxsize=1)
def _by_half() -> dict[str, tuple[str, ...]]:
	"""The long common words by how each begins and ends, for words up to a letter longer or shorter."""
	found: dict[str, set[str]] = {}
	for word in _common_words():
		for length in (len(word) - 1, len(word), len(word) + 1):
			half = length // 2
			if length >= SHORTEST_MISSPELT_COMMON:
				for part in (word[: half - 1], word[1 - half :]):
					found.setdefault(part, set()).add(word)
	return {part: tuple(words) for part, words in found.items()}


@lru_cache(maxsize=1)
def _legal_forms() -> tuple[str, ...]:
	own = (row["word"] for row in rows_of(SCREENING_WORDS) if row["kind"] == "legal form")
	return tuple(sorted({*own, *particles("legal form")}, key=lambda form: (-len(form), form)))


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
	return tuple(form for form in _legal_forms() if " " in form)


@lru_cache(maxsize=1)
def _forms() -> tuple[frozenset[str], frozenset[str]]:
	"""The forms of one word: those that are no part of a name, and the short ones, which may be inside one."""
	forms = [form for form in _legal_forms() if " " not in form]
	return (
		frozenset(form for form in forms if len(form) > SHORTEST_FORM),
		frozenset(form for form in forms if len(form) <= SHORTEST_FORM),
	)
