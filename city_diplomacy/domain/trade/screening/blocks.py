"""Keys under which an entry that may agree with a name is found among many without comparing it with all.

No candidate is lost: two names agree (`score.compare_names`) only if a word of their own is near in both, or a word of
one is two words of the other, or all their words are one word of the same sound, or all of them are common and the
same. Each of these gives the two a key in common. Words that differ in one letter have their first or their second half
in common, which the keys of halves say together with the length of the stored word.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from .reach import Reach
from .score import SHORTEST_MISSPELT, THRESHOLD, Party, Score, near, score
from .words import Reading, read, skeleton_of, sound

KEYS_VERSION = 1
"""Raised with every change of what `keys_to_store` returns, tables of words included: lists kept before get new keys."""


def keys_to_store(names: Iterable[str]) -> set[str]:
	"""The keys under which an entry with these names is found."""
	return {key for name in names for key in _stored(read(name))}


def keys_to_ask(reading: Reading) -> dict[str, frozenset[int]]:
	"""The keys of which each entry that may agree with a name has one, with the places of the words each is about."""
	asked: dict[str, set[int]] = {}
	everywhere = range(len(reading.words))
	for key, places in _asked(reading):
		asked.setdefault(key, set()).update(everywhere if places is None else places)
	return {key: frozenset(places) for key, places in asked.items()}


def _stored(reading: Reading) -> Iterator[str]:
	yield from _whole(reading)
	for word in _own(reading).values():
		yield from _of_word(word)
		if len(word) >= SHORTEST_MISSPELT:
			half = len(word) // 2
			yield _key(f"first{len(word)}", word[:half])
			yield _key(f"second{len(word)}", word[half:])
	for joined, _places in reading.joins:
		yield _key("word", joined)


def _asked(reading: Reading) -> Iterator[tuple[str, Iterable[int] | None]]:
	for key in _whole(reading):
		yield key, None
	for place, word in _own(reading).items():
		for key in (*_of_word(word), *_halves_asked(word)):
			yield key, (place,)
	for joined, places in reading.joins:
		yield _key("word", joined), places
	# A word of ours, a common one too, may be two words of theirs; a word like it may then be taken for these.
	for word in reading.words:
		alike = [place for place, other in enumerate(reading.words) if near(word, other)]
		yield _key("word", sound(word)), alike


def _whole(reading: Reading) -> Iterator[str]:
	if reading.words:
		yield _key("word", reading.joined)
	if not reading.own:
		yield _key("common", " ".join(sorted(reading.words)))


def _own(reading: Reading) -> dict[int, str]:
	return {place: reading.words[place] for place in sorted(reading.own)}


def _of_word(word: str) -> Iterator[str]:
	yield _key("word", sound(word))
	if skeleton := skeleton_of(word):
		yield _key("consonants", skeleton)


def _halves_asked(word: str) -> Iterator[str]:
	if len(word) < SHORTEST_MISSPELT:
		return
	for length in range(max(len(word) - 1, SHORTEST_MISSPELT), len(word) + 2):
		half = length // 2
		yield _key(f"first{length}", word[:half])
		yield _key(f"second{length}", word[-(length - half) :])


def _key(kind: str, text: str) -> str:
	"""Short whatever the text is."""
	return blake2b(f"{kind}:{text}".encode(), digest_size=8).hexdigest()


class Asked:
	"""The names of a party with the keys they ask for."""

	def __init__(self, party: Party, threshold: float = THRESHOLD) -> None:
		self.party = party
		self._names = [(keys_to_ask(reading), Reach(reading, threshold)) for reading in party.readings]
		self.keys = frozenset(key for keys, _reach in self._names for key in keys)

	def worth_comparing(self, entries_of: Mapping[str, Iterable[str]]) -> list[str]:
		"""Which of the entries that are found under each key can reach the threshold."""
		keys_of: dict[str, set[str]] = {}
		for key in self.keys:
			for entry in entries_of.get(key, ()):
				keys_of.setdefault(entry, set()).add(key)
		return sorted(entry for entry, keys in keys_of.items() if self._could_be(keys))

	def _could_be(self, found: set[str]) -> bool:
		return any(
			reach.is_reached({place for key in found & keys.keys() for place in keys[key]})
			for keys, reach in self._names
		)


class Blocks:
	"""Entries in memory, by their keys."""

	def __init__(self, entries: Mapping[str, Party]) -> None:
		self.entries = entries
		self._by_key: dict[str, list[str]] = {}
		for name, entry in entries.items():
			for key in keys_to_store(entry.names):
				self._by_key.setdefault(key, []).append(name)

	def candidates(self, party: Party, threshold: float = THRESHOLD) -> dict[str, Score]:
		"""The entries a person should look at, by name."""
		worth = Asked(party, threshold).worth_comparing(self._by_key)
		scores = ((name, score(party, self.entries[name], threshold)) for name in worth)
		return {name: found for name, found in scores if found}


def all_pairs(party: Party, entries: Mapping[str, Party], threshold: float = THRESHOLD) -> dict[str, Score]:
	"""What `Blocks.candidates` answers, by comparing with every entry; what blocks are measured against."""
	scores = ((name, score(party, entry, threshold)) for name, entry in entries.items())
	return {name: found for name, found in scores if found}
