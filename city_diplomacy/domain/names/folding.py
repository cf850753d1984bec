"""The folded form of a name: how it is searched for and compared, whatever script or spelling it came in.

Letters are brought to Latin by Unidecode, whose tables follow the usual romanisations; Chinese characters
come out as Mandarin also in Japanese names, so alternate names stay worth storing.
"""

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

from .tables import PARTICLES, particles, rows_of

_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_ABBREVIATION = re.compile(r"\b(?:[a-z]\.){2,}")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bb\u02bc`\u00b4]")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_WORDS = {row["word"]: row["stands_for"] for row in rows_of(PARTICLES) if row["kind"] == "abbreviation"}
_PREFIXES = particles("before a name")
_SUFFIXES = particles("behind a name")
# A name that neither begins nor ends with one of these words has no kind of place to lose.
_FIRST_OF_PREFIXES = frozenset(prefix.partition(" ")[0] for prefix in _PREFIXES)
_LAST_OF_SUFFIXES = frozenset(suffix.rpartition(" ")[2] for suffix in _SUFFIXES)
SMALL_WORDS = frozenset(particles("small word"))
"""Words that carry no difference between names."""

# How umlauts and long vowels are written out; what is searched for is brought to the short way.
_WRITTEN_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))

_LEGAL_FORMS = tuple(sorted(particles("legal form"), key=len, reverse=True))
_LAST_OF_LEGAL_FORMS = frozenset(form.rpartition(" ")[2] for form in _LEGAL_FORMS)

_SOUNDS = (
	("ph", "f"),
	("kh", "h"),
	("gh", "g"),
	("th", "t"),
	("dh", "d"),
	("bh", "b"),
	("ck", "k"),
	("q", "k"),
	("c", "k"),
	("x", "ks"),
	("w", "v"),
	("y", "i"),
	("ou", "u"),
	("oo", "u"),
	("ee", "i"),
	("ue", "u"),
	("oe", "o"),
	("ae", "a"),
	("aa", "a"),
)
_FINAL_H = re.compile(r"(?<=.)c?h+$")
_DOUBLED_CONSONANT = re.compile(r"([^aeiou])\1+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
	"""The form in which names are compared: lower-case Latin letters and digits, words parted by one space.

	Marks and punctuation go, "&" becomes "and", "St" becomes "saint", and what only says that it is a city
	or a company ("City of", "Municipality", "Inc") is left out. "" for a text without letters or digits.
	Folding twice changes nothing.
	"""
	# Half a surrogate pair is no character; broken imports hold such things.
	plain = (text or "").encode("utf-8", "ignore").decode("utf-8")
	plain = unicodedata.normalize("NFKD", plain).casefold()
	# Only the marks of Latin, Greek and Cyrillic: in Indic scripts the marks are the vowels.
	plain = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", plain))
	plain = unidecode(plain).casefold()
	plain = _ABBREVIATION.sub(lambda match: match.group().replace(".", ""), plain)
	plain = _APOSTROPHES.sub("", plain).replace("&", " and ").replace("+", " and ")
	words = [_WORDS.get(word, word) for word in _NOT_WORDS.sub(" ", plain).split()]
	return _without_kind(" ".join(words))


def search_form(text: str) -> str:
	"""The form in which names are searched for, stored and typed alike: folded, "Muenchen" as "munchen"."""
	return _written_short(fold(text))


def search_form_of_folded(folded: str) -> str:
	"""The same of some words of a text that is folded already."""
	if not _WORDS.keys().isdisjoint(folded.split()):
		return search_form(folded)
	return _written_short(_without_kind(folded))


def _written_short(folded: str) -> str:
	for written, short in _WRITTEN_OUT:
		folded = folded.replace(written, short)
	return folded


@lru_cache(maxsize=16384)
def without_legal_form(folded: str) -> str:
	"""A folded name without the kind of company behind it (AG, Co., Ltd.), as long as something is left."""
	before = None
	while before != folded and folded.rpartition(" ")[2] in _LAST_OF_LEGAL_FORMS:
		before = folded
		for form in _LEGAL_FORMS:
			folded = folded.removesuffix(f" {form}")
	return folded


@lru_cache(maxsize=65536)
def sound_of(folded: str) -> str:
	"""A rough sound of a folded name, in which the usual ways to write foreign letters fall together."""
	words = folded.split()
	if len(words) > 1 and words[0] in ("al", "ar", "el"):
		words = words[1:]
	return "".join([_sound_of_word(word) for word in words])


@lru_cache(maxsize=16384)
def _sound_of_word(word: str) -> str:
	word = _FINAL_H.sub("", _DOUBLED_CONSONANT.sub(r"\1", word))
	for written, sound in _SOUNDS:
		word = word.replace(written, sound)
	return word


def _without_kind(words: str) -> str:
	"""The words without those that only name the kind of place, as long as something is left."""
	before = None
	while before != words and (
		words.partition(" ")[0] in _FIRST_OF_PREFIXES or words.rpartition(" ")[2] in _LAST_OF_SUFFIXES
	):
		before = words
		for prefix in _PREFIXES:
			words = words.removeprefix(f"{prefix} ")
		for suffix in _SUFFIXES:
			words = words.removesuffix(f" {suffix}")
	return words
