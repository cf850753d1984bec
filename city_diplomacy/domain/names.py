"""Finding a place or an organisation under another of its names.

Before a second Bombay is entered beside Mumbai, the person is shown what is already there. Scores are
suggestions to a person, never a reason to merge or refuse.

Two names are compared in their folded form (Latin letters, no marks, no "City of"), by sound across
transliterations, by the table of well-known names, by initials, and by spelling. Spelling is judged word by
word, because organisations differ in the one word that counts (the chambers of commerce of two countries),
and short names strictly, because one letter is often another city (Shenyang, Shenzhen). Two names with a
place in brackets or after a comma are the same only if the places agree (Birmingham in two countries).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from .folding import SMALL_WORDS, fold, sound_of
from .known_names import KNOWN_ORGANISATIONS, RENAMED

DEFAULT_THRESHOLD = 88.0
"""The score from which two names are shown as likely the same."""

SAME_KNOWN_NAME, SAME_SOUND, SAME_INITIALS, SAME_LONG_FORM = 98.0, 95.0, 92.0, 92.0
DIFFERENT_PLACES, DIFFERENT_KNOWN_NAMES = 50.0, 60.0

_IN_BRACKETS = re.compile(r"^(?P<base>[^(]*[^(\s])\s*\((?P<place>[^)]+)\)\s*$")
_ACRONYM = re.compile(r"^(?P<head>[A-Z][A-Z0-9]{2,7})(?:\s*[-\u2013\u2014:(].*)?$")

_SAINTLY = ("santiago ", "san ", "santa ", "santo ", "sao ", "nuestra senora ")
_SHORT_NAME, _SHORT_NAME_PENALTY = 10, 8.0
_WEAK_WORD = 80.0


@dataclass(frozen=True)
class Match:
	"""A record that may be the same: its key, the name that matched and the score from 0 to 100."""

	key: str
	name: str
	score: float


@dataclass(frozen=True)
class _Reading:
	"""One name as it is compared: the whole, and the part before a bracket or comma with its place."""

	whole: str
	base: str
	place: str
	acronym: str


def search_key(names: Iterable[str]) -> str:
	"""The distinct folded forms of a record's names, joined by "|" in the order given, for a search field."""
	return "|".join(dict.fromkeys(folded for name in names if (folded := fold(name))))


def known_names(name: str) -> tuple[str, ...]:
	"""Other well-known names of a city or organisation, the usual English one first; empty when none."""
	for table in (RENAMED, KNOWN_ORGANISATIONS):
		usual = _known().get(fold(name))
		if usual in table:
			return tuple(other for other in (usual, *table[usual]) if fold(other) != fold(name))
	return ()


def similarity(first: str, second: str) -> float:
	"""How likely two names mean the same place or organisation, from 0 to 100; symmetric."""
	# Put in order first: the spelling scores do not promise to be the same both ways.
	left, right = sorted((_read(first), _read(second)), key=lambda reading: (reading.whole, reading.acronym))
	if not left.whole or not right.whole:
		return 0.0
	if left.place and right.place:
		score = _compare(left.base, right.base)
		return score if _places_agree(left.place, right.place) else min(score, DIFFERENT_PLACES)
	score = max(
		_compare(one, other) for one in {left.whole, left.base} for other in {right.whole, right.base}
	)
	if _stands_for(left, right) or _stands_for(right, left):
		score = max(score, SAME_INITIALS)
	return score


def likely_duplicates(
	name: str, candidates: Mapping[str, Iterable[str]], threshold: float = DEFAULT_THRESHOLD
) -> list[Match]:
	"""The records that may already stand for this name, best first.

	`candidates` maps a record's key to all its names, alternate ones too; each record answers with its best
	name. Meant for some hundreds of records narrowed down by `search_key`.
	"""
	matches = []
	for key, names in candidates.items():
		scored = [(similarity(name, other), other) for other in names]
		if scored:
			score, best = max(scored, key=lambda pair: pair[0])
			if score >= threshold:
				matches.append(Match(key, best, score))
	return sorted(matches, key=lambda match: (-match.score, match.name, match.key))


