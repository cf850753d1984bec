"""Lines of one file that may mean one record: all of them compared at the end of the look, whatever their number.

Of a line only its keys are held, as numbers, until two lines have one in common; so it is a few bytes for a line.
"""

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from city_diplomacy.domain.imports.states import LineOutcome
from city_diplomacy.register_imports import lines
from city_diplomacy.registers.importing import AmongLines

COMPARED = (LineOutcome.ADD, LineOutcome.LIKELY)
BATCH = 1_000
# The keys a line has and asks for, only asks for, and only has.
KEYS = ("keys", "asked", "stored")
# Places in which it is noted that a key was met; a few of a file's keys may fall together, which costs a comparison.
PLACES = 1 << 23


class _Keys:
	"""The keys of the lines of a file, as numbers, in the order of the file."""

	def __init__(self, import_name: str):
		self.lines, self.keys = array("L"), array("Q")
		# Where the keys of each line end, kind by kind.
		self.ends = array("L")
		for line, found in _as_found(import_name):
			self.lines.append(line)
			for kind in KEYS:
				self.keys.extend([int(key, 16) for key in found[kind]])
				self.ends.append(len(self.keys))

	def shared(self) -> set[int]:
		"""Those that more than one line has or asks for; very few others may be among them."""
		met, again = bytearray(PLACES), bytearray(PLACES)
		for key in self.keys:
			place = key % PLACES
			again[place] = met[place]
			met[place] = 1
		return {key for key in self.keys if again[key % PLACES]}

	def asking(self, most: int) -> dict[int, list[int]]:
		"""By line those above it that have most of the keys it asks for."""
		shared = self.shared()
		holders: dict[int, list[int]] = defaultdict(list)
		asking, begin = {}, 0
		for place, line in enumerate(self.lines):
			both, asked, end = self.ends[3 * place : 3 * place + 3]
			counted = Counter(
				one for key in self.keys[begin:asked] if key in shared for one in holders.get(key, ())
			)
			if counted:
				asking[line] = [one for one, _count in counted.most_common(most)]
			for key in (*self.keys[begin:both], *self.keys[asked:end]):
				if key in shared:
					holders[key].append(line)
			begin = end
		return asking


def compare(import_name: str, among: AmongLines) -> None:
	"""Let the lines that may mean the record of a line above come to be likely doubles of it."""
	asking = _Keys(import_name).asking(among.most_compared)
	if not asking:
		return
	wanted = {one for above in asking.values() for one in above} | asking.keys()
	kept = {line: _without_keys(found) for line, found in _as_found(import_name) if line in wanted}
	alike = {
		line: among.alike(kept[line], {one: kept[one] for one in above}) for line, above in asking.items()
	}
	_mark(import_name, {line: above for line, above in alike.items() if above})


def _as_found(import_name: str) -> Iterator[tuple[int, dict[str, Any]]]:
	"""The lines that are compared, from the top of the file, with what is kept of each."""
	above = 0
	while batch := lines.as_found(import_name, COMPARED, above, BATCH):
		for above, found in batch:
			yield above, json.loads(found)


def _without_keys(found: dict[str, Any]) -> dict[str, Any]:
	return {what: value for what, value in found.items() if what not in KEYS}


def _mark(import_name: str, alike: Mapping[int, list[int]]) -> None:
	numbers = sorted(alike)
	for start in range(0, len(numbers), BATCH):
		batch = lines.read(import_name, numbers=numbers[start : start + BATCH])
		for one in batch:
			one.may_be([*one.candidates, *alike[one.line]])
		lines.write(import_name, batch)
