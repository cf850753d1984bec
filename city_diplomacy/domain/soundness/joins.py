"""What can be wrong with how the answers of a stage are counted together."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..policy.conditions import ConditionError, compile_condition
from ..route.join_outcomes import Seats, ends_of
from ..route.joins import Outcome
from ..route.routing import AskedOf, Rule
from .model import Finding, Proposal, at, error, wants_all, warning
from .samples import documents_for, spoken
from .seats import shared_seats


def join_findings(proposal: Proposal) -> Iterator[Finding]:
	"""Joins whose rules disagree, that cannot complete, or that a recusal leaves stuck."""
	for number, rules in proposal.by_stage().items():
		groups = _groups(proposal, rules)
		for name, members in groups.items():
			if len({rule.join for rule in members.values()}) > 1:
				yield _disagreement(number, name, members)
				continue
			yield from _group(proposal, members)
			yield from _may_be_absent(proposal, name, members, alone=len(groups) == 1)
		for row, rule in rules.items():
			if rule.veto and not rule.mandatory and not wants_all(rule):
				yield _silent_veto(row, rule)


def positions_explored(proposal: Proposal) -> int:
	"""How many positions the joins of a policy take to play out; the measure of the checker's work."""
	explored = 0
	for rules in proposal.by_stage().values():
		for members in _groups(proposal, rules).values():
			join = next(iter(members.values())).join
			for seats in (fewest_seats(proposal, members), most_seats(proposal, members)):
				explored += ends_of(join, seats).explored
	return explored


def _groups(proposal: Proposal, rules: Mapping[int, Rule]) -> dict[str, dict[int, Rule]]:
	"""The rules of a stage by join group, without those whose seat an earlier rule has asked already."""
	taken = {second for first, second in shared_seats(rules) if proposal.always_asked(rules[first])}
	groups: dict[str, dict[int, Rule]] = {}
	for row, rule in rules.items():
		if row not in taken:
			groups.setdefault(rule.group, {})[row] = rule
	return groups


def most_seats(proposal: Proposal, members: Mapping[int, Rule]) -> Seats:
	"""A group with every seat its rules can become."""
	return _counted(proposal, members.values())


def fewest_seats(proposal: Proposal, members: Mapping[int, Rule]) -> Seats:
	"""A group as small as a document can make it, but not empty (an empty one is not put at all).

	When nothing in it is always asked, the seat most easily lost is taken for the one that is left.
	"""
	always = [rule for rule in members.values() if proposal.always_asked(rule)]
	if always:
		return _counted(proposal, always)
	alone = [_single(proposal, rule) for rule in members.values() if proposal.most_seats(rule)]
	return max(alone, key=lambda seats: seats.mandatory_lost + seats.others_lost, default=Seats())


def _counted(proposal: Proposal, rules: Iterable[Rule]) -> Seats:
	mandatory = mandatory_lost = others = others_lost = 0
	for rule in rules:
		number = proposal.most_seats(rule)
		lost = number if _can_be_lost(proposal, rule) else 0
		if rule.mandatory:
			mandatory, mandatory_lost = mandatory + number, mandatory_lost + lost
		else:
			others, others_lost = others + number, others_lost + lost
	return Seats(mandatory, mandatory_lost, others, others_lost)


def _single(proposal: Proposal, rule: Rule) -> Seats:
	lost = int(_can_be_lost(proposal, rule))
	return Seats(1, lost, 0, 0) if rule.mandatory else Seats(0, 0, 1, lost)


def _can_be_lost(proposal: Proposal, rule: Rule) -> bool:
	"""Whether one recusal empties the seat for good: nobody follows, and no decision can be recorded for it."""
	if rule.recorded_decision_allowed:
		return False
	line = proposal.line_of(rule)
	if line is not None:
		# An empty seat is not lost by a recusal; that nobody fills it is said elsewhere.
		return len(line) == 1
	if rule.asked_of is AskedOf.USER_FIELD:
		return not proposal.organisation.is_active(rule.fallback_user)
	office = proposal.organisation
	return any(
		len(office.in_line_for(department, rule.fallback_user)) == 1 for department in office.departments
	)


def _group(proposal: Proposal, members: Mapping[int, Rule]) -> Iterator[Finding]:
	first = next(iter(members.values()))
	few, most = fewest_seats(proposal, members), most_seats(proposal, members)
	if not most.all:
		# A table of departments in a city without any: nobody is asked, which is said of the whole route.
		return
	at_least, at_most = ends_of(first.join, few), ends_of(first.join, most)
	if Outcome.PASSED not in at_least.outcomes:
		yield from _lacking_seats(
			proposal, members, most.all if Outcome.PASSED not in at_most.outcomes else None
		)
	elif at_least.recusals_until_stuck is not None:
		yield _may_get_stuck(proposal, members, few, at_least.by_mandatory, at_least.recusals_until_stuck)


