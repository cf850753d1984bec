"""One agreement from its first draft to its signature, told as it happens; what `make demo` shows.

Each step is taken by the person it is for, through the same functions as from a page.
"""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate, get_fullname

from city_diplomacy.demo.city import SampleCityError, load_city, require_administrator, without_letters
from city_diplomacy.demo.loader import MANAGER, OFFICER, Loader, acting_as
from city_diplomacy.demo.people import is_staffed
from city_diplomacy.demo.steps import Steps, person_in
from city_diplomacy.demo.texts import Wording, text_rows
from city_diplomacy.partnership_approvals import api

Echo = Callable[[str], None]

TITLE = "Coastal Resilience Exchange with Busan"
SEAT_WITH_A_QUESTION = "Emergency Management"
QUESTION = "Who pays if our engineers are called home during an emergency?"
ANSWER = "Each city pays for its own people; the text says so now."
ADDED = "Engineers who are called home in an emergency travel at their own city's expense."
# seat: decision, remarks, conditions
SAID = {
	"City Attorney": ("Clear", "Not binding, no funds obligated, signing authority is the mayor's.", None),
	"Finance": ("Clear with Conditions", "Travel fits the budget.", "No travel before the new fiscal year."),
	"Emergency Management": ("Clear", "With that answer, gladly.", None),
	"Mayor": ("Clear", "Approved.", None),
	"City Council": ("Clear", "Adopted by the council; the vote is in the clerk's file.", None),
}


def run(echo: Echo = print) -> str:
	"""Load the sample city where it is not loaded yet, then walk; answers the agreement's name."""
	load_city().tell(echo)
	return walk(echo)


def walk(echo: Echo = print) -> str:
	"""Walk a fresh agreement and verify its ledger; answers its name.

	Raises SampleCityError without the sample city. It joins the sample city, to be removed with it.
	"""
	require_administrator()
	if not is_staffed():
		frappe.throw(_("Load the sample city first: city_diplomacy.demo.load."), SampleCityError)
	load = Loader()
	with without_letters():
		steps = _draft(load, echo)
		_tell_plan(steps.agreement, echo)
		_start(steps, echo)
		while steps.open_seats():
			_take_stage(steps, echo)
		_sign(steps, echo)
		_tell_ledger(steps.agreement, echo)
	load.book.write()
	return steps.agreement


def _draft(load: Loader, echo: Echo) -> Steps:
	before = frappe.db.count("MOU", {"title": ["like", f"{TITLE}%"]})
	title = f"{TITLE}, {before + 1}" if before else TITLE
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	departments = frappe.get_all(
		"Department",
		filters={
			"company": settings.company,
			"department_name": ["in", [SEAT_WITH_A_QUESTION, "Los Angeles World Airports"]],
		},
		pluck="name",
	)
	wording = Wording(
		title=title,
		purpose="Engineers of both cities work together for two weeks a year on sea walls and warnings.",
		ours=settings.company,
		counterpart="City of Busan",
		travel=True,
	)
	with acting_as(OFFICER):
		name = load.insert(
			{
				"doctype": "MOU",
				"title": wording.title,
				"agreement_type": "Memorandum of Understanding",
				"sponsor": MANAGER,
				"purpose": wording.purpose,
				"texts": text_rows(load, wording),
				"travel_or_gifts": 1,
				"council_must_adopt": 1,
				"parties": [
					{"side": "Ours", "party_type": "Company", "party": settings.company},
					{
						"side": "Counterpart",
						"party_type": "Partner City",
						"party": frappe.db.get_value("Partner City", {"city_name": "Busan"}, "name"),
					},
				],
				"departments": [
					{"department": department, "why_affected": "Its engineers travel."}
					for department in departments
				],
				"source": "Sample, invented.",
			}
		)
	echo(f"\n{_name(OFFICER)} drafts {name}: {title}.")
	return Steps(name, load, wording)


