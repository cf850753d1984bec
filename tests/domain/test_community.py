"""When duties fall due and who is told, which numbers of groups are public, and what points to single people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.community import connections
from city_diplomacy.domain.community.duties import (
	MONTHS,
	Recurrence,
	Reminder,
	Reminders,
	next_due,
	reminder_due,
)
from city_diplomacy.domain.community.programmes import (
	SMALLEST_PUBLIC_GROUP,
	Group,
	Trace,
	exceeds,
	public_numbers,
	public_total,
	trace_of_people,
)

DUE = date(2027, 1, 31)


@pytest.mark.parametrize(
	("recurs", "again"),
	[
		(Recurrence.ONCE, None),
		(Recurrence.MONTHLY, date(2027, 2, 28)),
		(Recurrence.QUARTERLY, date(2027, 4, 30)),
		(Recurrence.HALF_YEARLY, date(2027, 7, 31)),
		(Recurrence.YEARLY, date(2028, 1, 31)),
		(Recurrence.EVERY_TWO_YEARS, date(2029, 1, 31)),
		(Recurrence.EVERY_THREE_YEARS, date(2030, 1, 31)),
	],
)
def test_a_duty_is_due_again(recurs, again):
	assert next_due(DUE, recurs, 31) == again


def test_a_short_month_does_not_move_the_days_after_it():
	february = next_due(DUE, Recurrence.MONTHLY, 31)
	assert next_due(february, Recurrence.MONTHLY, 31) == date(2027, 3, 31)


def test_nothing_is_due_after_the_last_year_a_record_can_speak_of():
	assert next_due(date(2999, 6, 1), Recurrence.YEARLY) is None


@given(st.dates(date(1990, 1, 1), date(2900, 1, 1)), st.sampled_from(sorted(MONTHS)))
def test_the_next_day_is_later_and_in_the_month_it_should_be(due, recurs):
	again = next_due(due, recurs, due.day)
	assert again > due
	assert (again.year - due.year) * 12 + again.month - due.month == MONTHS[recurs]


@pytest.mark.parametrize(
	("day", "told", "expected"),
	[
		(DUE - timedelta(days=31), Reminders(), None),
		(DUE - timedelta(days=30), Reminders(), Reminder.AHEAD),
		(DUE, Reminders(), Reminder.AHEAD),
		(DUE, Reminders(ahead=DUE), None),
		(DUE + timedelta(days=1), Reminders(ahead=DUE), Reminder.OVERDUE),
		(DUE + timedelta(days=1), Reminders(), Reminder.OVERDUE),
		(DUE + timedelta(days=99), Reminders(overdue=DUE), None),
		# Told of an earlier due day, not of this one
		(DUE, Reminders(ahead=DUE - timedelta(days=365)), Reminder.AHEAD),
	],
)
def test_somebody_is_told_once_ahead_and_once_after(day, told, expected):
	assert reminder_due(DUE, 30, day, told) == expected


def test_more_people_than_took_a_place_cannot_complete():
	assert exceeds(Group("Adults", taken=3, completed=4))
	assert not exceeds(Group("Adults", taken=4, completed=4))


def test_a_group_of_a_few_is_hidden_and_the_next_smallest_with_it():
	assert public_numbers([40, 3, 25]) == [40, None, None]
	assert public_numbers([40, 3, 4]) == [40, None, None]
	assert public_numbers([40, 3, 25], total_is_public=False) == [40, None, 25]


def test_an_empty_group_is_nobody_and_shown():
	assert public_numbers([0, 12]) == [0, 12]


@given(st.lists(st.integers(0, 60), max_size=7))
def test_no_hidden_number_follows_from_the_total(numbers):
	shown = public_numbers(numbers)
	hidden = [number for number, public in zip(numbers, shown, strict=True) if public is None]
	assert all(public is None or not 0 < public < SMALLEST_PUBLIC_GROUP for public in shown)
	small_alone = len(hidden) == 1 and public_total(numbers) is not None
	assert not small_alone or sum(numbers) == hidden[0]
	# Where one group is all there is, it is a few itself, and so is the total.
	assert not (small_alone and 0 < hidden[0] < SMALLEST_PUBLIC_GROUP)


@pytest.mark.parametrize(
	("words", "trace"),
	[
		("Write to ana.lopez@example.org", Trace.ADDRESS),
		("Call +1 (213) 555-0123 first", Trace.PHONE),
		("Maria, born 2011-04-05", Trace.BIRTH),
		("1. Ana Lopez\n2. Kim Minji\n3. Omar Said", Trace.NAMES),
		("Ana Lopez, Kim Minji, Omar Said", Trace.NAMES),
		("عمر سعيد؛ 3 weeks", None),
		("14 to 18 years", None),
		("Newcomers from Central America", None),
		("Met on 2027-05-04 at the Central Library", None),
		("Boyle Heights and East Hollywood", None),
		("", None),
	],
)
def test_lists_and_addresses_of_people_are_found(words, trace):
	assert trace_of_people(words) == trace


def test_for_the_name_of_a_group_two_names_are_a_list():
	assert trace_of_people("Ana Lopez; Kim Minji", fewest_names=2) is Trace.NAMES
	assert trace_of_people("Newcomers; adults", fewest_names=2) is None


COUNTS = {
	connections.Group.ORGANISATIONS: {"Japan": 4, "Kenya": 2, "Chile": 1},
	connections.Group.PARTNERS: {"Japan": 1, "France": 2},
	connections.Group.AGREEMENTS: {"Japan": 3},
	connections.Group.LEADS: {"Japan": 0, "Kenya": 1},
}


def test_countries_with_both_sides_come_first():
	assert [tie.country for tie in connections.ties(COUNTS)] == ["Japan", "Kenya", "France", "Chile"]


def test_each_country_says_what_it_lacks():
	gaps = {tie.country: tie.gap for tie in connections.ties(COUNTS)}
	assert gaps == {
		"Japan": connections.Gap.NO_LEAD,
		"Kenya": connections.Gap.NO_PARTNER,
		"Chile": connections.Gap.NO_PARTNER,
		"France": connections.Gap.NO_ORGANISATION,
	}


def test_what_may_not_be_known_is_neither_counted_nor_missing():
	ties = connections.ties({**COUNTS, connections.Group.LEADS: None})
	(japan,) = (tie for tie in ties if tie.country == "Japan")
	assert (japan.leads, japan.gap, japan.there) == (None, None, 4)


@given(st.lists(st.integers(0, 10**6), max_size=20))
def test_bars_keep_the_order_of_their_numbers_and_fit(numbers):
	lengths = connections.widths(numbers, 200)
	assert all(
		length <= 200 and bool(length) == bool(number)
		for length, number in zip(lengths, numbers, strict=True)
	)
	by_number = sorted(zip(numbers, lengths, strict=True))
	assert [length for _number, length in by_number] == sorted(lengths)
