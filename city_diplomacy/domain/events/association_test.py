"""Whether an event is an association meeting by ICCA's criteria, and each part of the answer.

Source: ICCA, criteria for inclusion of a meeting: organised by an association, on a regular basis, with at least 50
participants, rotating between at least three countries.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..choices import StrEnum

LEAST_PARTICIPANTS = 50
LEAST_COUNTRIES = 3


class Answer(StrEnum):
	YES = "Yes"
	NO = "No"
	NOT_KNOWN = "Not known"


class Part(StrEnum):
	"""What is asked, in the order it is told."""

	ASSOCIATION = "run by an association"
	REGULAR = "held regularly"
	PARTICIPANTS = "participants"
	ROTATION = "rotation"


@dataclass(frozen=True)
class Finding:
	"""One part of the answer; `number` is what was counted, where the part counts."""

	part: Part
	answer: Answer
	number: int = 0


def find(
	run_by_association: Answer,
	held_regularly: Answer,
	participants: int,
	countries: Iterable[str],
	all_editions_known: bool,
) -> list[Finding]:
	"""The four parts.

	`participants` is 0 where no number is known. `countries` are those of this edition and of the others on record;
	fewer than three of them are a no only where all editions are known.
	"""
	places = len(set(countries))
	enough = Answer.NOT_KNOWN
	if participants:
		enough = Answer.YES if participants >= LEAST_PARTICIPANTS else Answer.NO
	rotates = Answer.YES if places >= LEAST_COUNTRIES else Answer.NOT_KNOWN
	if rotates is not Answer.YES and all_editions_known:
		rotates = Answer.NO
	return [
		Finding(Part.ASSOCIATION, run_by_association),
		Finding(Part.REGULAR, held_regularly),
		Finding(Part.PARTICIPANTS, enough, participants),
		Finding(Part.ROTATION, rotates, places),
	]


def verdict(findings: Iterable[Finding]) -> Answer:
	"""No where one part is no; yes where all are yes; not known otherwise."""
	answers = {finding.answer for finding in findings}
	if Answer.NO in answers:
		return Answer.NO
	return Answer.NOT_KNOWN if Answer.NOT_KNOWN in answers else Answer.YES
