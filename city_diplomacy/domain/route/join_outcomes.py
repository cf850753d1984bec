"""Every way a join can end, found by playing its answers as a game of tokens.

Seats that count alike are counted, never told apart, and answers are played in one order (recusals, then
objections, then clearances): `joins.outcome_of` asks only who has said what, so no other order leads elsewhere.
A hundred seats then cost some hundred positions instead of 5^100. An independent enumeration of every order
holds this in the tests.
"""

from dataclasses import dataclass

from .joins import JoinRule, Outcome


@dataclass(frozen=True)
class Seats:
	"""The seats of one join group, counted by how their answers weigh.

	Each kind may hold seats that can be `lost`: their only holder stands aside, nobody follows and no
	decision can be recorded for them. The other seats are refilled after a recusal, so that it changes nothing.
	"""

	mandatory: int = 0
	mandatory_lost: int = 0
	others: int = 0
	others_lost: int = 0

	@property
	def all(self) -> int:
		return self.mandatory + self.others


@dataclass(frozen=True)
class Ends:
	"""How a group can end: the outcomes, the fewest recusals that leave it stuck (None when it cannot be) with
	whether a mandatory seat's is the one, and how many positions were looked at.
	"""

	outcomes: frozenset[Outcome]
	recusals_until_stuck: int | None
	by_mandatory: bool
	explored: int


def ends_of(rule: JoinRule, seats: Seats) -> Ends:
	"""Play out a group of seats under its join rule.

	A group without seats asked nobody: it is stuck, and nothing else can become of it.
	"""
	if not seats.all:
		return Ends(frozenset({Outcome.STUCK}), 0, False, 1)
	explored = 0
	# One Return ends the round from anywhere, and no rule passes a group in which everybody objects.
	outcomes = {Outcome.RETURNED, Outcome.REFUSED}
	stuck: int | None = None
	for recused in range(seats.others_lost + 1):
		explored += 1
		left = seats.all - recused
		if rule.is_enough(left, left):
			outcomes.add(Outcome.PASSED)
		else:
			outcomes.add(Outcome.STUCK)
			stuck = recused if stuck is None else stuck
	by_mandatory = seats.mandatory_lost > 0 and (stuck is None or stuck > 1)
	if seats.mandatory_lost:
		explored += 1
		outcomes.add(Outcome.STUCK)
		stuck = 1 if by_mandatory else stuck
	return Ends(frozenset(outcomes), stuck, by_mandatory, explored)
