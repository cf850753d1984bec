"""A reception for the consular corps: guests named by their seat, most of whom have answered, seated at six tables."""

from typing import Any

from frappe.utils import add_days

from city_diplomacy.demo.loader import DOMAIN, Loader, acting_as, key
from city_diplomacy.demo.rows import Row, RowError
from city_diplomacy.diplomatic_protocol.guests.seating import plan_seating
from city_diplomacy.domain.protocol.guests import ListStatus
from city_diplomacy.domain.protocol.seating.model import Shape

CHIEF = f"protocol.chief@{DOMAIN}"
LIST, GUEST, MISSION = "Guest List", "Invited Guest", "Consular Mission"
RECEPTION = "Sample Reception for the Consular Corps"
FILE = "sample_guests.csv"
DAYS_AHEAD, DAYS_TO_ANSWER = 30, 20
TABLES = (("Head table", Shape.LONG, 12), *((f"Table {number}", Shape.ROUND, 10) for number in range(2, 7)))
COLUMNS = (
	"guest_name",
	"side",
	"precedence_class",
	"place_in_class",
	"organisation",
	"job_title",
	"is_host",
	"diet",
	"rsvp",
)


def load_guests(load: Loader) -> None:
	with acting_as(CHIEF):
		if key(RECEPTION) in load.known(LIST, "list_title"):
			load.report.there_already[LIST] += 1
			return
		rows = list(load.rows(FILE, "guest_name"))
		if not rows:
			return
		held = load.attempt(rows[0], RECEPTION, lambda: load.insert(_reception(load)))
		if not held:
			return
		missions, guests = load.known(MISSION, "mission_name"), {}
		for row in rows:
			name = load.add(row, row["guest_name"], lambda row=row: _guest(row, held, missions, guests))
			if name:
				guests[row["guest_name"]] = name
		load.attempt(rows[0], RECEPTION, lambda: plan_seating(held))


def _reception(load: Loader) -> dict[str, Any]:
	return {
		"doctype": LIST,
		"list_title": RECEPTION,
		"event_date": add_days(load.today, DAYS_AHEAD),
		"answer_by": add_days(load.today, DAYS_TO_ANSWER),
		"starts_at": "18:30:00",
		"place": "City Hall, Tom Bradley Tower",
		"host_name": "The Mayor of Los Angeles",
		"status": ListStatus.INVITING,
		"tables": [{"table_label": label, "shape": shape, "seats": seats} for label, shape, seats in TABLES],
	}


def _guest(row: Row, held: str, missions: dict[tuple, str], guests: dict[str, str]) -> dict[str, Any]:
	for column in ("accompanies", "interprets_for"):
		if row[column] and row[column] not in guests:
			raise RowError(f"{row[column]} is not on the list.")
	return {
		"doctype": GUEST,
		"guest_list": held,
		**{column: row[column] for column in COLUMNS},
		"consular_mission": missions.get(key(row["mission"])),
		"accompanies": guests.get(row["accompanies"]),
		"interprets_for": guests.get(row["interprets_for"]),
	}
