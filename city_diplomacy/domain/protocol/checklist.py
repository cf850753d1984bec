"""The checklist of a visit: which of the office's steps it has, and on which day each is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Step:
	"""A row of the office's table of steps.

	Attributes:
		name: what is to be done
		days: from the day of arrival; before it below zero
		kind, direction: of which visits; empty for all
	"""

	name: str
	days: int
	kind: str = ""
	direction: str = ""


def steps_of(kind: str, direction: str, steps: Iterable[Step]) -> list[Step]:
	"""The steps of a visit of a kind and direction, in the order in which they are due."""
	found = [step for step in steps if step.kind in ("", kind) and step.direction in ("", direction)]
	return sorted(found, key=lambda step: (step.days, step.name))


def due_on(arrives: date, days: int, today: date) -> date:
	"""The day a step is due; of a visit that was accepted late, not before today."""
	return max(arrives + timedelta(days=days), today)
