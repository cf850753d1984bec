"""What can be wrong with who is asked: empty seats, one person in two of them, a council polled."""

import re
from collections.abc import Iterator, Mapping

from ..route.routing import AskedOf, Rule
from .model import Finding, Proposal, Reason, error, warning
from .samples import find_document

OF_A_PERSON = (AskedOf.USER, AskedOf.USER_FIELD, AskedOf.ROLE)
# Words by which a member of a collegiate body is called, as seats and groups are named.
MEMBER = re.compile(
	r"\b(council ?(member|man|woman|person)|councill?or|alder(man|woman|person)|"
	r"commissioner|trustee|supervisor|board member|ward \d+|district \d+|member of the (council|board))s?\b",
	re.IGNORECASE,
)
# Who speaks for the whole body, or serves it, is not a member.
FOR_THE_BODY = re.compile(r"\b(clerk|secretary|recorder|attorney|counsel|manager|mayor)\b", re.IGNORECASE)


def seat_findings(proposal: Proposal) -> Iterator[Finding]:
	"""Everything about people, given who holds which office today."""
	for row, rule in sorted(proposal.rules.items()):
		if not rule.recorded_decision_allowed:
			yield from _vacant(proposal, row, rule)
			yield from _prepares(proposal, row, rule)
		yield from _fallback(proposal, row, rule)
	yield from _two_seats(proposal)
	for rules in proposal.by_stage().values():
		yield from _polled(rules)


def _vacant(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	office = proposal.organisation
	if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
		# Which departments a document will name nobody knows, so single empty ones only warn.
		names = sorted(office.departments)
		empty = tuple(name for name in names if not office.in_line_for(name, rule.fallback_user))
		if empty:
			finding = error if len(empty) == len(names) else warning
			yield finding("departments-vacant", row, rule, departments=empty, department=empty[0])
	elif proposal.line_of(rule) == []:
		reason = "vacant-department" if rule.department else "no-department"
		if rule.asked_of is AskedOf.ROLE:
			reason = "vacant-role" if rule.role else "no-role"
		elif rule.asked_of is AskedOf.USER:
			reason = "vacant-user" if rule.user else "no-user"
		who = {"role": rule.role, "person": rule.user, "department": rule.department}
		yield error("seat-vacant", row, rule, reason=Reason(reason), **who)


def _prepares(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	"""Whether the one who is asked has prepared the document, always or where one person holds the role."""
	if rule.asked_of is AskedOf.USER_FIELD and rule.user_field and rule.user_field == proposal.sponsor_field:
		yield error("sponsor-decides", row, rule, field=rule.user_field)
	alone = len(proposal.organisation.roles.get(rule.role or "", ())) < 2
	if rule.asked_of is AskedOf.ROLE and rule.role in proposal.requesters and alone:
		yield warning("requester-decides", row, rule, role=rule.role)


def _fallback(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	follower, holder = rule.fallback_user, rule.user if rule.asked_of is AskedOf.USER else None
	if rule.asked_of is AskedOf.DEPARTMENT_HEAD:
		holder = proposal.organisation.heads.get(rule.department or "")
	if follower and not proposal.organisation.is_active(follower):
		yield warning("fallback-is-nobody", row, rule, person=follower)
	elif follower and holder == follower:
		yield warning("fallback-is-holder", row, rule, person=holder)


def _two_seats(proposal: Proposal) -> Iterator[Finding]:
	"""Mandatory seats that have fewer people than seats, each person filling one.

	A seat that is asked again in a later stage is the same seat.
	"""
	mandatory = {row: rule for row, rule in proposal.rules.items() if rule.mandatory}
	again = {second for _, second in shared_seats(mandatory)}
	seats = {
		row: proposal.who_would_answer(rule) for row, rule in sorted(mandatory.items()) if row not in again
	}
	taken: dict[str, int] = {}
	for row, people in seats.items():
		if not people or _seat(row, seats, taken, set()):
			continue
		short = _in_competition(row, seats, taken)
		if _asked_together(proposal, short):
			names = tuple(proposal.rules[other].seat for other in short)
			contested = tuple(sorted({person for other in short for person in seats[other]}))
			yield error(
				"one-person-two-seats",
				row,
				proposal.rules[row],
				seats=names,
				number=len(names),
				people=contested,
			)


def _seat(row: int, seats: Mapping[int, list[str]], taken: dict[str, int], tried: set[str]) -> bool:
	"""Find a person for a seat, moving others to free them if need be (an augmenting path)."""
	for person in seats[row]:
		if person in tried:
			continue
		tried.add(person)
		if person not in taken or _seat(taken[person], seats, taken, tried):
			taken[person] = row
			return True
	return False


def _in_competition(row: int, seats: Mapping[int, list[str]], taken: Mapping[str, int]) -> list[int]:
	"""The seats that have too few people between them, the given one included: whoever could fill them is taken."""
	rows, waiting = {row}, [row]
	while waiting:
		for person in seats[waiting.pop()]:
			if taken[person] not in rows:
				rows.add(taken[person])
				waiting.append(taken[person])
	return sorted(rows)


def _asked_together(proposal: Proposal, rows: list[int]) -> bool:
	sample, complete = find_document([proposal.rules[row].condition for row in rows], (), proposal.fields)
	return sample is not None or not complete


def _polled(rules: Mapping[int, Rule]) -> Iterator[Finding]:
	"""Several members of one body asked one by one in the same stage: that can itself be an unlawful meeting."""
	personal = {row: rule for row, rule in rules.items() if rule.asked_of in OF_A_PERSON}
	council = {
		row: rule
		for row, rule in personal.items()
		if "council" in rule.state.casefold() and not FOR_THE_BODY.search(f"{rule.seat} {rule.role or ''}")
	}
	members = {
		row: rule
		for row, rule in personal.items()
		if MEMBER.search(f"{rule.seat} / {rule.group} / {rule.role or ''}")
	}
	for polled in (council, members):
		seats = {rule.seat.strip().casefold(): row for row, rule in polled.items()}
		if len(seats) < 2:
			continue
		row = min(seats.values())
		yield error(
			"council-polled", row, polled[row], seats=tuple({rule.seat: None for rule in polled.values()})
		)
		return


def shared_seats(rules: Mapping[int, Rule]) -> Iterator[tuple[int, int]]:
	"""Pairs of rows that ask the same seat: of one department, or called by the same words."""
	earlier: dict[tuple[str, str], list[int]] = {}
	for row, rule in sorted(rules.items()):
		if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
			continue
		names = [("seat", rule.seat.strip().casefold()), ("department", rule.department or "")]
		names = [name for name in names if name[1]]
		for first in sorted({first for name in names for first in earlier.get(name, ())}):
			yield first, row
		for name in names:
			earlier.setdefault(name, []).append(row)
