"""A dozen and more invented agreements, each left where people need to see one."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe.utils import add_days

from city_diplomacy.demo.agreements import OURS
from city_diplomacy.demo.loader import MANAGER, OFFICER, Loader, acting_as, key
from city_diplomacy.demo.people import CLERK
from city_diplomacy.demo.rows import Row, RowError
from city_diplomacy.demo.steps import Steps
from city_diplomacy.demo.texts import text_rows, wording_of

PREDECESSOR = "Creative Industries Programme with Bordeaux"


def drafted(steps: Steps) -> None:
	"""Nobody but the office has seen it."""


def in_intake(steps: Steps) -> None:
	steps.submit()
	steps.check("duplicates_checked", "jurisdiction_checked")


def partly_cleared(steps: Steps) -> None:
	steps.start()
	steps.decide("City Attorney")
	steps.decide(
		"Ethics",
		"Clear with Conditions",
		"Travel is within the rules.",
		"Jurors report hotel nights paid by the festival within ten days.",
	)


def question_asked(steps: Steps) -> None:
	steps.start()
	steps.decide("Water and Power")
	steps.write_version(2, en="Meter data stay with the utility that measured them.")
	steps.ask("Finance", "Which budget line pays for the engineers' travel?")


def overdue(steps: Steps) -> None:
	steps.start()
	steps.decide("Finance")
	steps.let_time_pass(21)


def in_second_round(steps: Steps) -> None:
	steps.start()
	steps.ask("City Attorney", "Who is liable for the students while they are abroad?")
	steps.answer("City Attorney", "The exchange organisation is insured; the policy will be attached.")
	steps.decide("Finance")
	steps.decide("City Attorney", "Return", "Name the insurer in the text, and limit the city's liability.")
	steps.revise(
		purpose="Twelve students of each city spend a term with a family in the other, insured by the exchange "
		"organisation, without liability of either city."
	)
	steps.write_version(
		2,
		en="The exchange organisation insures the students; neither city is liable for them while they are abroad.",
		de="Die Austauschorganisation versichert die Schülerinnen und Schüler; keine der Städte haftet für sie, "
		"solange sie im Ausland sind.",
	)
	steps.start()
	steps.decide("City Attorney", "Clear", "Liability is now limited as asked.")
	steps.decide("Cultural Affairs", "Recuse", "A relative of mine runs the exchange organisation.")


def before_the_mayor(steps: Steps) -> None:
	steps.start()
	steps.decide(
		"Economic and Workforce",
		"Clear with Conditions",
		"Good for the corridor downtown.",
		"The business districts are heard before rules are compared in public.",
	)
	steps.clear_stage()


def before_the_council(steps: Steps) -> None:
	steps.start()
	steps.clear_stage()
	steps.decide("Mayor", "Clear", "A fitting follow-up of the Games.")


def ready_to_sign(steps: Steps) -> None:
	steps.start()
	steps.decide(
		"Finance",
		"Clear with Conditions",
		"Affordable.",
		"The airports' department confirms the amount in writing.",
	)
	steps.record(
		"Los Angeles World Airports",
		"By letter of the acting head: cleared, and the amount is confirmed.",
		"Sample letter, invented. We clear the ground fleet agreement and confirm the amount.\n",
	)
	steps.clear_all()
	steps.confirm("Finance", "The acting head's letter confirms the amount.")


def in_force(steps: Steps) -> None:
	steps.start()
	steps.clear_all()
	steps.sign()


def suspended(steps: Steps) -> None:
	in_force(steps)
	steps.stand("Suspended", "The terminal is rebuilt; both ports agreed to pause until it opens again.")


def terminated(steps: Steps) -> None:
	in_force(steps)
	steps.stand("Terminated", "Both cities chose to end it after the second tournament.")


def expired(steps: Steps) -> None:
	in_force(steps)
	steps.run_out("What it was made for has been done; neither side asked to renew it.")


def declined(steps: Steps) -> None:
	steps.start()
	steps.decide(
		"Emergency Management", "Clear", "Only with full road closures, which we cannot staff twice a year."
	)
	steps.clear_stage()
	steps.decide("Mayor", "Object", "Two street races a year cost residents more than they bring.")


def withdrawn(steps: Steps) -> None:
	steps.start()
	steps.decide("City Attorney")
	steps.withdraw("San Salvador has commissioned the study itself.")


JOURNEYS: dict[str, Callable[[Steps], None]] = {
	"drafted": drafted,
	"in_intake": in_intake,
	"partly_cleared": partly_cleared,
	"question_asked": question_asked,
	"overdue": overdue,
	"in_second_round": in_second_round,
	"before_the_mayor": before_the_mayor,
	"before_the_council": before_the_council,
	"ready_to_sign": ready_to_sign,
	"in_force": in_force,
	"suspended": suspended,
	"terminated": terminated,
	"expired": expired,
	# The one and its second edition: signing the second supersedes the first.
	"superseded_later": in_force,
	"successor": in_force,
	"declined": declined,
	"withdrawn": withdrawn,
	"confidential": lambda steps: steps.start(),
}


def load_journeys(load: Loader) -> None:
	known = load.known("MOU", "title")
	targets = set(frappe.get_all("SDG Target", pluck="name", limit_page_length=0))
	for row in load.rows("new_agreements.csv", "title"):
		if key(row["title"]) in known:
			load.report.there_already["MOU"] += 1
			continue
		name = load.attempt(row, row["title"], lambda row=row: _walk(load, row, known, targets))
		if name:
			known[key(row["title"])] = name


def _walk(load: Loader, row: Row, known: dict[tuple, str], targets: set[str]) -> str:
	if row["journey"] not in JOURNEYS:
		raise RowError(f"There is no journey {row['journey']}.")
	with acting_as(OFFICER):
		values = draft_of(load, row)
		values["sdg_targets"] = [{"sdg_target": t} for t in row.list_of("sdg_targets") if t in targets]
		if row["journey"] == "successor":
			values["supersedes"] = known.get(key(PREDECESSOR))
		name = load.insert(values)
	JOURNEYS[row["journey"]](Steps(name, load, wording_of(row)))
	return name


def draft_of(load: Loader, row: Row) -> dict[str, Any]:
	"""The agreement as its author first writes it."""
	days = row["needed_in_days"]
	confidential = row["confidential"] == "yes"
	return {
		"doctype": "MOU",
		"title": row["title"],
		"agreement_type": row["agreement_type"],
		"sponsor": OFFICER,
		"sponsor_department": load.department("Office of International Affairs"),
		"purpose": row["purpose"],
		"topics": [{"topic": load.topic(written)} for written in row.list_of("topics")],
		"needed_by": add_days(load.today, int(days)) if days else None,
		"parties": _parties(load, row),
		"departments": [
			{"department": load.department(name), "why_affected": "Carries out its share of the work."}
			for name in row.list_of("departments")
		],
		"financial_value": float(row["financial_value"] or 0),
		"currency": "USD" if row["financial_value"] else None,
		"no_funds_clause": int(not row["financial_value"]),
		"travel_or_gifts": int(row["travel_or_gifts"] == "yes"),
		"council_must_adopt": int(row["council_must_adopt"] == "yes"),
		"confidential": int(confidential),
		"readers": [{"user": CLERK}, {"user": MANAGER}] if confidential else [],
		"signatories": _signatories(row),
		"texts": text_rows(load, wording_of(row)),
		"source": row["source"],
	}


def _parties(load: Loader, row: Row) -> list[dict[str, str]]:
	parties = [load.partner(called) for called in (row["ours"], *row.list_of("counterpart"))]
	return [
		{"side": "Ours" if kind in OURS else "Counterpart", "party_type": kind, "party": name}
		for kind, name in parties
	]


def _signatories(row: Row) -> list[dict[str, str]]:
	"""Signatories by their seats: nobody real signs an invented text."""
	counterpart = row.list_of("counterpart")[0].removeprefix("City of ")
	chief = "Executive Director" if counterpart.startswith("Port") else "Mayor"
	return [
		{"side": "Ours", "signatory": f"{chief}, {row['ours']}"[:140], "capacity": chief},
		{"side": "Counterpart", "signatory": f"{chief}, {counterpart}"[:140], "capacity": chief},
	]
