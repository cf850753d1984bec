"""Times of day as people type them and as databases answer them."""

from datetime import time, timedelta

import pytest

from city_diplomacy.registers.record_times import time_of


@pytest.mark.parametrize(
	("written", "read"),
	[
		("18:30", time(18, 30)),
		("9:05:10", time(9, 5, 10)),
		("00:00:00.000000", time(0, 0)),
		(timedelta(hours=18, minutes=30), time(18, 30)),
		(time(18, 30), time(18, 30)),
		("24:00", None),
		(timedelta(hours=24), None),
		(timedelta(hours=-1), None),
		("6 pm", None),
		("", None),
	],
)
def test_a_time_of_day_is_read(written, read):
	assert time_of(written) == read
