"""What a person is shown of a seating: the drawing, each seat with who sits there and why, and what the plan breaks."""

import json
from typing import Any

from frappe import _

from city_diplomacy.diplomatic_protocol.guests.drawing import draw
from city_diplomacy.diplomatic_protocol.guests.seating import Seating
from city_diplomacy.domain.protocol.seating.faults import Fault
from city_diplomacy.domain.protocol.seating.model import Seat
from city_diplomacy.registers.sentences import in_words

# Places of stored sentences that hold a guest's key and show their name.
PEOPLE = ("first", "second", "other")


def view(seating: Seating) -> dict[str, Any]:
	"""The seating for the reader, in their language, as plain text; `svg` alone is markup."""
	held = {seat: key for key, seat in seating.seats.items()}
	return {
		"svg": draw(seating, is_interactive=True),
		"tables": [
			{
				"label": table.label,
				"seats": [
					_seat(seating, held.get(Seat(index, number)), number)
					for number in range(1, table.seats + 1)
				],
			}
			for index, table in enumerate(seating.tables)
		],
		"without_seat": [
			{"guest": row.name, "name": row.guest_name}
			for row in sorted(seating.rows.values(), key=lambda row: row.guest_name)
			if row.name not in seating.seats
		],
		"broken": [said(seating, fault) for fault in seating.faults],
	}


def _seat(seating: Seating, key: str | None, number: int) -> dict[str, Any]:
	if not key:
		return {"number": number, "guest": "", "name": "", "why": [], "fixed": 0}
	row = seating.rows[key]
	return {
		"number": number,
		"guest": key,
		"name": row.guest_name,
		"why": reasons_of(seating, key),
		"fixed": int(row.seat_fixed or 0),
	}


def reasons_of(seating: Seating, key: str) -> list[str]:
	"""Why a guest sits where they do, in the reader's language; names are those they have now."""
	return [_in_words(seating, line) for line in (seating.rows[key].seat_reason or "").split("\n") if line]


def _in_words(seating: Seating, line: str) -> str:
	values = json.loads(line)["values"]
	return in_words(line, **{place: _name(seating, key) for place, key in values.items() if place in PEOPLE})


def said(seating: Seating, fault: Fault) -> str:
	"""What is broken, for the reader."""
	reason = fault.reason
	return _(reason.sentence).format(**{place: _name(seating, key) for place, key in reason.people.items()})


def _name(seating: Seating, key: str) -> str:
	row = seating.rows.get(key)
	return row.guest_name if row else _("somebody who does not come")
