"""Finding a place or an organisation under another of its names.

Before a second Bombay is entered beside Mumbai, the person is shown what is already there. Scores are
suggestions to a person, never a reason to merge or refuse.

Two names are compared in their folded form (Latin letters, no marks, no "City of"), by the table of well-known
names, by initials (`acronyms`), by sound and by spelling (`spelling`). Two names with a place in brackets or after a
comma are the same only if the places agree (Birmingham in two countries).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from .acronyms import acronym_of, initials_of, stands_for
from .folding import SMALL_WORDS, fold, search_form
from .known import usual_name
from .spelling import DIFFERENT_PLACES, compare, marks_of, spellings_of
from .stated import stated_names
from .words import is_abbreviation

DEFAULT_THRESHOLD = 88.0
"""The score from which two names are shown as likely the same."""
SAME_INITIALS = 92.0

_IN_BRACKETS = re.compile(r"^(?P<base>[^(]*[^(\s])\s*\((?P<place>[^)]+)\)\s*$")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})


@dataclass(frozen=True)
class Match:
	"""A record that may be the same: its key, the name that matched and the score from 0 to 100."""

	key: str
	name: str
	score: float


@dataclass(frozen=True)
class _Reading:
	"""One name as it is compared: the whole, and the part before a bracket or comma with its place."""

	text: str
	whole: str
	base: str
	place: str
	acronym: str


@dataclass(frozen=True)
class _Outline:
	"""What tells at a glance that a name is not like another: nothing in common, and spelt too differently."""

	marks: frozenset[str]
	spellings: tuple[str, ...]
	has_acronym: bool


def search_key(names: Iterable[str]) -> str:
	"""What a search field holds of a record's names, joined by "|": each as it is searched for and as it is written.

	The written form lets a filter of Frappe's, which folds nothing, find a name in its own script or with its umlauts
	spelt out.
	"""
	names = [" ".join(name.replace("|", " ").split()) for name in names if fold(name)]
	forms = [form(name) for form in (search_form, fold, str.casefold, _spelt_out) for name in names]
	return "|".join(dict.fromkeys(forms))


def _spelt_out(name: str) -> str:
	return fold(name.casefold().translate(_SPELT_OUT))


def similarity(first: str, second: str) -> float:
	"""How likely two names mean the same place or organisation, from 0 to 100; symmetric.

	A name that states others, such as a former one, is as like as the likest of them.
	"""
	return max(_similarity(one, other) for one in stated_names(first) for other in stated_names(second))


def _similarity(first: str, second: str) -> float:
	# Put in order first: the spelling scores do not promise to be the same both ways.
	left, right = sorted((_read(first), _read(second)), key=lambda reading: (reading.whole, reading.acronym))
	if not left.whole or not right.whole:
		return 0.0
	if left.place and right.place:
		score = compare(left.base, right.base)
		return score if _places_agree(left.place, right.place) else min(score, DIFFERENT_PLACES)
	score = max(compare(one, other) for one in {left.whole, left.base} for other in {right.whole, right.base})
	if score < SAME_INITIALS and (_is_short_for(left, right) or _is_short_for(right, left)):
		return SAME_INITIALS
	return score


def forms_of(name: str) -> set[str]:
	"""The folded forms a name is compared in: whole, without a place behind it, and the names it states."""
	readings = map(_read, stated_names(name))
	return {form for reading in readings for form in (reading.whole, reading.base)} - {""}


def likely_duplicates(
	name: str, candidates: Mapping[str, Iterable[str]], threshold: float = DEFAULT_THRESHOLD
) -> list[Match]:
	"""The records that may already stand for this name, best first.

	`candidates` maps a record's key to all its names, alternate ones too; each record answers with its best
	name. Meant for some hundreds of records narrowed down by `search_key`.
	"""
	if not candidates:
		return []
	near, matches = _near(name, {other for names in candidates.values() for other in names}, threshold), []
	for key, names in candidates.items():
		scored = [(similarity(name, other), other) for other in names if other in near]
		if scored:
			score, best = max(scored, key=lambda pair: pair[0])
			if score >= threshold:
				matches.append(Match(key, best, score))
	return sorted(matches, key=lambda match: (-match.score, match.name, match.key))


def _near(name: str, others: Collection[str], threshold: float) -> set[str]:
	"""Those of many names whose score may reach a threshold; the others are not worth a comparison."""
	own = _outline(name)
	outlines = {other: _outline(other) for other in others}
	near = {
		other
		for other, outline in outlines.items()
		if own.has_acronym or outline.has_acronym or not own.marks.isdisjoint(outline.marks)
	}
	spelled = [
		(spelling, other)
		for other, outline in outlines.items()
		if other not in near
		for spelling in outline.spellings
	]
	texts = [spelling for spelling, _other in spelled]
	for spelling in own.spellings:
		for _text, _score, place in process.extract(
			spelling, texts, scorer=fuzz.ratio, processor=None, score_cutoff=threshold, limit=None
		):
			near.add(spelled[place][1])
	return near


@lru_cache(maxsize=65536)
def _outline(name: str) -> _Outline:
	forms = forms_of(name)
	return _Outline(
		frozenset(mark for form in forms for mark in marks_of(form)),
		tuple({spelling for form in forms for spelling in spellings_of(form)}),
		any(_read(stated).acronym for stated in stated_names(name)),
	)


@lru_cache(maxsize=65536)
def _read(name: str) -> _Reading:
	text = unicodedata.normalize("NFKC", name or "").strip()
	base, place = text, ""
	if match := _IN_BRACKETS.match(text):
		base, place = match["base"], match["place"]
	elif _is_place_after_comma(text):
		base, _comma, place = text.partition(",")
	acronym = acronym_of(text)
	if place and (acronym in initials_of(place) or fold(place) in initials_of(base)):
		place = ""  # what stands in brackets spells the acronym out, or is it
	return _Reading(text, fold(text), fold(base), fold(place), acronym)


def _is_short_for(short: _Reading, long: _Reading) -> bool:
	"""A well-known short form stands for its owner alone, which the tables of known names and words say."""
	if not short.acronym or usual_name(short.acronym) or is_abbreviation(short.acronym):
		return False
	return stands_for(short.text, long.text)


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
