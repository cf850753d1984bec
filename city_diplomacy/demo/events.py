"""International events: those found of Los Angeles, each with its source, and invented ones that show every phase."""

from datetime import date
from typing import Any

from frappe.utils import add_days, cint, escape_html

from city_diplomacy.demo.loader import MANAGER, Loader, acting_as, key
from city_diplomacy.demo.rows import Row, RowError
from city_diplomacy.domain.calendar.partial_dates import parse_partial_date
from city_diplomacy.domain.events.phases import Phase

EVENT = "International Event"
# How events.csv says how an event stands: its phase here.
PHASE_OF_STATUS = {"Past": Phase.HELD, "Scheduled": Phase.AWARDED, "Annual (August)": Phase.HELD}
# What an annual festival says of its first time: the year, as its note has it.
FOUNDED = "founded "


def load_events(load: Loader) -> None:
	with acting_as(MANAGER):
		known = load.known(EVENT, "event_name")
		agreements = load.known("MOU", "title")
		for row in load.rows("events.csv", "name"):
			_load(load, known, row, lambda row=row: _found(load, row, agreements))
		for row in load.rows("sample_events.csv", "name"):
			_load(load, known, row, lambda row=row: _invented(load, row))


def _load(load: Loader, known: dict[tuple, str], row: Row, values: Any) -> None:
	if key(row["name"]) in known:
		load.report.there_already[EVENT] += 1
	else:
		load.add(row, row["name"], values)


def _found(load: Loader, row: Row, agreements: dict[tuple, str]) -> dict[str, Any]:
	if row["status"] not in PHASE_OF_STATUS:
		raise RowError(f"How an event stands that is {row['status']} is not known.")
	agreement = agreements.get(key(row["agreement"])) if row["agreement"] else None
	return {
		"doctype": EVENT,
		"event_name": row["name"],
		"kind": row["kind"],
		"city_role": row["city_role"],
		"phase": PHASE_OF_STATUS[row["status"]],
		"venue": row["venue_or_city"],
		"held_in_country": load.country(row["held_in"], row["venue_or_city"]),
		"notes": f"<p>{escape_html(row['counterparts'])}</p>",
		"source": row.source_with_note(),
		"agreements": [{"agreement": agreement}] if agreement else [],
		**_days(row),
		**_organiser(load, row["organiser"]),
	}


def _days(row: Row) -> dict[str, Any]:
	"""The days as far as they are known. Raises RowError where not even a year is."""
	if row["start_date"]:
		return {"starts_on": row["start_date"], "ends_on": row["end_date"] or None}
	if FOUNDED in row["note"]:
		first = parse_partial_date(row["note"].split(FOUNDED)[1][:4])
		recurs = {"recurrence": row["date_text"]}
	else:
		first, recurs = parse_partial_date(row["date_text"]), {}
	if not first:
		raise RowError("No day, month or year of it is known.")
	return {"starts_on": first.value, "date_precision": str(first.precision), **recurs}


def _organiser(load: Loader, called: str) -> dict[str, Any]:
	"""A partner of the registers, or the name of somebody who is in none."""
	if not called:
		return {}
	if key(called) in load.partners:
		kind, name = load.partner(called)
		if kind in ("Partner City", "Partner Organisation", "City Network"):
			return {"organiser_type": kind, "organiser": name}
	return {"organiser_name": called}


def _invented(load: Loader, row: Row) -> dict[str, Any]:
	starts: date = add_days(load.today, int(row["starts_in_days"]))
	return {
		"doctype": EVENT,
		"event_name": row["name"],
		"kind": row["kind"],
		"phase": row["phase"],
		"organiser_name": row["organiser"],
		"starts_on": starts,
		"ends_on": add_days(starts, int(row["lasts_days"])),
		"decision_on": add_days(load.today, int(row["decision_in_days"])),
		"venue": row["venue"],
		"held_in_country": load.country("US", row["venue"]),
		"run_by_association": row["run_by_association"],
		"held_regularly": row["held_regularly"],
		"attended": cint(row["attended"]),
		"ended_reason": row["reason"],
		"source": row["source"],
		"department_roles": [
			{"department": load.department(department), "role": role}
			for department, role in (_parts(part) for part in row.list_of("departments"))
		],
		"attendance": [_attendance(load, part) for part in row.list_of("attendance")],
		"editions": [_edition(load, part) for part in row.list_of("editions")],
		"legacy": [_legacy(load, part) for part in row.list_of("legacy")],
	}


def _attendance(load: Loader, written: str) -> dict[str, Any]:
	"""As "JP:120/100": of Japan 120 are expected and 100 came."""
	iso2, numbers = _parts(written)
	expected, attended = numbers.split("/")
	return {"country": load.country(iso2, iso2), "expected": int(expected), "attended": int(attended)}


def _edition(load: Loader, written: str) -> dict[str, Any]:
	"""As "2022:NL:640": in 2022 in the Netherlands, with 640 participants."""
	year, iso2, participants = _parts(written)
	return {"year": int(year), "country": load.country(iso2, iso2), "participants": int(participants)}


def _legacy(load: Loader, written: str) -> dict[str, Any]:
	"""As "what stays: measured by: department: in so many days"."""
	what, measure, department, days = _parts(written)
	return {
		"what_stays": what,
		"measure": measure,
		"owner_department": load.department(department),
		"due": add_days(load.today, int(days)),
	}


def _parts(written: str) -> list[str]:
	return [part.strip() for part in written.split(":")]
