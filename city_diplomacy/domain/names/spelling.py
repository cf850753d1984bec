"""How likely two folded names are one: by well-known names, sound, legal form, and spelling word by word.

Spelling is judged word by word, because organisations differ in the one word that counts (the chambers of commerce of
two countries), and short names strictly, because one letter is often another city (Shenyang, Shenzhen).
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from .folding import SMALL_WORDS, sound_of, without_legal_form
from .known import usual_name
from .tables import particles
from .words import common_form, is_known_word, places_in

SAME_KNOWN_NAME, SAME_BUT_LEGAL_FORM, SAME_SOUND = 98.0, 96.0, 95.0
SAME_WORDS, SAME_LONG_FORM, SAME_CONSONANTS = 94.0, 92.0, 90.0
DIFFERENT_PLACES, DIFFERENT_KNOWN_NAMES = 50.0, 60.0

_SAINTLY = tuple(f"{word} " for word in particles("saint"))
_SHORT_NAME, _SHORT_NAME_PENALTY = 10, 8.0
_WEAK_WORD = 82.0
_SHORTEST_SOUND = 4
# Vowels are written most differently in other alphabets (Zaporizhzhia, Zaporozhye); of long names only.
_LONG_WORD, _MANY_CONSONANTS, _ALIKE = 9, 4, 60.0
_VOWELS = re.compile(r"[aeiou]+")
_REPEATED = re.compile(r"(.{1,2})\1+")


def compare(first: str, second: str) -> float:
	"""The score of two folded names, from 0 to 100."""
	if first == second or first.replace(" ", "") == second.replace(" ", ""):
		return 100.0
	one, other = _known_as(first), _known_as(second)
	if one and one == other:
		return SAME_KNOWN_NAME
	score = _unknown_names(first, second)
	if (one and other) or _name_other_places(first, second):
		return min(score, DIFFERENT_KNOWN_NAMES)
	return score


def marks_of(folded: str) -> set[str]:
	"""What two folded names have in common, one at least, whose score is more than that of their `spellings_of`."""
	marks = {folded.replace(" ", ""), f"known as {_known_as(folded)}"} - {"known as None"}
	for form in _forms_without_kind(folded):
		marks |= {written.replace(" ", "") for written in (form, *long_form_tails(form))}
		marks |= {f"sounds {sound}" for sound in (sound_of(form),) if len(sound) >= _SHORTEST_SOUND}
		marks |= {f"consonants {consonants_of(form)}"} if " " not in form else set()
	return marks


def spellings_of(folded: str) -> set[str]:
	"""The forms of a folded name whose plain ratio to those of another is the most that spelling can score."""
	forms = _forms_without_kind(folded)
	return {*forms, *(" ".join(sorted(form.split())) for form in forms)}


def _forms_without_kind(folded: str) -> set[str]:
	bare = without_legal_form(folded)
	return {bare, common_form(bare)}


@lru_cache(maxsize=16384)
def _known_as(folded: str) -> str | None:
	return usual_name(folded) or usual_name(without_legal_form(folded))


def _unknown_names(first: str, second: str) -> float:
	one, other = without_legal_form(first), without_legal_form(second)
	if one == other:
		return SAME_BUT_LEGAL_FORM
	common = common_form(one), common_form(other)
	if common[0] == common[1]:
		return SAME_WORDS
	return max(_alike(one, other), _alike(*common))


def _alike(one: str, other: str) -> float:
	sound = sound_of(one)
	if len(sound) >= _SHORTEST_SOUND and sound == sound_of(other):
		return SAME_SOUND
	if other in long_form_tails(one) or one in long_form_tails(other):
		return SAME_LONG_FORM
	return max(_spelling(one, other), _consonants(one, other))


def _name_other_places(first: str, second: str) -> bool:
	"""Whether each names a well-known place the other does not, or both in another order (an embassy of A in B)."""
	places, others = places_in(first), places_in(second)
	if sorted(places) == sorted(others):
		return places != others
	return bool({*places} - {*others} and {*others} - {*places})


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
	if is_known_word(word) and is_known_word(other):
		return 100.0 if word == other else 0.0
	if word == other or sound_of(word) == sound_of(other):
		return 100.0
	return fuzz.ratio(word, other)


def _consonants(first: str, second: str) -> float:
	"""The score of two long words with the same consonants in the same order; 0 for any others."""
	if " " in first or " " in second or max(len(first), len(second)) < _LONG_WORD:
		return 0.0
	one, other = consonants_of(first), consonants_of(second)
	same = one == other and len(one) >= _MANY_CONSONANTS and fuzz.ratio(first, second) >= _ALIKE
	return SAME_CONSONANTS if same else 0.0


@lru_cache(maxsize=16384)
def consonants_of(folded: str) -> str:
	"""The consonants of a folded name by their sound, each once where it repeats; g counts as h (Chernigov, Chernihiv)."""
	bare = _VOWELS.sub("", sound_of(folded).replace("g", "h"))
	return _REPEATED.sub(r"\1", bare)


def long_form_tails(folded: str) -> tuple[str, ...]:
	"""What a full Spanish or Portuguese name is called in short: Santiago de Guayaquil is Guayaquil."""
	if not folded.startswith(_SAINTLY) or " de " not in folded:
		return ()
	return (folded.rsplit(" de ", 1)[1],)
