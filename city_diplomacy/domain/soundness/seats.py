"""What can be wrong with who is asked: empty seats, one person in two of them, a council polled."""

import re
from collections.abc import Iterator, Mapping

from ..route.routing import AskedOf, Rule
from .model import Finding, Proposal, at, error, warning
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
		if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
			yield from _vacant_departments(proposal, row, rule)
		else:
			yield from _vacant(proposal, row, rule)
		yield from _fallback(proposal, row, rule)
		if _is_the_sponsor(proposal, rule):
			yield error(
				"sponsor-decides",
				f'{rule.seat} is asked of the person in "{rule.user_field}", who prepared the document and cannot clear it.',
				"Ask somebody else, such as the head of a department, or allow a recorded decision.",
				trace=(
					"the sponsor hands in a document",
					f"{rule.seat} is asked of the sponsor",
					"nobody else may answer",
				),
				**at(row, rule),
			)
		if _asks_the_only_requester(proposal, rule):
			yield warning(
				"requester-decides",
				f"{rule.seat} is asked of {rule.role}, who also prepare the documents and cannot clear their own.",
				"Ask a role that prepares nothing, or see that the office has more than one person.",
				trace=(f"the only {rule.role} hands in a document", f"{rule.seat} is asked of {rule.role}"),
				**at(row, rule),
			)
	yield from _two_seats(proposal)
	for rules in proposal.by_stage().values():
		yield from _polled(rules)


def _asks_the_only_requester(proposal: Proposal, rule: Rule) -> bool:
	"""Whether one person holds the role that is asked, and may hand in the document themselves."""
	if rule.asked_of is not AskedOf.ROLE or rule.role not in proposal.workflow.requesters:
		return False
	alone = len(proposal.organisation.roles.get(rule.role, ())) < 2
	return alone and not rule.recorded_decision_allowed


def _is_the_sponsor(proposal: Proposal, rule: Rule) -> bool:
	by_field = rule.asked_of is AskedOf.USER_FIELD and bool(rule.user_field)
	return by_field and rule.user_field == proposal.sponsor_field and not rule.recorded_decision_allowed


def _vacant(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	line = proposal.line_of(rule)
	if line is None or line or rule.recorded_decision_allowed:
		return
	yield error(
		"seat-vacant",
		f"Nobody can answer for {rule.seat}: {_why_nobody(proposal, rule)}.",
		'Fill the office, name somebody under "Asked when vacant", or allow a recorded decision.',
		trace=("a document sets out", f"{rule.seat} is asked", "nobody is there to answer"),
		about_people=True,
		**at(row, rule),
	)


def _why_nobody(proposal: Proposal, rule: Rule) -> str:
	if rule.asked_of is AskedOf.ROLE:
		return f"no enabled account has the role {rule.role or '(none named)'}"
	if rule.asked_of is AskedOf.USER:
		return f"{rule.user or 'the person to be named'} has no enabled account and nobody follows"
	if not rule.department:
		return "no department is named"
	return f"{rule.department} has neither head nor acting head who can sign in, and nobody follows"


def _vacant_departments(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	"""Which departments a document will name nobody knows, so single empty ones only warn."""
	office = proposal.organisation
	empty = [
		department
		for department in sorted(office.departments)
		if not office.in_line_for(department, rule.fallback_user)
	]
	if rule.recorded_decision_allowed or not empty:
		return
	named = ", ".join(empty[:3]) + (f" and {len(empty) - 3} more" if len(empty) > 3 else "")
	finding = error if len(empty) == len(office.departments) else warning
	yield finding(
		"departments-vacant",
		f"{rule.seat} can be nobody's: {named} have neither head nor acting head who can sign in.",
		'Name their heads, somebody under "Asked when vacant", or allow a recorded decision.',
		trace=(f"a document names {empty[0]}", f"{empty[0]} is asked", "nobody is there to answer"),
		about_people=True,
		**at(row, rule),
	)


def _fallback(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	if not rule.fallback_user:
		return
	office = proposal.organisation
	if not office.is_active(rule.fallback_user):
		yield warning(
			"fallback-is-nobody",
			f"{rule.fallback_user}, who is asked when {rule.seat} is vacant, cannot sign in.",
			"Name somebody whose account is enabled.",
			trace=(f"{rule.seat} is vacant", f"{rule.fallback_user} would be asked", "nobody reads it"),
			about_people=True,
			**at(row, rule),
		)
		return
	holder = rule.user if rule.asked_of is AskedOf.USER else None
	if rule.asked_of is AskedOf.DEPARTMENT_HEAD:
		holder = office.heads.get(rule.department or "")
	if holder == rule.fallback_user:
		yield warning(
			"fallback-is-holder",
			f"{holder} holds {rule.seat} and is also who is asked when it is vacant.",
			"Name somebody else.",
			trace=(f"{holder} recuses", f"{holder} would follow", "nobody is left to answer"),
			about_people=True,
			**at(row, rule),
		)


def _two_seats(proposal: Proposal) -> Iterator[Finding]:
	"""Mandatory seats that have fewer people than seats, each person filling one.

	A seat that is asked again in a later stage is the same seat.
	"""
	mandatory = {row: rule for row, rule in proposal.rules.items() if rule.mandatory}
	again = {second for _, second in shared_seats(mandatory)}
	seats = {
		row: proposal.who_would_answer(rule)
		for row, rule in sorted(mandatory.items())
		if row not in again and rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT
	}
	taken: dict[str, int] = {}
	for row, people in seats.items():
		if not people or _seat(row, seats, taken, set()):
			continue
		short = _in_competition(row, seats, taken)
		if _asked_together(proposal, short):
			yield _too_few_people(proposal, row, short, seats)


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
	"""The seats that have too few people between them, the given one included."""
	rows, waiting = {row}, [row]
	while waiting:
		for person in seats[waiting.pop()]:
			if taken.get(person, row) not in rows:
				rows.add(taken[person])
				waiting.append(taken[person])
	return sorted(rows)


def _asked_together(proposal: Proposal, rows: list[int]) -> bool:
	conditions = [proposal.rules[row].condition for row in rows if proposal.rules[row].condition.strip()]
	sample, complete = find_document(conditions, (), proposal.fields)
	return sample is not None or not complete


def _too_few_people(
	proposal: Proposal, row: int, short: list[int], seats: Mapping[int, list[str]]
) -> Finding:
	people = sorted({person for other in short for person in seats[other]})
	names = [proposal.rules[other].seat for other in short]
	return error(
		"one-person-two-seats",
		f"{' and '.join(names)} are {len(names)} mandatory seats, but only {' and '.join(people)} could fill them.",
		"Ask somebody else for one of them; nobody may fill two mandatory seats of one route.",
		trace=(
			*(f"{' or '.join(seats[other])} is asked for {proposal.rules[other].seat}" for other in short),
			"nobody may answer for two mandatory seats",
		),
		about_people=True,
		**at(row, proposal.rules[row]),
	)


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
		names = list({rule.seat: None for rule in polled.values()})
		yield error(
			"council-polled",
			f"{', '.join(names[:-1])} and {names[-1]} are asked one by one. Collecting the votes of a body's members outside its meeting "
			"can itself be a meeting that open-meetings law forbids.",
			"Ask the clerk once, who records the vote the body took in its meeting.",
			trace=(
				*(f"{name} is asked alone" for name in names[:3]),
				"a majority has decided outside a meeting",
			),
			**at(row, polled[row]),
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
