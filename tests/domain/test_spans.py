from datetime import date, datetime

import pytest

from city_diplomacy.domain.calendar.spans import ends_before_it_begins

FIRST, SECOND = date(2026, 10, 5), date(2026, 10, 6)


@pytest.mark.parametrize(
	("begins", "ends", "is_backwards"),
	[
		(SECOND, FIRST, True),
		(FIRST, SECOND, False),
		(FIRST, FIRST, False),
		(None, FIRST, False),
		(FIRST, None, False),
		(None, None, False),
		(datetime(2026, 10, 5, 10), datetime(2026, 10, 5, 9), True),
		(datetime(2026, 10, 5, 10), datetime(2026, 10, 5, 10), False),
	],
	ids=[
		"backwards",
		"in order",
		"one day",
		"no beginning",
		"no end",
		"always",
		"within a day",
		"one moment",
	],
)
def test_ends_before_it_begins(begins, ends, is_backwards):
	assert ends_before_it_begins(begins, ends) is is_backwards
