"""Triage of a request for a visit: the office's own rules, each answered with a reason in words, and what they propose.

After Calgary (no duplicate topic or requester in two years, a comparable city, a benefit, no added cost, at most two
days), San Diego and Irvine (notice, a government asks, no travel agencies). A person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..choices import StrEnum
from ..names.folding import fold
from ..sentences import _


class Criterion(StrEnum):
	"""What a rule looks at; what its limit means is said in brackets."""

	LEAD_TIME = "Notice (days)"
	REPEAT = "Same topic or requester (years)"
	COMPARABLE_CITY = "Comparable city (times larger or smaller)"
	BENEFIT = "Benefit to our city"
	COST = "Cost to our city (amount)"
	LENGTH = "Length (days)"
	GOVERNMENT = "A government asks"
	NO_AGENCY = "No travel agency asks"


class Consequence(StrEnum):
	"""What a rule proposes that is not met."""

	DECLINE = "Decline"
	LOOK = "Look into it"


class Answer(StrEnum):
	"""How a request stands to a rule."""

	MET = "Met"
	NOT_MET = "Not met"
	UNKNOWN = "Cannot be told"


class TriageProposal(StrEnum):
	"""What the rules together propose."""

	ACCEPT = "Accept"
	DECLINE = "Decline"
	LOOK = "Look into it"


GOVERNMENTS = ("Government", "Embassy or consulate")
AGENCY = "Travel agency"


@dataclass(frozen=True)
class TriageRule:
	"""A row of the office's table of rules; `limit` is read as its criterion says."""

	name: str
	criterion: str
	limit: float = 0
	consequence: str = Consequence.LOOK
	letter_reason: str = ""


@dataclass(frozen=True)
class Earlier:
	"""A visit that was agreed to before."""

	title: str
	arrived: date
	topic: str = ""
	country: str = ""
	requester: str = ""


@dataclass(frozen=True)
class VisitRequest:
	"""What is known of a request. None where nobody has said it."""

	requested_on: date
	arrives_on: date
	leaves_on: date
	requester_kind: str = ""
	requester: str = ""
	topic: str = ""
	country: str = ""
	benefit: str = ""
	cost_to_us: float = 0
	asks_us_to_pay: bool = False
	population: int = 0
	our_population: int = 0
	earlier: Sequence[Earlier] = ()


@dataclass(frozen=True)
class Finding:
	"""What a rule says of a request: a sentence with the values of its places."""

	rule: TriageRule
	answer: Answer
	sentence: str
	values: dict[str, Any] = field(default_factory=dict)


def judge(request: VisitRequest, rules: Iterable[TriageRule]) -> list[Finding]:
	"""What each rule says, in the order of the rules."""
	return [Finding(rule, *_JUDGES[Criterion(rule.criterion)](request, rule.limit)) for rule in rules]


def proposal_of(findings: Iterable[Finding]) -> TriageProposal:
	"""Decline where a rule that declines is not met; else look into it where anything is open; else accept."""
	unmet = [one for one in findings if one.answer is not Answer.MET]
	if any(one.answer is Answer.NOT_MET and one.rule.consequence == Consequence.DECLINE for one in unmet):
		return TriageProposal.DECLINE
	return TriageProposal.LOOK if unmet else TriageProposal.ACCEPT


def is_overruled(proposal: str, accepted: bool) -> bool:
	"""Whether who decides does the contrary of what was proposed."""
	return proposal == (TriageProposal.DECLINE if accepted else TriageProposal.ACCEPT)


def letter_reasons(findings: Iterable[Finding]) -> list[str]:
	"""What a letter may say of why a visit cannot be received: the words of the rules that are not met."""
	return [
		one.rule.letter_reason for one in findings if one.answer is Answer.NOT_MET and one.rule.letter_reason
	]


Judgement = tuple[Answer, str, dict[str, Any]]


