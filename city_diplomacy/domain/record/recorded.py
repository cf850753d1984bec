"""What the entries of one ledger, read in their order, say about everything that is stored beside them.

No event is named here but the one that states a whole record anew: whatever an entry tells of a clearance, the
route, the text or the policy is taken from its payload, so that a new kind of entry needs nothing of this module.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .ledger import FIRST_SEQUENCE, FORMAT

BASELINE = "Baseline Recorded"
"""States a record whose entries were written before entries told of everything; what they told is kept."""


@dataclass(frozen=True)
class Told:
	"""A value as an entry told it last, with the sequence of that entry."""

	sequence: int
	value: Any


@dataclass
class Recorded:
	"""The record by its entries.

	`clearances` are by name and column; of those in `whole` every column was told, and one that is not named was
	blank. `rules` are by policy and part, `snapshots` the digests of texts by their content hash, `text` the hash
	of the whole text. Of what is not `complete` nothing follows from what its entries leave out.
	"""

	complete: bool = False
	clearances: dict[str, dict[str, Told]] = field(default_factory=dict)
	whole: set[str] = field(default_factory=set)
	route: dict[str, Told] = field(default_factory=dict)
	rules: dict[str, dict[str, Told]] = field(default_factory=dict)
	snapshots: dict[str, Told] = field(default_factory=dict)
	text: Told | None = None


def recorded(payloads: Iterable[Mapping[str, Any]]) -> Recorded:
	"""What the payloads of a chain tell, in their order. What in them is of another shape is left out."""
	told = Recorded()
	for position, payload in enumerate(payloads):
		if not is_full(payload):
			continue
		baseline = payload.get("event") == BASELINE
		told.complete = told.complete or position == 0 or baseline
		sequence = _sequence_of(payload, position)
		for name, columns in _members(payload, "clearances"):
			if not isinstance(columns, Mapping):
				continue
			known = told.clearances.setdefault(name, {})
			for column, value in columns.items():
				if not (baseline and column in known) and not isinstance(value, list | Mapping):
					known[column] = Told(sequence, value)
		told.whole |= {name for name in _listed(payload, "whole") if isinstance(name, str)}
		for column, value in _members(payload, "standing"):
			if not isinstance(value, list | Mapping):
				told.route[column] = Told(sequence, value)
		for part, value in _members(payload, "rules"):
			told.rules.setdefault(str(payload.get("policy")), {})[part] = Told(sequence, value)
		for digest, value in _members(payload, "snapshots"):
			told.snapshots.setdefault(digest, Told(sequence, value))
		text = payload.get("content_hash")
		if text and isinstance(text, str) and not payload.get("clearance"):
			told.text = Told(sequence, text)
	return told


def is_full(payload: Mapping[str, Any]) -> bool:
	"""Whether an entry tells of all that it changed, as entries do since format 2."""
	written = payload.get("format")
	return isinstance(written, int) and written >= FORMAT


def _sequence_of(payload: Mapping[str, Any], position: int) -> int:
	"""The number an entry gives itself; of one that gives none, its place. The chain reports both."""
	sequence = payload.get("sequence")
	return sequence if isinstance(sequence, int) else position + FIRST_SEQUENCE


def _members(payload: Mapping[str, Any], name: str) -> Iterable[tuple[str, Any]]:
	value = payload.get(name)
	return value.items() if isinstance(value, Mapping) else ()


def _listed(payload: Mapping[str, Any], name: str) -> Iterable[Any]:
	value = payload.get(name)
	return value if isinstance(value, list | tuple) else ()
