"""When somebody who owes us something is asked about it."""

from datetime import date

import pytest

from city_diplomacy.domain.partnerships.commitments import day_to_ask


@pytest.mark.parametrize(
	("due", "asked"),
	[
		(date(2026, 6, 30), date(2026, 6, 16)),
		(date(2026, 6, 10), date(2026, 6, 1)),
		(date(2026, 6, 1), date(2026, 6, 1)),
		(date(2026, 5, 20), date(2026, 5, 20)),
	],
	ids=["two weeks before", "less than two weeks ahead", "due today", "late already"],
)
def test_they_are_asked_two_weeks_before_it_is_due(due, asked):
	assert day_to_ask(due, date(2026, 6, 1)) == asked