def _lacking_seats(
	proposal: Proposal, members: Mapping[int, Rule], never_more_than: int | None
) -> Iterator[Finding]:
	"""Counting each condition by itself, too few may be asked; look for a document of which they are."""
	row, first = next(iter(members.items()))
	documents, complete = documents_for([rule.condition for rule in members.values()], proposal.fields)
	few, sample = min(
		((_asked_by(members, facts), facts) for facts in documents),
		key=lambda found: found[0] or len(members) + 1,
	)
	if complete and (not few or few >= first.join.k):
		return
	if never_more_than is not None:
		yield _never_complete(row, first, never_more_than)
		return
	finding = error if 0 < few < first.join.k else warning
	yield finding(
		"join-may-lack-seats",
		f"{first.join.k} must clear in the group of {first.seat}, but some documents may ask fewer.",
		"Ask for as many as every document asks, or add seats that are always asked.",
		trace=(
			f"{spoken(sample)} sets out",
			f"all that are asked ({few}) clear",
			f"{first.join.k} were wanted: it stays there",
		),
		**at(row, first),
	)


def _asked_by(members: Mapping[int, Rule], facts: Mapping[str, Any]) -> int:
	"""How few seats of a group a document with these facts can ask, 0 when it need not ask any."""
	applying = [rule for rule in members.values() if _applies(rule, facts)]
	seats = [rule for rule in applying if rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT]
	# A document that names no department asks none; when only they are asked, one is the fewest.
	return len(seats) or min(len(applying), 1)


def _applies(rule: Rule, facts: Mapping[str, Any]) -> bool:
	try:
		return compile_condition(rule.condition).holds(facts)
	except ConditionError:
		return False


def _never_complete(row: int, first: Rule, most: int) -> Finding:
	return error(
		"join-cannot-complete",
		f"{first.join.k} must clear in the group of {first.seat}, but at most {most} can be asked.",
		f"Ask for {most or 1} or fewer, or add seats to the group.",
		trace=(f"all that are asked ({most}) clear", f"{first.join.k} were wanted: it stays there"),
		**at(row, first),
	)


def _may_get_stuck(
	proposal: Proposal, members: Mapping[int, Rule], few: Seats, by_mandatory: bool, recusals: int
) -> Finding:
	lost = {
		row: rule
		for row, rule in members.items()
		if _can_be_lost(proposal, rule) and (rule.mandatory or not by_mandatory)
	}
	row, rule = next(iter(lost.items()))
	# The office can still send the document back, so this is a warning: a city may have one attorney only.
	clears = [other.seat for other in members.values() if other is not rule][: max(few.all - recusals, 0)]
	recuses = [other.seat for other in lost.values()][:recusals]
	return warning(
		"recusal-leaves-it-stuck",
		f"When {' and '.join(recuses)} recuses, nobody follows and the stage cannot be completed.",
		'Name somebody under "Asked when vacant", or allow a recorded decision.',
		trace=(
			*(f"{seat} clears" for seat in clears if seat not in recuses),
			*(f"{seat} recuses" for seat in recuses),
			"nobody is left to answer",
		),
		about_people=True,
		**at(row, rule),
	)


def _disagreement(number: int, name: str, members: Mapping[int, Rule]) -> Finding:
	(first_row, first), *rest = members.items()
	row, other = next((row, rule) for row, rule in rest if rule.join != first.join)
	group = f'group "{name}"' if name else "same, unnamed group"
	return error(
		"join-disagrees",
		f"Rules {first_row} and {row} are both in the {group} of stage {number} but join differently.",
		"Give them the same join (kind, k and percent), or different groups.",
		trace=(
			f"{first.seat} clears",
			f"one rule counts by {first.join.kind}, the other by {other.join.kind}",
		),
		**at(row, other),
	)


def _silent_veto(row: int, rule: Rule) -> Finding:
	return warning(
		"veto-does-not-hold",
		f"{rule.seat} may veto, but the others can complete the stage before it has answered.",
		"Make it mandatory as well if the stage is to wait for it.",
		trace=("enough others clear", "the stage is complete", f"{rule.seat} had not read it yet"),
		**at(row, rule),
	)


def _may_be_absent(
	proposal: Proposal, name: str, members: Mapping[int, Rule], *, alone: bool
) -> Iterator[Finding]:
	"""A group beside others that some documents ask nobody of: whoever counts on its voice is mistaken."""
	if alone or not name or any(proposal.always_asked(rule) for rule in members.values()):
		return
	row, first = next(iter(members.items()))
	yield warning(
		"group-may-be-empty",
		f'Some documents ask nobody of the group "{name}"; the stage then goes on without it.',
		"Leave one of its seats without a condition if the group must always speak.",
		trace=("none of its conditions holds", "the other groups clear", "the stage is complete"),
		**at(row, first),
	)
