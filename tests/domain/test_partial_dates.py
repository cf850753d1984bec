from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.partial_dates import (
	PartialDate,
	PartialDateError,
	Precision,
	parse_partial_date,
)


@pytest.mark.parametrize(
	("text", "display", "earliest", "latest"),
	[
		("1959-04-01", "1 April 1959", date(1959, 4, 1), date(1959, 4, 1)),
		("1959-04", "April 1959", date(1959, 4, 1), date(1959, 4, 30)),
		("2024-02", "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
		("1959", "1959", date(1959, 1, 1), date(1959, 12, 31)),
		(" 1959-12 ", "December 1959", date(1959, 12, 1), date(1959, 12, 31)),
	],
)
def test_reads_what_is_known(text, display, earliest, latest):
	known = parse_partial_date(text)
	assert (known.display(), known.earliest, known.latest) == (display, earliest, latest)
	assert str(known) == text.strip()


@pytest.mark.parametrize("text", ["", "  ", None])
def test_nothing_is_no_date(text):
	assert parse_partial_date(text) is None


@pytest.mark.parametrize(
	"text",
	[
		"1959-4-1",
		"1959-13",
		"1959-02-30",
		"0000",
		"59",
		"April 1959",
		"1959-04-01T00:00",
		"1959-",
		"١٩٥٩",
		"x" * 999,
	],
)
def test_refuses_anything_else_in_a_sentence(text):
	with pytest.raises(PartialDateError, match=r"^\".*\" is not .*\.$") as refusal:
		parse_partial_date(text)
	assert len(str(refusal.value)) < 200


def test_sorts_the_vaguer_first():
	written = ["1959", "1959-01", "1959-01-01", "1959-04", "1959-04-01", "1960"]
	assert [str(one) for one in sorted(parse_partial_date(text) for text in reversed(written))] == written


def test_a_day_nobody_knows_is_not_kept():
	assert PartialDate(date(1959, 4, 15), Precision.MONTH) == parse_partial_date("1959-04")
	assert PartialDate(date(1959, 4, 15), "Year") == parse_partial_date("1959")


def test_a_precision_read_from_a_record_is_as_good_as_the_choice_itself():
	as_stored = PartialDate(date(1959, 4, 15), "Year")
	assert (as_stored.display(), as_stored.latest) == ("1959", date(1959, 12, 31))


@given(st.dates(), st.sampled_from(list(Precision)))
def test_is_read_back_as_it_is_written(value, precision):
	known = PartialDate(value, precision)
	assert parse_partial_date(str(known)) == known
	assert known.earliest <= value <= known.latest


partial = st.builds(
	PartialDate, st.dates(date(1958, 1, 1), date(1960, 12, 31)), st.sampled_from(list(Precision))
)


@given(partial, partial)
def test_any_two_are_in_one_order(one, other):
	assert (one < other) + (other < one) + (one == other) == 1
	if one.latest < other.earliest:
		assert one < other


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
	try:
		read = parse_partial_date(text)
	except PartialDateError:
		read = None
	assert read is None or str(read) == text.strip()
