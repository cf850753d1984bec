"""What would be different if one route were taken instead of another.

Two routes of one document are compared seat by seat: who is asked in addition, who is no longer asked, whose
turn comes earlier or later, who else answers, and who gets more or less time. Routes come from
`routing.plan_route`, or are put together from what was in fact asked; either way they are seats here.

Seats are the same when people read them as the same: by the words and the department first, then by the
department, then by the rule's key, which a rule keeps through the versions of its policy.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..choices import StrEnum
from ..route.routing import Stage
from ..sentences import _


class Kind(StrEnum):
	"""What is different about a seat."""

	ADDED = "added"
	DROPPED = "dropped"
	MOVED = "moved"
	ASKED_OF_ANOTHER = "asked_of_another"
	SOONER = "sooner"
	LATER = "later"
	RENAMED = "renamed"


@dataclass(frozen=True)
class Seat:
	"""One seat of a route. `who` is a person, or the role when nobody in particular is asked; None is vacant.

	`working_days` is the time to answer, None when it is not known; `due` the day the answer is due, if the
	route was planned from a day. `alternates` are people whose being asked instead is no difference.
	"""

	seat: str
	stage: int
	state: str
	who: str | None
	is_role: bool = False
	department: str | None = None
	rule_key: str = ""
	working_days: int | None = None
	due: date | None = None
	alternates: frozenset[str | None] = frozenset()


@dataclass(frozen=True)
class Difference:
	"""One thing that is different: the seat as it was (None if added) and as it would be (None if dropped)."""

	kind: Kind
	before: Seat | None
	after: Seat | None

	@property
	def seat(self) -> str:
		"""The seat as the new route calls it, or the old one if it is dropped."""
		seat = self.after or self.before
		return seat.seat if seat else ""


@dataclass(frozen=True)
class Comparison:
	"""Two routes of one document: what differs, and the seats that are in both (as the new route has them)."""

	differences: tuple[Difference, ...]
	kept: tuple[Seat, ...]

	@property
	def kinds(self) -> dict[str, int]:
		"""How many differences there are of each kind that there is."""
		return dict(Counter(str(difference.kind) for difference in self.differences))


def seats_of(stages: Iterable[Stage]) -> tuple[Seat, ...]:
	"""The seats of a planned route, in the order they are asked."""
	return tuple(
		Seat(
			seat=question.seat,
			stage=stage.number,
			state=stage.state,
			who=question.holder or question.role,
			is_role=bool(not question.holder and question.role),
			department=question.department,
			rule_key=question.rule.key,
			working_days=question.rule.working_days,
			due=question.due,
		)
		for stage in stages
		for question in stage.questions
	)


def compare(before: Sequence[Seat], after: Sequence[Seat]) -> Comparison:
	"""What would be different if the seats of `after` were asked instead of those of `before`.

	Stages are compared by the order in which seats are asked, not by their numbers, so that a policy numbered
	10, 20, 30, or with a new first stage, moves nobody by that alone. Where the order changed, as few seats as
	possible are called moved. A seat that comes in another state than before is moved too.
	"""
	pairs, dropped, added = _paired(before, after)
	in_order = _order_kept([pair for pair in pairs if pair[0].state == pair[1].state])
	differences: list[Difference] = [Difference(Kind.DROPPED, seat, None) for seat in dropped]
	differences += [Difference(Kind.ADDED, None, seat) for seat in added]
	for old, new in pairs:
		kinds = _kinds(old, new)
		if old.state != new.state or (old.stage, new.stage) not in in_order:
			kinds.insert(0, Kind.MOVED)
		differences += [Difference(kind, old, new) for kind in kinds]
	return Comparison(tuple(differences), tuple(new for _old, new in pairs))


def _kinds(old: Seat, new: Seat) -> list[Kind]:
	kinds: list[Kind] = []
	if (old.who, old.is_role) != (new.who, new.is_role) and new.who not in old.alternates:
		kinds.append(Kind.ASKED_OF_ANOTHER)
	if old.due and new.due:
		earlier, later = new.due < old.due, new.due > old.due
	elif old.working_days is not None and new.working_days is not None:
		earlier, later = new.working_days < old.working_days, new.working_days > old.working_days
	else:
		earlier = later = False
	if earlier or later:
		kinds.append(Kind.SOONER if earlier else Kind.LATER)
	if _folded(old.seat) != _folded(new.seat):
		kinds.append(Kind.RENAMED)
	return kinds


def _folded(words: str) -> str:
	return words.strip().casefold()


# How two seats are recognised as one, the surest way first.
_IDENTITIES: tuple[Callable[[Seat], Any], ...] = (
	lambda seat: (_folded(seat.seat), seat.department, seat.state),
	lambda seat: (_folded(seat.seat), seat.department),
	lambda seat: _folded(seat.seat),
	lambda seat: seat.department,
	# One rule may ask many departments, which are told apart above.
	lambda seat: None if seat.department else seat.rule_key,
)


def _paired(
	before: Sequence[Seat], after: Sequence[Seat]
) -> tuple[list[tuple[Seat, Seat]], list[Seat], list[Seat]]:
	"""Seats that are the same in both routes, in the order of `after`; what is left of each."""
	partner: dict[int, int] = {}
	free_old, free_new = dict(enumerate(before)), dict(enumerate(after))
	for identity in _IDENTITIES:
		waiting: dict[Any, list[int]] = {}
		for position, seat in free_old.items():
			if key := identity(seat):
				waiting.setdefault(key, []).append(position)
		for position, seat in list(free_new.items()):
			found = waiting.get(identity(seat))
			if found:
				partner[position] = found.pop(0)
				del free_new[position], free_old[partner[position]]
	pairs = [(before[partner[position]], after[position]) for position in sorted(partner)]
	return pairs, list(free_old.values()), list(free_new.values())


def _order_kept(pairs: Sequence[tuple[Seat, Seat]]) -> set[tuple[int, int]]:
	"""The old and new stages of the largest set of seats that are asked in the same order in both routes.

	Seats asked together in both are one cell; cells keep their order if each comes later in both routes.
	"""
	cells = Counter((old.stage, new.stage) for old, new in pairs)
	best: dict[tuple[int, int], tuple[int, tuple[int, int] | None]] = {}
	for cell in sorted(cells):
		lead = max(
			((best[other][0], other) for other in best if other[0] < cell[0] and other[1] < cell[1]),
			default=(0, None),
		)
		best[cell] = (lead[0] + cells[cell], lead[1])
	kept: set[tuple[int, int]] = set()
	last = max(best, key=lambda cell: best[cell][0], default=None)
	while last is not None:
		kept.add(last)
		last = best[last][1]
	return kept


SENTENCES: Mapping[Kind, str] = {
	Kind.ADDED: _("{seat} would be asked as well: {new_who} ({new_state})."),
	Kind.DROPPED: _("{seat} would no longer be asked: {old_who} ({old_state})."),
	Kind.MOVED: _(
		"{seat} would be asked in another order: in {new_state} (stage {new_stage}) instead of {old_state} (stage {old_stage})."
	),
	Kind.ASKED_OF_ANOTHER: _("{seat} would be asked of {new_who} instead of {old_who}."),
	Kind.SOONER: _("{seat} would have to answer sooner: {new_time} instead of {old_time}."),
	Kind.LATER: _("{seat} would have more time: {new_time} instead of {old_time}."),
	Kind.RENAMED: _("{seat} is what {old_seat} would be called."),
}
NOBODY, DAYS, BY = _("nobody yet"), _("{0} working days"), _("by {0}")
"""The fixed words of `sentence`; together with SENTENCES, all it hands to `translate`."""


def sentence(
	difference: Difference,
	names: Mapping[str, str] | None = None,
	translate: Callable[[str], str] = str,
	day: Callable[[date], str] = str,
) -> str:
	"""A difference in a sentence. `names` are what people are called; `day` writes a date.

	`translate` is given each fixed phrase before anything is filled in, and the names of roles and states.
	"""
	parts = {"seat": difference.seat}
	for which, seat in (("old", difference.before), ("new", difference.after)):
		if seat:
			parts[f"{which}_seat"] = seat.seat
			parts[f"{which}_who"] = _called(seat, names or {}, translate)
			parts[f"{which}_state"] = translate(seat.state)
			parts[f"{which}_stage"] = str(seat.stage)
			parts[f"{which}_time"] = _time(seat, translate, day)
	return translate(SENTENCES[difference.kind]).format(**parts)


def _called(seat: Seat, names: Mapping[str, str], translate: Callable[[str], str]) -> str:
	if not seat.who:
		return translate(NOBODY)
	return translate(seat.who) if seat.is_role else names.get(seat.who, seat.who)


def _time(seat: Seat, translate: Callable[[str], str], day: Callable[[date], str]) -> str:
	if seat.due:
		return translate(BY).format(day(seat.due))
	return translate(DAYS).format(seat.working_days)
