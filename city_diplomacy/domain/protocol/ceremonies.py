"""Requests for flag raisings, proclamations, letters and greetings: how far each is, and what the city's rules ask."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..choices import StrEnum

_PLACE = re.compile(r"{(\w+)}")


class RequestStatus(StrEnum):
	REQUESTED = "Requested"
	ACCEPTED = "Accepted"
	DECLINED = "Declined"
	DONE = "Done"


class Kind(StrEnum):
	FLAG_RAISING = "Flag raising"
	PROCLAMATION = "Proclamation"
	LETTER = "Letter"
	GREETING = "Greeting"


@dataclass(frozen=True)
class Rule:
	"""A row of the city's table; 0 is no limit."""

	name: str
	kind: str
	valid_from: date
	valid_until: date | None = None
	notice_days: int = 0
	times_a_year: int = 0
	longest_text: int = 0

	def speaks_of(self, request: "Request") -> bool:
		return (
			self.kind == request.kind
			and self.valid_from <= request.requested_on
			and (self.valid_until is None or request.requested_on <= self.valid_until)
		)


@dataclass(frozen=True)
class Request:
	"""What the rules ask of a request. `others_this_year` are those of its organisation and kind for the same year."""

	kind: str
	requested_on: date
	needed_on: date
	text_length: int
	others_this_year: int


class Demand(StrEnum):
	"""What of a rule a request does not keep."""

	NOTICE = "notice"
	ONCE_A_YEAR = "times a year"
	LENGTH = "length"


@dataclass(frozen=True)
class Finding:
	rule: Rule
	demand: Demand


def not_kept(request: Request, rules: Iterable[Rule]) -> list[Finding]:
	"""What a request does not keep of the rules in force when it was made."""
	found = []
	for rule in rules:
		if not rule.speaks_of(request):
			continue
		if rule.notice_days and request.needed_on < request.requested_on + timedelta(days=rule.notice_days):
			found.append(Finding(rule, Demand.NOTICE))
		if rule.times_a_year and request.others_this_year >= rule.times_a_year:
			found.append(Finding(rule, Demand.ONCE_A_YEAR))
		if rule.longest_text and request.text_length > rule.longest_text:
			found.append(Finding(rule, Demand.LENGTH))
	return found


def filled(draft: str, values: Mapping[str, str]) -> str:
	"""A draft with what a request says in the places named for it, such as {organisation}; other braces stay."""
	return _PLACE.sub(lambda place: values.get(place[1], place[0]), draft)
