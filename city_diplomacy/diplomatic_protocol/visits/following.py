"""What follows a visit once it is stored: its To Dos, its Event, and, where it is cancelled, whoever was asked."""

from typing import Any

from city_diplomacy.diplomatic_protocol.visits import calling_off, checklist, events


def follow(visit: Any) -> None:
	checklist.keep_todos_in_step(visit)
	events.follow_days(visit)
	calling_off.end_what_hangs_on_it(visit)
