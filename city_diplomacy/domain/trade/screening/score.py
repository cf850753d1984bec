"""How well a party and an entry of a list agree, in parts: the name first, then what confirms or contradicts it.

Names are compared word by word, whatever their order; common words count for little. Two words are near when they are
equal, sound alike, have the same consonants, or differ in one letter. A name agrees with another only if they share a
word of their own (`blocks` rests on that), so that no two banks are alike for being banks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from ...sentences import _
from .words import Reading, read, skeleton_of, sound, weight_of

SCORER, VERSION = "city_diplomacy", "1"
THRESHOLD = 84.0
"""The score of a name from which an entry is shown to a person."""

SAME_SOUND, SAME_CONSONANTS, FIRST_LETTER, WRITTEN_TOGETHER = 0.97, 0.93, 0.1, 0.98
SHORTEST_MISSPELT = 5
BIRTH_AGREES, BIRTH_YEAR_AGREES, BIRTH_CONTRADICTS = 5.0, 2.0, -20.0
COUNTRY_AGREES, COUNTRY_CONTRADICTS, KIND_CONTRADICTS = 3.0, -5.0, -10.0
YEARS_APART = 1

SAME_NAME = _("The name “{name}” has the same words as “{listed}” on the list.")
LIKE_NAME = _("The name “{name}” is like “{listed}” on the list.")
TOGETHER = _("“{name}” and “{listed}” are the same words, written together or apart.")
SAME_WORDS = _("The same in both: {words}.")
NEAR_WORDS = _("Written alike: {words}.")
ONLY_OURS = _("Only in the name that was screened: {words}.")
ONLY_LISTED = _("Only in the name on the list: {words}.")
BIRTH_DATE_AGREES = _("The date of birth is the same: {day}.")
BIRTH_YEAR_AGREES_ = _("The year of birth agrees: {ours} and {listed}.")
BIRTH_DATE_CONTRADICTS = _("The dates of birth are apart: {ours}, and {listed} on the list.")
COUNTRY_AGREES_ = _("A country is the same: {countries}.")
COUNTRY_CONTRADICTS_ = _("The countries are others: {ours}, and {listed} on the list.")
KIND_CONTRADICTS_ = _("Screened as {state}, but on the list as {first_state}.")


@dataclass(frozen=True)
class Party:
	"""Who is compared, on either side. Countries are ISO codes; dates of birth as vague as they are known."""

	names: tuple[str, ...]
	kind: str = ""
	countries: frozenset[str] = frozenset()
	births: tuple[str, ...] = ()

	@cached_property
	def readings(self) -> tuple[Reading, ...]:
		"""Its names as they are compared."""
		return tuple(reading for name in self.names if (reading := read(name)).words)


@dataclass(frozen=True)
class Part:
	"""A part of a score: how much it brings, and a sentence marked for translation with its values."""

	points: float
	sentence: str
	values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
	"""What a comparison came to. `name` alone decides whether an entry is shown; `total` orders what is shown."""

	name: float
	total: float
	parts: tuple[Part, ...]
	listed: str


def near(one: str, other: str) -> float:
	"""How near two words are, from 0 to 1."""
	return _near((one, sound(one), skeleton_of(one)), (other, sound(other), skeleton_of(other)))


def _near(ours: tuple[str, str, str], listed: tuple[str, str, str]) -> float:
	(one, heard, skeleton), (other, heard_other, skeleton_other) = ours, listed
	if one == other:
		return 1.0
	if heard == heard_other:
		return SAME_SOUND
	shorter = min(len(one), len(other))
	if shorter < SHORTEST_MISSPELT or one.isdigit() or other.isdigit():
		return 0.0
	if abs(len(one) - len(other)) <= 1 and Levenshtein.distance(one, other, score_cutoff=1) <= 1:
		return 1.0 - 1.0 / shorter - (FIRST_LETTER if one[0] != other[0] else 0.0)
	return SAME_CONSONANTS if skeleton and skeleton == skeleton_other else 0.0


def compare_names(ours: Reading, listed: Reading) -> float:
	"""The score of two names, from 0 to 100; 0 where no word of their own agrees."""
	if ours.joined == listed.joined:
		return 100.0 if set(ours.words) == set(listed.words) else 100.0 * WRITTEN_TOGETHER
	if not ours.own or not listed.own:
		return 100.0 if set(ours.words) == set(listed.words) else 0.0
	one, other = _together(ours, listed), _together(listed, ours)
	pairs = _pairs(one, other)
	if not any(here in one.own and there in other.own for here, there, _nearness in pairs):
		return 0.0
	agreed = sum((one.weights[here] + other.weights[there]) * nearness for here, there, nearness in pairs)
	return 100.0 * agreed / (one.total + other.total)


def _pairs(one: Reading, other: Reading) -> list[tuple[int, int, float]]:
	"""Words that belong together, the nearest first, each in one pair."""
	found = [
		(nearness, here, there)
		for here, word in enumerate(one.heard)
		for there, listed in enumerate(other.heard)
		if (here in one.own) == (there in other.own) and (nearness := _near(word, listed))
	]
	found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
	pairs, taken, given = [], set(), set()
	for nearness, here, there in found:
		if here not in taken and there not in given:
			taken.add(here)
			given.add(there)
			pairs.append((here, there, nearness))
	return pairs


def _together(reading: Reading, other: Reading) -> Reading:
	"""The name with two words written as one where the other name writes them so: Aero Caribbean, Aerocaribbean."""
	heard = other.by_sound
	for joined, places in reading.joins:
		if joined in heard and heard[joined] not in reading.words:
			kept = [place for place in range(len(reading.words)) if place not in places]
			words = (*(reading.words[place] for place in kept), heard[joined])
			weights = (*(reading.weights[place] for place in kept), weight_of(heard[joined]))
			return Reading(reading.name, words, weights, reading.joined)
	return reading


def best_names(ours: Sequence[Reading], listed: Sequence[Reading]) -> tuple[float, Reading, Reading] | None:
	"""The two names that agree best, with their score; None when none agree at all."""
	found = None
	for one in ours:
		for other in listed:
			score = compare_names(one, other)
			if score and (found is None or score > found[0]):
				found = (score, one, other)
	return found


def score(ours: Party, listed: Party, threshold: float = THRESHOLD) -> Score | None:
	"""Compares a party with an entry; None unless their names reach the threshold."""
	found = best_names(ours.readings, listed.readings)
	if found is None or found[0] < threshold:
		return None
	name, one, other = found
	parts = [
		*_parts_of_names(name, one, other),
		*_birth(ours, listed),
		*_country(ours, listed),
		*_kind(ours, listed),
	]
	total = max(0.0, min(100.0, sum(part.points for part in parts)))
	return Score(round(name, 1), round(total, 1), tuple(parts), other.name)


def _parts_of_names(points: float, ours: Reading, listed: Reading) -> list[Part]:
	names = {"name": ours.name, "listed": listed.name}
	points = round(points, 1)
	if set(ours.words) == set(listed.words):
		return [Part(points, SAME_NAME, names)]
	if ours.joined == listed.joined:
		return [Part(points, TOGETHER, names)]
	one, other = _together(ours, listed), _together(listed, ours)
	pairs = _pairs(one, other)
	same = [one.words[here] for here, _there, nearness in pairs if nearness == 1.0]
	alike = [f"{one.words[here]} – {other.words[there]}" for here, there, nearness in pairs if nearness < 1.0]
	left = [word for place, word in enumerate(one.words) if place not in {here for here, *_rest in pairs}]
	over = [
		word for place, word in enumerate(other.words) if place not in {there for _here, there, _n in pairs}
	]
	sentences = ((SAME_WORDS, same), (NEAR_WORDS, alike), (ONLY_OURS, left), (ONLY_LISTED, over))
	return [
		Part(points, LIKE_NAME, names),
		*(Part(0.0, sentence, {"words": ", ".join(found)}) for sentence, found in sentences if found),
	]


def _birth(ours: Party, listed: Party) -> list[Part]:
	"""Compares dates of birth: a whole date, or the years where one of the two is vague."""
	if not ours.births or not listed.births:
		return []
	if whole := sorted({day for day in ours.births if len(day) == len("2000-01-01")} & set(listed.births)):
		return [Part(BIRTH_AGREES, BIRTH_DATE_AGREES, {"day": whole[0]})]
	said = {"ours": ", ".join(ours.births), "listed": ", ".join(listed.births)}
	years, others = ({int(day[:4]) for day in party.births} for party in (ours, listed))
	if any(abs(year - other) <= YEARS_APART for year in years for other in others):
		return [Part(BIRTH_YEAR_AGREES, BIRTH_YEAR_AGREES_, said)]
	return [Part(BIRTH_CONTRADICTS, BIRTH_DATE_CONTRADICTS, said)]


def _country(ours: Party, listed: Party) -> list[Part]:
	if not ours.countries or not listed.countries:
		return []
	if shared := ours.countries & listed.countries:
		return [Part(COUNTRY_AGREES, COUNTRY_AGREES_, {"countries": ", ".join(sorted(shared))})]
	said = {"ours": ", ".join(sorted(ours.countries)), "listed": ", ".join(sorted(listed.countries))}
	return [Part(COUNTRY_CONTRADICTS, COUNTRY_CONTRADICTS_, said)]


def _kind(ours: Party, listed: Party) -> list[Part]:
	if not ours.kind or not listed.kind or ours.kind == listed.kind:
		return []
	return [Part(KIND_CONTRADICTS, KIND_CONTRADICTS_, {"state": ours.kind, "first_state": listed.kind})]


def birth_of(day: date | None) -> tuple[str, ...]:
	"""A date of birth in the form of `Party`."""
	return (day.isoformat(),) if day else ()
