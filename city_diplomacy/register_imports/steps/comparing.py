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
# Bits by which it is noted that a key was met; a few of a file's keys may fall together, which costs a comparison.
PLACES = 1 << 24


def compare(import_name: str, among: AmongLines) -> None:
	"""Let the lines that may mean the record of a line above come to be likely doubles of it."""
	shared = _shared_keys(import_name)
	if not shared:
		return
	asking = _asking(import_name, shared, among.most_compared)
	wanted = {one for above in asking.values() for one in above} | asking.keys()
	kept = {line: found for line, found in _as_found(import_name) if line in wanted}
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


def _shared_keys(import_name: str) -> set[int]:
	"""The keys that more than one line has or asks for; very few others may be among them."""
	met, again = bytearray(PLACES // 8), bytearray(PLACES // 8)
	keys = array("Q")
	for _line, found in _as_found(import_name):
		for key in (*found["keys"], *found["stored"], *found["asked"]):
			number = int(key, 16)
			place, bit = (number % PLACES) >> 3, 1 << (number & 7)
			again[place] |= met[place] & bit
			met[place] |= bit
			keys.append(number)
	return {number for number in keys if again[(number % PLACES) >> 3] & (1 << (number & 7))}


def _asking(import_name: str, shared: set[int], most: int) -> dict[int, list[int]]:
	"""By line those above it that have most of the keys it asks for."""
	holders: dict[int, list[int]] = defaultdict(list)
	asking = {}
	for line, found in _as_found(import_name):
		both = [number for key in found["keys"] if (number := int(key, 16)) in shared]
		asked = [number for key in found["asked"] if (number := int(key, 16)) in shared]
		counted = Counter(one for number in (*both, *asked) for one in holders.get(number, ()))
		if counted:
			asking[line] = [one for one, _count in counted.most_common(most)]
		for number in (*both, *(int(key, 16) for key in found["stored"])):
			if number in shared:
				holders[number].append(line)
	return asking


def _mark(import_name: str, alike: Mapping[int, list[int]]) -> None:
	numbers = sorted(alike)
	for start in range(0, len(numbers), BATCH):
		batch = lines.read(import_name, numbers=numbers[start : start + BATCH])
		for one in batch:
			one.may_be([*one.candidates, *alike[one.line]])
		lines.write(import_name, batch)
