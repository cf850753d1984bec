"""Keys by which the names that may be one are found among many without comparing all of them.

Two names that `names.similarity` calls alike share a key, almost always: the folded name, its sound, its usual name,
its initials, or a pair of trigrams. Trigrams of the words' sounds are drawn by fixed hashes (min-hashing): names with
most of their trigrams in common draw the same pair in one of the draws, whatever the order of their words.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

from .acronyms import acronym_of, initials_of, shortened
from .folding import SMALL_WORDS, fold, sound_of, without_legal_form
from .known import usual_name
from .similarity import forms_of
from .spelling import consonants_of, long_form_tails
from .stated import stated_names
from .words import common_form

LONGEST_KEY = 16
DRAWS = 8
# Below this, one letter is another name.
SHORTEST_SPELLED, SHORTEST_SOUND = 10, 4
_SEEDS = tuple(crc32(f"{draw}{half}".encode()) for draw in range(DRAWS) for half in "ab")


def keys_to_store(names: Iterable[str]) -> set[str]:
	"""The keys under which a record with these names is found."""
	return {
		key for name in names for key in (*_shared_keys(name), *_keys_of_all_initials(name, "short", "long"))
	}


def keys_to_ask(name: str) -> set[str]:
	"""The keys of which a record has at least one that may stand for this name."""
	return {*_shared_keys(name), *_keys_of_all_initials(name, "long", "short")}


@lru_cache(maxsize=4096)
def _shared_keys(name: str) -> frozenset[str]:
	return frozenset(_keys_of_forms(name))


def _keys_of_forms(name: str) -> Iterator[str]:
	for form in forms_of(name):
		bare = without_legal_form(form)
		if usual := usual_name(form) or usual_name(bare):
			yield _key("known", usual)
		for written in {bare, common_form(bare), *long_form_tails(bare)}:
			yield _key("name", written.replace(" ", ""))
			sound = sound_of(written)
			if len(sound) >= SHORTEST_SOUND:
				yield _key("sound", sound)
		if " " not in bare:
			yield _key("consonants", consonants_of(bare))
		if len(bare) >= SHORTEST_SPELLED:
			yield from _draws(common_form(bare))


def _keys_of_all_initials(name: str, of_short: str, of_long: str) -> Iterator[str]:
	for stated in stated_names(name):
		yield from _keys_of_initials(stated, of_short, of_long)


def _keys_of_initials(name: str, of_short: str, of_long: str) -> Iterator[str]:
	"""A short form meets the initials of a long name: what the one stores, the other asks for."""
	if acronym := acronym_of(name):
		behind = "".join(word[0] for word in fold(name).split()[1:])
		for initials in {*shortened(acronym), acronym + behind}:
			yield _key(of_short, initials)
	for initials in initials_of(name):
		yield _key(of_long, initials)


def _draws(folded: str) -> Iterator[str]:
	sounds = [sound_of(word) for word in folded.split() if word not in SMALL_WORDS]
	marked = [f"^{sound}$" for sound in sounds]
	trigrams = {sound[place : place + 3] for sound in marked for place in range(len(sound) - 2)}
	# The smallest number of each hash, whichever trigram has it; none of them without trigrams.
	smallest = tuple(map(min, zip(*map(_hashes_of, trigrams), strict=True)))
	for draw, pair in enumerate(zip(smallest[::2], smallest[1::2], strict=True)):
		yield _key(f"draw{draw}", f"{pair[0]}-{pair[1]}")


@lru_cache(maxsize=8192)
def _hashes_of(trigram: str) -> tuple[int, ...]:
	"""What a trigram draws: two numbers for each draw."""
	encoded = trigram.encode()
	return tuple(crc32(encoded, seed) for seed in _SEEDS)


def _key(kind: str, text: str) -> str:
	"""Short whatever the text is."""
	return blake2b(f"{kind}:{text}".encode(), digest_size=8).hexdigest()
