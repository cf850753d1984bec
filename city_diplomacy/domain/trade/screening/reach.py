"""Which of the entries found under the keys of a name are worth comparing: a bound on the score they can reach.

With `w` and `v` the weights of two words that are taken for the same, `n` how near they are, and `t` and `u` what the two
names weigh, a score of `θ` needs `Σ n(w + v) ≥ θ(t + u)` (`score.compare_names`). The other name weighs at least what
agrees of it, so `Σ (nw + (n - θ)v) ≥ θt`. What a word of ours can bring to the left is known:

- taken for itself, `w(2 - θ)`, since a word weighs the same in both names;
- taken for another word, at most `0.97w + (0.97 - θ)`, since no two others are nearer than those of one sound and
  nothing weighs more than 1. Common words and digits are only ever taken for words of the same weight.

Every word of ours that may agree counts as if it did: those the keys say something of, and all that are not its own.
A name of theirs in which two words are written as one is no more than another name, of which the same holds. A name of
ours is, and so each way to write two words of ours as one is a reading of its own (`score._together`): the word that
comes of it is a word of their name. It is one of its own only if the key of the two was found; else it is common.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from .score import SAME_SOUND, THRESHOLD
from .words import DIGITS_WEIGHT, WEIGHT, Reading, is_sound_of_common

SLACK = 1e-9


class _Way(NamedTuple):
	"""One way to read a name: what is left to bring beside its own words, and which of them it needs or has no more."""

	beside: float
	needs: frozenset[int]
	joined: frozenset[int]


class Reach:
	"""Whether a name can reach a threshold."""

	def __init__(self, reading: Reading, threshold: float = THRESHOLD) -> None:
		self._least = threshold / 100
		self._own = {place: self._brings(reading.weights[place]) for place in reading.own}
		self._ways = tuple(self._ways_of(reading))

	def is_reached(self, places: Collection[int]) -> bool:
		"""Whether the name can still reach the threshold when, of its own words, only those at `places` agree."""
		brought = {place: points for place, points in self._own.items() if place in places}
		whole = sum(brought.values())
		return any(
			way.beside + whole - sum(brought.get(place, 0.0) for place in way.joined) >= -SLACK
			for way in self._ways
			if way.needs <= brought.keys()
		)

	def _brings(self, weight: float) -> float:
		"""The most that a word of a name's own brings when it agrees."""
		in_another = SAME_SOUND * weight + max(0.0, SAME_SOUND - self._least) * WEIGHT
		return max(self._as_itself(weight), in_another)

	def _as_itself(self, weight: float) -> float:
		return (2 - self._least) * weight

	def _ways_of(self, reading: Reading) -> Iterator[_Way]:
		beside = sum(self._beside(reading, place) for place in range(len(reading.words)))
		yield _Way(beside, frozenset(), frozenset())
		for sound_of_both, places in reading.joins:
			joined = frozenset(places) & reading.own
			without = beside - sum(self._beside(reading, place) for place in set(places))
			if is_sound_of_common(sound_of_both):
				as_common = without + self._gains(self._as_itself(DIGITS_WEIGHT), DIGITS_WEIGHT)
				yield _Way(as_common, frozenset(), joined)
			as_own = without + self._gains(self._brings(WEIGHT), WEIGHT)
			if as_own - sum(self._own[place] for place in joined) > beside:
				yield _Way(as_own, joined, joined)

	def _beside(self, reading: Reading, place: int) -> float:
		"""What a word brings whatever the keys say, less what the name has to reach for it."""
		weight = reading.weights[place]
		return self._gains(0.0 if place in reading.own else self._as_itself(weight), weight)

	def _gains(self, brings: float, weight: float) -> float:
		return brings - self._least * weight
