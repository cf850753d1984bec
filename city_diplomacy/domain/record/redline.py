"""What changed between two versions of a document, in words a reader can follow.

Text is compared word by word, tables row by row; unchanged stretches are shortened so that the change is
what one sees.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..choices import StrEnum
from .content import changed_fields

CONTEXT_WORDS = 12
LARGEST_COMPARISON = 4_000_000
"""Pairs of words compared at most; beyond it, texts are compared line by line."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)


class Kind(StrEnum):
	"""Whether a stretch of text stayed, went or came; SKIPPED stands for unchanged words left out."""

	KEPT = "kept"
	REMOVED = "removed"
	ADDED = "added"
	SKIPPED = "skipped"


@dataclass(frozen=True)
class Stretch:
	kind: Kind
	text: str


@dataclass(frozen=True)
class FieldChange:
	"""A field that differs; `stretches` read as the old text and the new one laid over each other."""

	fieldname: str
	stretches: tuple[Stretch, ...]


def redline(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
	"""Every field whose content differs by the rules of `domain.record.content`, in the order of `after`."""
	changed = set(changed_fields(before, after))
	order = [name for name in after if name in changed]
	order += [name for name in before if name in changed and name not in after]
	return tuple(FieldChange(name, _compare(before.get(name), after.get(name))) for name in order)


def compare_texts(before: str, after: str) -> tuple[Stretch, ...]:
	"""The stretches that lead from one text to the other, words kept whole."""
	old, new = _WORDS.findall(before), _WORDS.findall(after)
	if len(old) * len(new) > LARGEST_COMPARISON:
		old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
	stretches: list[Stretch] = []
	matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
	for tag, i1, i2, j1, j2 in matcher.get_opcodes():
		if tag == "equal":
			stretches += _shortened(old[i1:i2], first=not stretches, last=i2 == len(old) and j2 == len(new))
			continue
		if i2 > i1:
			stretches.append(Stretch(Kind.REMOVED, "".join(old[i1:i2])))
		if j2 > j1:
			stretches.append(Stretch(Kind.ADDED, "".join(new[j1:j2])))
	return tuple(stretches)


def _compare(before: Any, after: Any) -> tuple[Stretch, ...]:
	if _is_table(before) or _is_table(after):
		return _compare_rows(before or (), after or ())
	return compare_texts(_written(before), _written(after))


def _compare_rows(before: Sequence[Any], after: Sequence[Any]) -> tuple[Stretch, ...]:
	old, new = [_row(row) for row in before], [_row(row) for row in after]
	stretches: list[Stretch] = []
	for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
		if tag == "equal":
			stretches.append(Stretch(Kind.SKIPPED, ""))
			continue
		stretches += [Stretch(Kind.REMOVED, line) for line in old[i1:i2]]
		stretches += [Stretch(Kind.ADDED, line) for line in new[j1:j2]]
	return tuple(stretches)


def _row(row: Any) -> str:
	if isinstance(row, Mapping):
		return " · ".join(_written(value) for value in row.values() if _written(value))
	return _written(row)


def _shortened(words: list[str], *, first: bool, last: bool) -> list[Stretch]:
	"""A long unchanged stretch keeps what stands next to a change and leaves out the rest."""
	head = 0 if first else CONTEXT_WORDS
	tail = 0 if last else CONTEXT_WORDS
	if len(words) <= head + tail + CONTEXT_WORDS:
		return [Stretch(Kind.KEPT, "".join(words))]
	parts = [Stretch(Kind.KEPT, "".join(words[:head]))] if head else []
	parts.append(Stretch(Kind.SKIPPED, ""))
	return [*parts, Stretch(Kind.KEPT, "".join(words[-tail:]))] if tail else parts


def _is_table(value: Any) -> bool:
	return isinstance(value, list | tuple)


def _written(value: Any) -> str:
	return "" if value is None else str(value)