def _lead_time(request: VisitRequest, limit: float) -> Judgement:
	days = (request.arrives_on - request.requested_on).days
	values = {"days": days, "least": int(limit)}
	if days >= limit:
		return Answer.MET, _("Asked for {days} days ahead; {least} are needed."), values
	return Answer.NOT_MET, _("Asked for only {days} days ahead; {least} are needed."), values


def _repeat(request: VisitRequest, limit: float) -> Judgement:
	for visit in sorted(request.earlier, key=lambda one: one.arrived, reverse=True):
		if not _is_within(visit.arrived, request.arrives_on, limit):
			continue
		values = {"visit": visit.title, "day": visit.arrived.isoformat(), "years": int(limit)}
		if fold(request.requester) and fold(visit.requester) == fold(request.requester):
			return (
				Answer.NOT_MET,
				_("The same requester was here within {years} years: {visit}, {day}."),
				values,
			)
		if request.topic and (visit.topic, visit.country) == (request.topic, request.country):
			return (
				Answer.NOT_MET,
				_("The same topic was looked at by the same country within {years} years: {visit}, {day}."),
				values,
			)
	return (
		Answer.MET,
		_("Neither the requester nor the topic from that country was here within {years} years."),
		{"years": int(limit)},
	)


def _is_within(before: date, day: date, years: float) -> bool:
	return abs((day - before).days) <= years * 365.25


def _comparable(request: VisitRequest, limit: float) -> Judgement:
	theirs, ours = request.population, request.our_population
	if not theirs or not ours:
		return Answer.UNKNOWN, _("How large the two cities are is not recorded for both."), {}
	values = {"theirs": f"{theirs:,}", "ours": f"{ours:,}"}
	if max(theirs, ours) <= limit * min(theirs, ours):
		return Answer.MET, _("The cities are comparable: {theirs} people there, {ours} here."), values
	return Answer.NOT_MET, _("The cities are hardly comparable: {theirs} people there, {ours} here."), values


def _benefit(request: VisitRequest, limit: float) -> Judgement:
	if request.benefit.strip():
		return Answer.MET, _("The request says what our city gains."), {}
	return Answer.NOT_MET, _("The request does not say what our city gains."), {}


def _cost(request: VisitRequest, limit: float) -> Judgement:
	if request.cost_to_us > limit:
		return (
			Answer.NOT_MET,
			_("It would cost our city {amount}; {most} is the most."),
			{"amount": f"{request.cost_to_us:,.2f}", "most": f"{limit:,.2f}"},
		)
	if request.asks_us_to_pay:
		return Answer.NOT_MET, _("Our city is asked to bear costs."), {}
	return Answer.MET, _("Our city is not asked to bear costs."), {}


def _length(request: VisitRequest, limit: float) -> Judgement:
	values = {"days": (request.leaves_on - request.arrives_on).days + 1, "most": int(limit)}
	if values["days"] <= limit:
		return Answer.MET, _("It lasts {days} days; {most} is the most."), values
	return Answer.NOT_MET, _("It lasts {days} days; {most} is the most."), values


def _government(request: VisitRequest, limit: float) -> Judgement:
	if not request.requester_kind:
		return Answer.UNKNOWN, _("What kind of organisation asks is not recorded."), {}
	if request.requester_kind in GOVERNMENTS:
		return Answer.MET, _("A government asks."), {}
	return Answer.NOT_MET, _("It is not a government that asks."), {}


def _no_agency(request: VisitRequest, limit: float) -> Judgement:
	if request.requester_kind == AGENCY:
		return Answer.NOT_MET, _("A travel agency asks."), {}
	return Answer.MET, _("No travel agency asks."), {}


_JUDGES = {
	Criterion.LEAD_TIME: _lead_time,
	Criterion.REPEAT: _repeat,
	Criterion.COMPARABLE_CITY: _comparable,
	Criterion.BENEFIT: _benefit,
	Criterion.COST: _cost,
	Criterion.LENGTH: _length,
	Criterion.GOVERNMENT: _government,
	Criterion.NO_AGENCY: _no_agency,
}
