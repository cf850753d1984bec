"""Well-known other names of places and of bodies cities deal with, read from `data/known_names.csv`.

No rule of spelling leads from Bombay to Mumbai, so a table does. It is a start for matching, not a gazetteer: what
an office learns goes into the alternate names of its own records. A body that took over another's agreements has the
earlier names among its own. The first name of a row is the usual one today and claims nothing about sovereignty.
"""

from collections.abc import Mapping
from functools import lru_cache

from .folding import fold, sound_of
from .tables import KNOWN_NAMES, rows_of

Table = Mapping[str, tuple[str, ...]]
SHORTEST_SOUND = 4


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Table]:
	"""The rows of the file by kind ("place", "organisation"): each usual name with its others."""
	found: dict[str, dict[str, tuple[str, ...]]] = {}
	for row in rows_of(KNOWN_NAMES):
		others = tuple(name for name in row["others"].split("|") if name)
		found.setdefault(row["kind"], {})[row["usual"]] = others
	return found


def known_names(name: str) -> tuple[str, ...]:
	"""Other well-known names of a place or body, the usual one first; empty when none."""
	usual = _usual_by_name().get(fold(name))
	for table in tables().values():
		if usual is not None and usual in table:
			return tuple(other for other in (usual, *table[usual]) if fold(other) != fold(name))
	return ()


def usual_name(folded: str) -> str | None:
	"""The usual name of what a folded name stands for, also by its sound (Muenchen is München); None when unknown."""
	return _usual_by_name().get(folded) or _usual_by_sound().get(sound_of(folded))


def usual_place(word: str) -> str | None:
	"""The folded usual name of a place whose whole name is one folded word, such as "beijing" for "peking"."""
	if place := _places_of_one_word().get(word):
		return place
	usual = _usual_by_sound().get(sound_of(word))
	return fold(usual) if usual is not None and usual in _places() else None


@lru_cache(maxsize=1)
def _usual_by_name() -> dict[str, str]:
	return {
		fold(name): usual
		for table in tables().values()
		for usual, others in table.items()
		for name in (usual, *others)
	}


@lru_cache(maxsize=1)
def _usual_by_sound() -> dict[str, str]:
	"""Each known name by its sound, where the sound belongs to one entry only."""
	owners: dict[str, set[str]] = {}
	for folded, usual in _usual_by_name().items():
		owners.setdefault(sound_of(folded), set()).add(usual)
	return {
		sound: usual
		for sound, (usual, *others) in owners.items()
		if len(sound) >= SHORTEST_SOUND and not others
	}


def _places() -> Table:
	return tables()["place"]


@lru_cache(maxsize=1)
def _places_of_one_word() -> dict[str, str]:
	return {
		folded: fold(usual)
		for usual, others in _places().items()
		for name in (usual, *others)
		if " " not in (folded := fold(name)) and len(folded) >= SHORTEST_SOUND
	}