@lru_cache(maxsize=65536)
def _read(name: str) -> _Reading:
	text = unicodedata.normalize("NFKC", name or "").strip()
	base, place = text, ""
	if match := _IN_BRACKETS.match(text):
		base, place = match["base"], match["place"]
	elif _is_place_after_comma(text):
		base, _comma, place = text.partition(",")
	acronym = _ACRONYM.match(text)
	head = acronym["head"].lower() if acronym else ""
	base, place = fold(base), fold(place)
	if place and ((head and _initials(place) == head) or _initials(base) == place):
		place = ""  # what stands in brackets spells the acronym out, or is it
	return _Reading(fold(text), base, place, head)


def _is_place_after_comma(text: str) -> bool:
	"""Portland, Oregon; but not the Ministry of Economy, Trade and Industry."""
	base, comma, rest = text.partition(",")
	words, tail = fold(base).split(), fold(rest).split()
	return (
		bool(comma and words and tail)
		and len(words) <= 3
		and len(tail) <= 3
		and not (SMALL_WORDS & {"of", "and"} & {*words, *tail})
	)


def _places_agree(first: str, second: str) -> bool:
	one, other = set(first.split()), set(second.split())
	return one <= other or other <= one or fuzz.ratio(first, second) >= DEFAULT_THRESHOLD


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
	"""Each folded known name with the usual name it belongs to."""
	return {
		fold(name): usual
		for table in (RENAMED, KNOWN_ORGANISATIONS)
		for usual, others in table.items()
		for name in (usual, *others)
	}


@lru_cache(maxsize=1)
def _known_sounds() -> dict[str, str]:
	"""Each known name by its sound (Muenchen is München), where the sound belongs to one place only."""
	owners: dict[str, set[str]] = {}
	for folded, usual in _known().items():
		owners.setdefault(sound_of(folded), set()).add(usual)
	return {sound: usual for sound, (usual, *others) in owners.items() if len(sound) >= 4 and not others}


def _usual_name(folded: str) -> str | None:
	return _known().get(folded) or _known_sounds().get(sound_of(folded))


def _compare(first: str, second: str) -> float:
	"""The score of two folded names."""
	if first == second or first.replace(" ", "") == second.replace(" ", ""):
		return 100.0
	one, other = _usual_name(first), _usual_name(second)
	if one and one == other:
		return SAME_KNOWN_NAME
	score = _unknown_names(first, second)
	return min(score, DIFFERENT_KNOWN_NAMES) if one and other else score


def _unknown_names(first: str, second: str) -> float:
	sound = sound_of(first)
	if len(sound) >= 4 and sound == sound_of(second):
		return SAME_SOUND
	if second in _long_form_tails(first) or first in _long_form_tails(second):
		return SAME_LONG_FORM
	return _spelling(first, second)


def _spelling(first: str, second: str) -> float:
	score = max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second) - 2.0)
	if score < DIFFERENT_PLACES:
		return max(score, 0.0)
	if max(len(first), len(second)) < _SHORT_NAME:
		score -= _SHORT_NAME_PENALTY
	weakest = min(_weakest_word(first, second), _weakest_word(second, first))
	return min(score, 40.0 + weakest / 2) if weakest < _WEAK_WORD else score


def _weakest_word(first: str, second: str) -> float:
	"""How well the word of the first name that fits worst is found in the second."""
	others = second.split()
	words = [word for word in first.split() if word not in SMALL_WORDS]
	return min((max(_same_word(word, other) for other in others) for word in words), default=100.0)


def _same_word(word: str, other: str) -> float:
	return 100.0 if word == other or sound_of(word) == sound_of(other) else fuzz.ratio(word, other)


def _long_form_tails(folded: str) -> tuple[str, ...]:
	"""What a full Spanish or Portuguese name is called in short: Santiago de Guayaquil is Guayaquil."""
	if not folded.startswith(_SAINTLY) or " de " not in folded:
		return ()
	return (folded.rsplit(" de ", 1)[1],)


def _stands_for(short: _Reading, long: _Reading) -> bool:
	return bool(short.acronym) and _initials(long.base) == short.acronym


def _initials(folded: str) -> str:
	"""First letters of the words that count; "" below three, which would stand for too much."""
	words = [word for word in folded.split() if word not in SMALL_WORDS]
	return "".join(word[0] for word in words) if len(words) >= 3 else ""
