"""What a trade lead can be: its direction, how it stands, which figures its client may be unable to say."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..choices import StrEnum


class Direction(StrEnum):
	"""Who goes where: goods out, capital in, visitors in."""

	EXPORT = "Export"
	INWARD_INVESTMENT = "Inward Investment"
	TOURISM = "Tourism"


class Interest(StrEnum):
	"""What a company says of a market."""

	EXPORTING = "Exporting"
	INTERESTED = "Interested"
	NOT_INTERESTED = "Not interested"


class LeadStatus(StrEnum):
	"""How a lead stands, whatever stage it has reached."""

	ONGOING = "Ongoing"
	DELAYED = "Delayed"
	DORMANT = "Dormant"
	WON = "Won"
	LOST = "Lost"
	ABANDONED = "Abandoned"


OPEN = (LeadStatus.ONGOING, LeadStatus.DELAYED, LeadStatus.DORMANT)
"""A lead that may still be won."""
ENDED = (LeadStatus.WON, LeadStatus.LOST, LeadStatus.ABANDONED)
EXPLAINED = (LeadStatus.DELAYED, LeadStatus.DORMANT, LeadStatus.LOST, LeadStatus.ABANDONED)
"""What is said with a reason."""

NEVER_EXPORTED = "Never exported"

# What a form calls a figure that a client may be unable to say: the field that holds it.
FIGURES = {
	"Estimated value per year": "annual_value",
	"Largest shipment under one Schedule B number": "shipment_value",
	"Capital to be spent": "capital_expenditure",
	"Foreign equity": "foreign_equity",
	"Research budget": "research_budget",
	"New jobs": "jobs_new",
	"Jobs safeguarded": "jobs_safeguarded",
	"Average salary": "average_salary",
	"Visitors per year": "visitors",
	"Spending of a visitor": "visitor_spend",
}


def contradicted(figures: Mapping[str, Any], unstated: Iterable[str]) -> str | None:
	"""The first figure, by its label, that is both given and said to be unknown."""
	return next((label for label in unstated if label in FIGURES and figures.get(FIGURES[label])), None)


def is_filled(values: Mapping[str, Any], fieldname: str, unstated: Iterable[str]) -> bool:
	"""Whether a lead says something in a field: a value, rows, or that the client cannot say the figure."""
	return bool(values.get(fieldname)) or fieldname in {FIGURES.get(label) for label in unstated}


def is_confidential(until: date | None, today: date) -> bool:
	"""Whether a lead is known to few today; the last day counts."""
	return until is not None and today <= until
