"""When the answers of several seats, asked at the same time, settle a stage.

The rule is a pure function of who has said what so far, so the order in which people answer cannot
matter. Once a group is settled (passed, returned or refused) no later answer makes it open or stuck again,
so a join fires once. Silence never approves: a join without seats does not pass.

Vocabulary after BPMN's parallel gateway; k of n and percent after the approval groups of Jira and
Camunda's multi-instance completion condition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..choices import StrEnum


class JoinError(ValueError):
	"""A join or a vote that makes no sense; the message is a sentence."""


class Decision(StrEnum):
	"""What the holder of a seat may answer."""

	CLEAR = "Clear"
	CLEAR_WITH_CONDITIONS = "Clear with Conditions"
	RETURN = "Return"
	OBJECT = "Object"
	RECUSE = "Recuse"

	@property
	def is_favourable(self) -> bool:
		"""Whether the answer counts towards passing; conditions are checked again at signing."""
		return self in (Decision.CLEAR, Decision.CLEAR_WITH_CONDITIONS)


FAVOURABLE = tuple(decision for decision in Decision if decision.is_favourable)

NEEDS_WORDS: frozenset[Decision] = frozenset(Decision) - {Decision.CLEAR}
"""Decisions that are refused without a written reason."""


class JoinKind(StrEnum):
	"""How many seats of a group must answer favourably."""

	ALL = "All"
	ANY = "Any"
	K_OF_N = "K of N"
	PERCENT = "Percent"


class Outcome(StrEnum):
	"""Where a group or a stage stands."""

	OPEN = "Open"
	PASSED = "Passed"
	RETURNED = "Returned"
	REFUSED = "Refused"
	STUCK = "Stuck"

	@property
	def is_final(self) -> bool:
		"""Whether the round moves on; a stuck group waits for a seat to be given to somebody else."""
		return self in (Outcome.PASSED, Outcome.RETURNED, Outcome.REFUSED)


@dataclass(frozen=True)
class JoinRule:
	"""How a group joins: `k` counts seats (K of N only), `percent` is above 0 and at most 100 (Percent only).

	Raises JoinError for an unknown kind, a k below 1 or a percent out of range.
	"""

	kind: JoinKind | str = JoinKind.ALL
	k: int = 0
	percent: float = 0

	def __post_init__(self) -> None:
		try:
			object.__setattr__(self, "kind", JoinKind(self.kind))
		except ValueError as error:
			raise JoinError(
				f'"{self.kind}" is not a way to join; choose All, Any, K of N or Percent.'
			) from error
		if self.kind is JoinKind.K_OF_N and self.k < 1:
			raise JoinError(f"A join of K of N needs at least one favourable seat; it asks for {self.k}.")
		if self.kind is JoinKind.PERCENT and not 0 < self.percent <= 100:
			raise JoinError(
				f"A join by percent needs a share above 0 and up to 100; it asks for {self.percent}."
			)

	def is_enough(self, favourable: int, seats: int) -> bool:
		"""Whether that many favourable answers suffice when that many seats count (recused ones do not).

		A percentage is taken as the decimal number the person typed, in exact arithmetic: two of three is
		not 66.67 percent.
		"""
		if seats < 1:
			return False
		if self.kind is JoinKind.ALL:
			return favourable >= seats
		if self.kind is JoinKind.ANY:
			return favourable >= 1
		if self.kind is JoinKind.K_OF_N:
			return favourable >= self.k
		return favourable * 100 >= Fraction(str(self.percent)) * seats


@dataclass(frozen=True)
class Vote:
	"""One seat's answer; a decision of None (or "") is still pending. Raises JoinError for an unknown word."""

	seat: str
	decision: Decision | str | None
	mandatory: bool = False
	veto: bool = False

	def __post_init__(self) -> None:
		try:
			decision = Decision(self.decision) if self.decision else None
		except ValueError as error:
			raise JoinError(f'"{self.decision}" by {self.seat} is not a decision.') from error
		object.__setattr__(self, "decision", decision)


def outcome_of(rule: JoinRule, votes: Sequence[Vote]) -> Outcome:
	"""Where a group stands, given every seat's answer or silence.

	A Return ends the round at once. An Object by a seat with a veto or a mandatory seat refuses at once.
	Recused seats no longer count. The group passes when enough of the rest are favourable and every
	mandatory seat is. Once enough can no longer be reached, the group is refused if anybody objected, and
	stuck if only recusals (or a count larger than the group) stand in the way; a recused mandatory seat
	leaves it stuck until somebody else is given the seat. A veto seat that is silent does not hold up a
	join that is otherwise complete; make it mandatory as well if it should.
	"""
	decisions = [vote.decision for vote in votes]
	if Decision.RETURN in decisions:
		return Outcome.RETURNED
	if any(vote.decision is Decision.OBJECT and (vote.mandatory or vote.veto) for vote in votes):
		return Outcome.REFUSED
	favourable = sum(1 for decision in decisions if decision in FAVOURABLE)
	objections = decisions.count(Decision.OBJECT)
	pending = decisions.count(None)
	seats = favourable + objections + pending

	if not rule.is_enough(favourable + pending, seats):
		return Outcome.REFUSED if objections else Outcome.STUCK
	mandatory = [vote.decision for vote in votes if vote.mandatory]
	if Decision.RECUSE in mandatory:
		return Outcome.STUCK
	if rule.is_enough(favourable, seats) and None not in mandatory:
		return Outcome.PASSED
	return Outcome.OPEN


_PRECEDENCE = (Outcome.RETURNED, Outcome.REFUSED, Outcome.STUCK, Outcome.OPEN)


def outcome_of_stage(groups: Mapping[str, tuple[JoinRule, Sequence[Vote]]]) -> Outcome:
	"""Where a stage stands: every one of its groups must pass.

	The gravest outcome speaks for the stage: returned, then refused, stuck, open, passed. A stage without
	groups asked nobody and is stuck.
	"""
	outcomes = {outcome_of(rule, votes) for rule, votes in groups.values()}
	for outcome in _PRECEDENCE:
		if outcome in outcomes:
			return outcome
	return Outcome.PASSED if outcomes else Outcome.STUCK
