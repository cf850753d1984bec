"""Who may read the words of a ledger entry, and whether they are still there, by what the entries say.

That somebody decided, what, and when are public facts. The words beside it may be deliberative, privileged or
exempt, and may be redacted or disposed of; each such act is an entry of its own. So what became of any words
follows from the chain alone, with or without a database.

The marks are those public-records officers sort by: the deliberative process, privilege (attorney and client,
attorney work product), and exemption by a statute, which is cited when the record is released without them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..choices import StrEnum


class Disclosure(StrEnum):
	"""Whether words may be released to the public."""

	PUBLIC = "Public"
	DELIBERATIVE = "Deliberative"
	PRIVILEGED = "Privileged"
	EXEMPT = "Exempt"


class Removal(StrEnum):
	"""Why words are no longer there."""

	REDACTED = "Redacted"
	DISPOSED = "Disposed"


NEEDS_EXEMPTION: frozenset[str] = frozenset({Disclosure.PRIVILEGED, Disclosure.EXEMPT})
"""Marks that withhold words by a law, which has to be cited."""

DEFAULT = Disclosure.DELIBERATIVE
"""The mark of words written before anybody marked them."""

MARKED = "Remark Marked"
REDACTED = "Remark Redacted"
DISPOSED = "Remark Disposed"
REMOVED = {REDACTED: Removal.REDACTED, DISPOSED: Removal.DISPOSED}

HOLD_PLACED = "Legal Hold Placed"
HOLD_LIFTED = "Legal Hold Lifted"


@dataclass(frozen=True)
class Words:
	"""How the words of one entry stand. `removed` is "", "Redacted" or "Disposed", `removed_by` the sequence
	of the entry that says so, `authority` the exemption or the records schedule it names."""

	disclosure: str
	exemption: str = ""
	removed: str = ""
	removed_by: int = 0
	authority: str = ""

	@property
	def released(self) -> bool:
		"""Whether the words are there and public."""
		return self.disclosure == Disclosure.PUBLIC and not self.removed

	@property
	def notice(self) -> str:
		"""What stands in the place of words that are not shown, in plain English; "" for released words."""
		if self.removed:
			return f"{self.removed.lower()} (entry {self.removed_by}{_in_brackets(self.authority, ': ')})"
		if self.released:
			return ""
		return f"withheld: {self.disclosure}{_in_brackets(self.exemption)}"


def words_by_entry(payloads: Iterable[Mapping[str, Any]]) -> dict[int, Words]:
	"""By sequence, how the words of every entry that has any stand after all `payloads`, in their order.

	Payloads are what entries say, in the order of the chain; unreadable ones are left out. An act about an
	entry that stands after it or has no words changes nothing.
	"""
	found: dict[int, Words] = {}
	for payload in payloads:
		sequence, event = payload.get("sequence"), _text(payload, "event")
		if not isinstance(sequence, int):
			# The chain reports it; nothing can be said about its words.
			continue
		for other in about(payload):
			if other not in found:
				continue
			if event == MARKED:
				found[other] = replace(
					found[other],
					disclosure=_text(payload, "marked_as"),
					exemption=_text(payload, "authority"),
				)
			elif event in REMOVED and not found[other].removed:
				found[other] = replace(
					found[other],
					removed=REMOVED[event],
					removed_by=sequence,
					authority=_text(payload, "authority"),
				)
		if payload.get("remark_digest"):
			found[sequence] = Words(_text(payload, "disclosure") or str(DEFAULT))
	return found


def about(payload: Mapping[str, Any]) -> list[int]:
	"""The sequences of the entries this one marks, redacts or disposes of."""
	parts = _text(payload, "about").split(",")
	return [int(part) for part in parts if part.strip().isdecimal()]


def written(sequences: Iterable[int]) -> str:
	"""Sequences as an entry names them, such as "3,5"."""
	return ",".join(str(sequence) for sequence in sorted(sequences))


def _text(payload: Mapping[str, Any], name: str) -> str:
	value = payload.get(name)
	return value if isinstance(value, str) else ""


def _in_brackets(text: str, before: str = "") -> str:
	if not text:
		return ""
	return f"{before}{text}" if before else f" ({text})"
