"""Invented programmes of the sample city, and what invented committees owe; so named that nobody takes them for real."""

from typing import Any

from frappe.utils import add_days, cint

from city_diplomacy.demo.loader import MANAGER, Loader, acting_as, key
from city_diplomacy.demo.registers import COMMUNITY_OFFICER
from city_diplomacy.demo.rows import Row
from city_diplomacy.diaspora_relations import duties

PROGRAMME, DUTY, COMMITTEE = "Community Programme", duties.DUTY, "Partner Organisation"


def load_community(load: Loader) -> None:
	with acting_as(COMMUNITY_OFFICER):
		known = load.known(PROGRAMME, "programme_name")
		for row in load.rows("programmes.csv", "name"):
			if key(row["name"]) in known:
				load.report.there_already[PROGRAMME] += 1
			else:
				load.add(row, row["name"], lambda row=row: _programme(load, row))
	_load_duties(load)


def _programme(load: Loader, row: Row) -> dict[str, Any]:
	partners = [load.partner(called) for called in row.list_of("partners")]
	return {
		"doctype": PROGRAMME,
		"programme_name": row["name"],
		"kind": row["kind"],
		"status": row["status"],
		"department": load.department(row["department"]),
		"starts_on": add_days(load.today, int(row["starts_in_days"])),
		"ends_on": add_days(load.today, int(row["ends_in_days"])),
		"description": f"{row['description']} ({row['source']})",
		"is_public": cint(row["is_public"]),
		"partners": [{"partner_type": kind, "partner": name} for kind, name in partners],
		"groups": [_group(part) for part in row.list_of("groups")],
		"sessions": [_session(load, part) for part in row.list_of("sessions")],
	}


def _group(written: str) -> dict[str, Any]:
	"""As "Adults:40/37/30": 40 places, 37 taken, 30 people completed it."""
	name, numbers = written.split(":")
	offered, taken, completed = (int(number) for number in numbers.split("/"))
	return {
		"group_name": name,
		"places_offered": offered,
		"places_taken": taken,
		"completed": completed,
	}


def _session(load: Loader, written: str) -> dict[str, Any]:
	"""As "Opening@-40@Grand Park@2000": forty days ago, with 2,000 places."""
	subject, days, place, places = written.split("@")
	return {
		"subject": subject,
		"held_on": add_days(load.today, int(days)),
		"place": place,
		"offered_places": int(places),
	}


def _load_duties(load: Loader) -> None:
	known = load.known(DUTY, "duty")
	committees = load.known(COMMITTEE, "organisation_name")
	for row in load.rows("committee_duties.csv", "duty"):
		if key(row["duty"]) in known:
			load.report.there_already[DUTY] += 1
		else:
			load.attempt(row, row["duty"], lambda row=row: _add_duty(load, row, committees))


def _add_duty(load: Loader, row: Row, committees: dict[tuple, str]) -> None:
	if row["owed_by"] == "Organisation":
		owes = {"organisation_type": COMMITTEE, "organisation": _committee(load, row, committees)}
	else:
		owes = {"department": load.department(row["who"])}
	city = row["partner_city"]
	with acting_as(COMMUNITY_OFFICER):
		name = load.insert(
			{
				"doctype": DUTY,
				"duty": row["duty"],
				"kind": row["kind"],
				"minimum_members": cint(row["minimum_members"]),
				"partner_city": load.partner(city)[1] if city else None,
				"owed_by": row["owed_by"],
				"due_date": add_days(load.today, int(row["due_in_days"])),
				"recurs": row["recurs"],
				"basis": f"{row['basis']} ({row['source']})",
				**owes,
			}
		)
		if row["done"]:
			duties.complete(name, row["done"], "", "", 0)


def _committee(load: Loader, row: Row, committees: dict[tuple, str]) -> str:
	"""The committee of a row; made by who keeps the register of organisations, when it is first named."""
	if key(row["who"]) not in committees:
		with acting_as(MANAGER):
			committees[key(row["who"])] = load.insert(
				{
					"doctype": COMMITTEE,
					"organisation_name": row["who"],
					"kind": "Non-profit",
					"source": row["source"],
				}
			)
	return committees[key(row["who"])]
