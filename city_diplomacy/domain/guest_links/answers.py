"""What a form asks of somebody outside, and whether what they sent answers it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from city_diplomacy.domain.choices import StrEnum
from city_diplomacy.domain.words import neutral

LONGEST_LINE = 140
LONGEST_TEXT = 2000
# No database stores these.
_NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")


class Kind(StrEnum):
	LINE = "line"
	TEXT = "text"
	CHOICE = "choice"
	OPTIONS = "options"
	CHECK = "check"


class AnswerState(StrEnum):
	NOTED = "Noted"
	PROPOSED = "Proposed"
	ACCEPTED = "Accepted"
	LEFT = "Left"


class Fault(StrEnum):
	"""What is wrong with one answer."""

	MISSING = "missing"
	TOO_LONG = "too long"
	NO_CHOICE = "no choice"
	NO_TEXT = "no text"


@dataclass(frozen=True)
class Field:
	"""One question of a form.

	Attributes:
		name: told apart by it within the form
		label: what people read, translated
		kind: a line, a text, a choice from a list, options all of which are shown, or a box to tick
		held: what the record says now, and what the field begins with
		choices: (value, translated label) of CHOICE and OPTIONS
		input: the type of a line's input, so that a phone offers the right keys: text, email, tel, url, number
	"""

	name: str
	label: str
	kind: Kind = Kind.LINE
	held: str = ""
	choices: tuple[tuple[str, str], ...] = ()
	required: bool = False
	help: str = ""
	input: str = "text"

	@property
	def longest(self) -> int:
		return LONGEST_TEXT if self.kind is Kind.TEXT else LONGEST_LINE


def read(
	fields: Iterable[Field], sent: Mapping[str, Any]
) -> tuple[dict[str, str], list[tuple[Field, Fault]]]:
	"""The answers by name, and what is wrong with which. What the form does not ask is left out.

	Of a CHECK the answer is "1" or "". Line ends are those of Unix.
	"""
	answers: dict[str, str] = {}
	faults: list[tuple[Field, Fault]] = []
	for field in fields:
		value = sent.get(field.name)
		fault = _fault_of(field, value)
		if fault:
			faults.append((field, fault))
		text = value if isinstance(value, str) else ""
		if field.kind is Kind.CHECK:
			answers[field.name] = "1" if text else ""
		else:
			answers[field.name] = neutral(text).replace("\r\n", "\n").strip()
	return answers, faults


def is_unstorable(text: str) -> bool:
	"""Whether a text holds what no database stores."""
	return bool(_NOT_STORABLE.search(text))


def _fault_of(field: Field, value: Any) -> Fault | None:
	if value is not None and (not isinstance(value, str) or is_unstorable(value)):
		return Fault.NO_TEXT
	text = (value or "").replace("\r\n", "\n").strip()
	if field.required and not text:
		return Fault.MISSING
	if len(text) > field.longest:
		return Fault.TOO_LONG
	if field.choices and text and text not in dict(field.choices):
		return Fault.NO_CHOICE
	return None


def changed(fields: Iterable[Field], answers: Mapping[str, str]) -> list[Field]:
	"""The fields whose answer differs from what the record holds; spaces and line ends do not count."""
	return [
		field
		for field in fields
		if field.kind is not Kind.CHECK
		and " ".join(answers[field.name].split()) != " ".join(field.held.split())
	]