def _tell_plan(agreement: str, echo: Echo) -> None:
	with acting_as(OFFICER):
		plan = api.preview("MOU", agreement)
	echo(f"Who will be asked under the policy {plan['policy']}:")
	for stage in plan["stages"]:
		echo(f"  {stage['number']}. {stage['state']}")
		for seat in stage["seats"]:
			who = seat["holder_name"] or f"anybody with the role {seat['role']}"
			echo(f"     {seat['seat']}: {who}, by {formatdate(seat['due'])}. {seat['why']}")


def _start(steps: Steps, echo: Echo) -> None:
	steps.start()
	echo(f"\n{_name(OFFICER)} submits it, completes the intake checklist and starts clearance.")


def _take_stage(steps: Steps, echo: Echo) -> None:
	"""Everybody who is asked now finds the question in their inbox and answers."""
	asked = steps.open_seats()
	echo(f"\n{asked[0].workflow_state}: {len(asked)} asked at the same time")
	for question in asked:
		person = person_in(question)
		with acting_as(person):
			found = next(row for row in api.inbox() if row["clearance"] == question.name)
		echo(
			f"  {_name(person)}, for {question.seat}, is asked by {formatdate(found['due'])}: {found['why']}"
		)
		_tell_redline(question, person, echo)
		if question.seat == SEAT_WITH_A_QUESTION:
			_ask_first(steps, person, echo)
		decision, remarks, conditions = _said(question.seat)
		steps.decide(question.seat, decision, remarks, conditions)
		words = " ".join(part for part in (remarks, conditions and f"Condition: {conditions}") if part)
		echo(f"    {decision}. {words}".rstrip())
	echo(f"  It is now in: {frappe.db.get_value('MOU', steps.agreement, 'workflow_state')}")


def _ask_first(steps: Steps, person: str, echo: Echo) -> None:
	steps.ask(SEAT_WITH_A_QUESTION, QUESTION)
	echo(f"    asks {_name(OFFICER)}: {QUESTION}")
	steps.answer(SEAT_WITH_A_QUESTION, ANSWER)
	echo(f"    {_name(MANAGER)} answers: {ANSWER}")
	steps.write_version(2, en=ADDED)
	echo(
		f"    {_name(OFFICER)} puts version 2 of the text on file; whoever cleared version 1 is asked again."
	)


def _tell_redline(question: Any, person: str, echo: Echo) -> None:
	"""What somebody who is asked again finds changed since they cleared it."""
	with acting_as(person):
		found = api.changes_since_cleared(question.name)
	if not found["cleared"]:
		return
	for change in found["changes"]:
		added = "".join(part["text"] for part in change["stretches"] if part["kind"] == "added").strip()
		echo(f"    Changed since they cleared it, {change['label']}: + {added}")


def _said(seat: str) -> tuple[str, str | None, str | None]:
	return next((said for start, said in SAID.items() if seat.startswith(start)), ("Clear", None, None))


def _sign(steps: Steps, echo: Echo) -> None:
	steps.confirm("Finance", "The travel plan begins in July.")
	echo(f"\nFinance says that its condition is met, and {_name(MANAGER)} records the signature.")
	steps.sign()
	doc = frappe.get_doc("MOU", steps.agreement)
	echo(f"It is {doc.workflow_state}, in force until {formatdate(doc.expiry_date) or 'further notice'}.")


def _tell_ledger(agreement: str, echo: Echo) -> None:
	with acting_as(MANAGER):
		ledger: dict[str, Any] = api.view("MOU", agreement)["ledger"]
	echo("\nThe ledger:")
	for entry in ledger["entries"]:
		said = ": ".join(part for part in (entry["seat"], entry["decision"]) if part)
		echo(
			f"  {entry['sequence']:>2}  {entry['entry_hash'][:12]}  {entry['event']}, {entry['actor_name']}"
			+ (f" ({said})" if said else "")
		)
	if ledger["intact"]:
		echo(f"Verified: {ledger['checked']} entries, all as they were written.")
	else:
		problems = "; ".join(finding["problem"] for finding in ledger["findings"])
		frappe.throw(_("The ledger of {0} does not verify: {1}").format(agreement, problems), SampleCityError)


def _name(user: str) -> str:
	return get_fullname(user)
