"""The stages of a lead: what each asks for, how long a lead was there, when it counts as stale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .leads import OPEN


@dataclass(frozen=True)
class Stage:
	"""A row of the office's table of stages.

	Attributes:
		requires: fields a lead must have filled in to be here or beyond
		stale_after: days without a move after which a lead here is stale; 0 for what the settings say
	"""

	name: str
	direction: str
	position: int
	requires: tuple[str, ...] = ()
	stale_after: int = 0


def in_order(stages: Iterable[Stage], direction: str) -> list[Stage]:
	"""The stages of a direction from the first to the last."""
	return sorted(
		(stage for stage in stages if stage.direction == direction),
		key=lambda stage: (stage.position, stage.name),
	)


def required_by(stage: Stage, stages: Sequence[Stage]) -> list[str]:
	"""The fields a lead needs at a stage: its own and those of the stages before it, each once."""
	up_to = [one for one in in_order(stages, stage.direction) if one.position <= stage.position]
	return list(dict.fromkeys(field for one in up_to for field in one.requires))


def is_counted(status: str, has_opportunity: bool) -> bool:
	"""Whether days in a stage go on: not once a lead has ended or an Opportunity says how it stands."""
	return status in OPEN and not has_opportunity


def stale_from(moved_on: date | None, stale_after: int, otherwise: int) -> date | None:
	"""The day from which a lead that has not moved since counts as stale; None where none does."""
	days = stale_after or otherwise
	return moved_on + timedelta(days=days) if moved_on and days else None
