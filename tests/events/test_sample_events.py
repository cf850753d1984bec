"""How the sample city's events are read: days as far as they are known, sources kept, nothing made up for real ones."""

import pytest

from city_diplomacy.demo.events import _days
from city_diplomacy.demo.rows import DATA, Row, RowError, read_rows

FOUND = {row["name"]: row for row in read_rows(DATA / "events.csv")}


def row(**values) -> Row:
	given = {"start_date": "", "end_date": "", "date_text": "", "note": "", **values}
	return Row("events.csv", 2, given)


@pytest.mark.parametrize(
	("name", "starts_on", "precision"),
	[
		("Los Angeles-Auckland 50th anniversary reception", "2022-07-01", "Month"),
		("Ischia-Los Angeles tenth anniversary visit", "2016-01-01", "Year"),
		("Nisei Week Japanese Festival", "1934-01-01", "Year"),
		("Super Bowl LVI", "2022-02-13", None),
	],
)
def test_a_day_is_as_vague_as_its_source(name, starts_on, precision):
	days = _days(FOUND[name])
	assert (str(days["starts_on"]), days.get("date_precision")) == (starts_on, precision)


def test_an_event_of_no_known_year_is_reported():
	with pytest.raises(RowError, match="No day, month or year"):
		_days(row())


def test_the_real_events_have_neither_departments_nor_numbers_nor_legacy():
	assert len(FOUND) == 32
	assert not {"departments", "attendance", "legacy", "attended"} & set(FOUND["Super Bowl LVI"].values)
	assert all(one["source"] for one in FOUND.values())
