"""What happens when an answer does not come: reminders, telling others, handing the question on.

A ladder is a list of steps counted in working days from the due date. Each step is taken once, however often
and however late somebody looks; silence never approves, so no step decides anything.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..calendar.deadlines import add_working_days, subtract_working_days
from ..choices import StrEnum


class Action(StrEnum):
	"""What a step does."""

	REMIND = "Remind"
	TELL = "Tell"
	HAND_OVER = "Hand Over"


class To(StrEnum):
	"""Who a step reaches."""

	WHOEVER_IS_ASKED = "Whoever Is Asked"
	ACTING_HEAD = "Acting Head"
	DEPARTMENT_LIAISON = "Department Liaison"
	ESCALATION_CONTACT = "Escalation Contact"
	REQUESTER = "Requester"
	OFFICE_MANAGERS = "Office Managers"


@dataclass(frozen=True)
class Step:
	"""`days` are working days after the due date, negative before it. ValueError for an unknown word."""

	days: int
	action: Action
	to: To

	def __post_init__(self) -> None:
		object.__setattr__(self, "action", Action(self.action))
		object.__setattr__(self, "to", To(self.to))

	def falls_on(self, due: date, holidays: Collection[date]) -> date:
		"""The working day on which this step is taken."""
		if self.days < 0:
			return subtract_working_days(due, -self.days, holidays)
		return add_working_days(due, self.days, holidays)


DEFAULT_LADDER = (
	Step(-1, Action.REMIND, To.WHOEVER_IS_ASKED),
	Step(1, Action.REMIND, To.WHOEVER_IS_ASKED),
	Step(1, Action.TELL, To.DEPARTMENT_LIAISON),
	Step(3, Action.TELL, To.REQUESTER),
	Step(5, Action.HAND_OVER, To.ESCALATION_CONTACT),
	Step(10, Action.TELL, To.OFFICE_MANAGERS),
)
"""For policies that declare no ladder of their own."""


def ladder(steps: Iterable[Step]) -> tuple[Step, ...]:
	"""The steps in the order in which they are taken; the default ladder when there are none."""
	return tuple(sorted(steps, key=lambda step: step.days)) or DEFAULT_LADDER


def due_steps(
	steps: Sequence[Step], level: int, due: date, today: date, holidays: Collection[date]
) -> tuple[Step, ...]:
	"""The steps whose day has come and that were not taken yet; `level` counts those that were."""
	taken = []
	for step in steps[level:]:
		if step.falls_on(due, holidays) > today:
			break
		taken.append(step)
	return tuple(taken)


def next_day(steps: Sequence[Step], level: int, due: date, holidays: Collection[date]) -> date | None:
	"""The day of the next step that was not taken yet; None at the end of the ladder."""
	return steps[level].falls_on(due, holidays) if level < len(steps) else None


def level_on(steps: Sequence[Step], due: date, today: date, holidays: Collection[date]) -> int:
	"""How many steps lie before `today` for a question put only now: their days have passed unseen."""
	return sum(1 for step in steps if step.falls_on(due, holidays) < today)
