"""What a register says of itself for imports: which new records are doubles, and how many are written at once.

A register without a row of this kind is imported all the same: its doubles are those that say the same in every
required field, and its records are inserted one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

Documents = Sequence[Any]
"""Documents that are new and filled in, and not stored."""


class NotAloneError(Exception):
	"""A rule cannot be judged before the documents prepared so far are stored; nothing is wrong with this one."""


def nothing_ahead(documents: Documents) -> AbstractContextManager[None]:
	return nullcontext()


def nothing_after(doctype: str, documents: Documents) -> None:
	return None


def none_above(documents: Documents) -> list[list[int]]:
	return [[] for _document in documents]


@dataclass(frozen=True)
class AmongLines:
	"""How lines of one file that may mean one record are found, from what is kept of each.

	Attributes:
		kept: what is kept of a document, fit for JSON; the keys a line is found by are its "keys" and "stored", those it
			asks for its "keys" and "asked", as hexadecimal numbers
		alike: from what is kept of a line and, by their numbers, of lines above it that have a key it asks for: the
			numbers of those that may be the same, the likeliest first
		most_compared: with how many lines, of those that have most of its keys, a line is compared
	"""

	kept: Callable[[Any], dict[str, Any]]
	alike: Callable[[dict[str, Any], Mapping[int, dict[str, Any]]], list[int]]
	most_compared: int = 25


@dataclass(frozen=True)
class Importing:
	"""How new records of a register are imported.

	Attributes:
		key: what two lines of a file that mean one record have in common
		same: for each document the name of the stored record it repeats, empty where there is none
		alike: for each document the names of stored records that may be the same, the likeliest first
		alike_above: for each document the places of those above it in the list that may be the same, where `key` is
			not all they can have in common
		among_lines: the same for all lines of a file, of which only little is kept
		answered: the controller's own hooks and the dotted paths of document events that `after` stands for, or that
			do nothing for a new record; with any other hook the records are inserted one by one
		ahead: a block in which what the rules ask of the database is known for all the documents; a rule that cannot
			be judged in it raises NotAloneError
		prepared: called in the block for each document that passed its rules
		after: what the hooks after an insert do, for all the documents that were written
		many_at_once: whether its rules hold where many are prepared before the first is stored; one that looks for
			other records in the database says in `ahead` what it finds there
		grounds: the DocTypes whose records its rules read, beside those its fields link to and the settings of the app
			and of Frappe; while these are as they were, a record that passed the rules once passes them again, but for
			what `same` says. None where the rules read more than that.
		named: sets in the values of a record that gets its name later what follows from the name
	"""

	key: Callable[[Any], str]
	same: Callable[[Documents], list[str]]
	alike: Callable[[Documents], list[list[str]]]
	alike_above: Callable[[Documents], list[list[int]]] = none_above
	among_lines: AmongLines | None = None
	answered: frozenset[str] = frozenset()
	ahead: Callable[[Documents], AbstractContextManager[None]] = nothing_ahead
	prepared: Callable[[Any], None] = lambda document: None
	after: Callable[[str, Documents], None] = nothing_after
	many_at_once: bool = False
	grounds: tuple[str, ...] | None = None
	named: Callable[[dict[str, Any]], None] = lambda values: None
