"""Which steps a visit has, and when they are due."""

from datetime import date

import pytest

from city_diplomacy.domain.protocol.checklist import Step, due_on, steps_of

STEPS = [
	Step("Thank", 5),
	Step("Gifts", -10, "Official"),
	Step("Travel", -30, "", "Outbound"),
	Step("Brief", -1),
	Step("Film", -7, "Media", "Inbound"),
]


@pytest.mark.parametrize(
	("kind", "direction", "names"),
	[
		("Official", "Inbound", ["Gifts", "Brief", "Thank"]),
		("Official", "Outbound", ["Travel", "Gifts", "Brief", "Thank"]),
		("Media", "Inbound", ["Film", "Brief", "Thank"]),
		("Media", "Outbound", ["Travel", "Brief", "Thank"]),
	],
)
def test_a_visit_has_the_steps_of_its_kind_and_direction_as_they_are_due(kind, direction, names):
	assert [step.name for step in steps_of(kind, direction, STEPS)] == names


@pytest.mark.parametrize(
	("days", "due"),
	[(-14, date(2027, 2, 15)), (0, date(2027, 3, 1)), (5, date(2027, 3, 6)), (-60, date(2027, 2, 1))],
)
def test_a_step_is_due_by_the_day_of_arrival_and_never_in_the_past(days, due):
	assert due_on(date(2027, 3, 1), days, date(2027, 2, 1)) == due
