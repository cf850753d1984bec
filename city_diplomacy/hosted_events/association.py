"""Whether an event is an association meeting, answered in words for whoever reads it."""

from typing import Any

from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.events.association_test import (
	LEAST_COUNTRIES,
	LEAST_PARTICIPANTS,
	Answer,
	Finding,
	Part,
	find,
	verdict,
)

ANSWERS = tuple(str(answer) for answer in Answer)


def findings_of(event: Any) -> list[Finding]:
	"""The four parts of the answer for an event as it stands."""
	countries = [row.country for row in event.editions if row.country]
	if event.held_in_country:
		countries.append(event.held_in_country)
	return find(
		_answer(event.run_by_association),
		_answer(event.held_regularly),
		cint(event.attended) or cint(event.expected),
		countries,
		bool(cint(event.all_editions_known)),
	)


def settle_association_meeting(event: Any) -> None:
	"""Keep the answer beside what it follows from, so that lists can ask for it."""
	event.association_meeting = str(verdict(findings_of(event)))


def in_words(event: Any) -> list[dict[str, str]]:
	"""The answer and its parts in the reader's language: [{"answer", "sentence"}], the whole first."""
	findings = findings_of(event)
	whole = verdict(findings)
	return [
		{"answer": str(whole), "sentence": _WHOLE[whole]()},
		*({"answer": str(one.answer), "sentence": _sentence(one)} for one in findings),
	]


def _answer(stored: str | None) -> Answer:
	return Answer(stored) if stored in ANSWERS else Answer.NOT_KNOWN


def _sentence(finding: Finding) -> str:
	return _PARTS[finding.part, finding.answer]().format(
		finding.number, LEAST_PARTICIPANTS if finding.part is Part.PARTICIPANTS else LEAST_COUNTRIES
	)


# Each is translated when it is read.
_WHOLE = {
	Answer.YES: lambda: _("This is an association meeting by ICCA's criteria."),
	Answer.NO: lambda: _("This is no association meeting by ICCA's criteria."),
	Answer.NOT_KNOWN: lambda: _(
		"Whether this is an association meeting by ICCA's criteria is not known yet."
	),
}
_PARTS = {
	(Part.ASSOCIATION, Answer.YES): lambda: _("An association runs it."),
	(Part.ASSOCIATION, Answer.NO): lambda: _("No association runs it."),
	(Part.ASSOCIATION, Answer.NOT_KNOWN): lambda: _("Whether an association runs it is not stated."),
	(Part.REGULAR, Answer.YES): lambda: _("It is held regularly."),
	(Part.REGULAR, Answer.NO): lambda: _("It is not held regularly."),
	(Part.REGULAR, Answer.NOT_KNOWN): lambda: _("Whether it is held regularly is not stated."),
	(Part.PARTICIPANTS, Answer.YES): lambda: _("It has {0} participants; at least {1} are asked for."),
	(Part.PARTICIPANTS, Answer.NO): lambda: _("It has {0} participants, fewer than the {1} asked for."),
	(Part.PARTICIPANTS, Answer.NOT_KNOWN): lambda: _("How many participants it has is not stated."),
	(Part.ROTATION, Answer.YES): lambda: _("It rotates through {0} countries; at least {1} are asked for."),
	(Part.ROTATION, Answer.NO): lambda: _(
		"All its editions were in {0} countries, fewer than the {1} asked for."
	),
	(Part.ROTATION, Answer.NOT_KNOWN): lambda: _(
		"{0} countries are on record; at least {1} are asked for, and not all editions are listed."
	),
}
