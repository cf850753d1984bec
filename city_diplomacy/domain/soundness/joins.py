"""What can be wrong with how the answers of a stage are counted together."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..policy.conditions import ConditionError
from ..route.join_outcomes import Seats, ends_of
from ..route.joins import JoinKind, Outcome
from ..route.routing import AskedOf, Rule
from .model import Finding, Proposal, Reason, error, warning
from .samples import documents_for
from .seats import shared_seats


def join_findings(proposal: Proposal) -> Iterator[Finding]:
	"""Joins whose rules disagree, that cannot complete, or that a recusal leaves stuck."""
	for rules in proposal.by_stage().values():
		groups = _groups(proposal, rules)
		for name, members in groups.items():
			if len({rule.join for rule in members.values()}) > 1:
				yield _disagreement(name, members)
				continue
			yield from _group(proposal, members)
			if name and len(groups) > 1 and not any(map(proposal.always_asked, members.values())):
				# Whoever counts on its voice is mistaken.
				yield warning("group-may-be-empty", *next(iter(members.items())), group=name)
		for row, rule in rules.items():
			if rule.veto and not rule.mandatory and rule.join.kind is not JoinKind.ALL:
				yield warning("veto-does-not-hold", row, rule)


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
	alone = [_counted(proposal, [rule], 1) for rule in members.values() if proposal.most_seats(rule)]
	return max(alone, key=lambda seats: seats.mandatory_lost + seats.others_lost, default=Seats())


def _counted(proposal: Proposal, rules: Iterable[Rule], at_most: int | None = None) -> Seats:
	"""The seats of rules by how their answers weigh; `at_most` of each rule if it is given."""
	counted = {True: [0, 0], False: [0, 0]}
	for rule in rules:
		number = proposal.most_seats(rule) if at_most is None else min(proposal.most_seats(rule), at_most)
		counted[rule.mandatory][0] += number
		counted[rule.mandatory][1] += number if _can_be_lost(proposal, rule) else 0
	return Seats(*counted[True], *counted[False])


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
		never_more_than = most.all if Outcome.PASSED not in at_most.outcomes else None
		yield from _lacking_seats(proposal, members, never_more_than)
	elif at_least.recusals_until_stuck is not None:
		# The office can still send the document back, so this is a warning: a city may have one attorney only.
		lost = [
			(row, rule)
			for row, rule in members.items()
			if _can_be_lost(proposal, rule) and (rule.mandatory or not at_least.by_mandatory)
		]
		recuse = tuple(rule.seat for _row, rule in lost)[: at_least.recusals_until_stuck]
		yield warning("recusal-leaves-it-stuck", *lost[0], recuse=recuse)


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
	wanted = first.join.k
	if complete and (not few or few >= wanted):
		return
	if never_more_than is not None:
		at_most = {"asked": never_more_than, "fewer": never_more_than}
		yield error("join-cannot-complete", row, first, wanted=wanted, **at_most)
		return
	finding = error if 0 < few < wanted else warning
	yield finding("join-may-lack-seats", row, first, wanted=wanted, asked=few, document=sample)


def _asked_by(members: Mapping[int, Rule], facts: Mapping[str, Any]) -> int:
	"""How few seats of a group a document with these facts can ask, 0 when it need not ask any."""
	applying = [rule for rule in members.values() if _applies(rule, facts)]
	seats = [rule for rule in applying if rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT]
	# A document that names no department asks none; when only they are asked, one is the fewest.
	return len(seats) or min(len(applying), 1)


def _applies(rule: Rule, facts: Mapping[str, Any]) -> bool:
	try:
		return rule.condition is None or rule.condition.holds(facts)
	except ConditionError:
		return False


def _disagreement(name: str, members: Mapping[int, Rule]) -> Finding:
	(first_row, first), *rest = members.items()
	row, other = next((row, rule) for row, rule in rest if rule.join != first.join)
	return error(
		"join-disagrees",
		row,
		other,
		first_row=first_row,
		first_seat=first.seat,
		group=Reason("named-group" if name else "unnamed-group"),
		name=name,
		first_join=str(first.join.kind),
		join=str(other.join.kind),
	)
