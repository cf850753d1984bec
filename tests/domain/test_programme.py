"""Who would be in two places at once, whatever the clocks say there."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.protocol.programme import Item, collisions, instant, on_days, outside

NEW_YORK, TOKYO = "America/New_York", "Asia/Tokyo"


def item(key: str, starts: str, ends: str, *people: str, zone: str = NEW_YORK) -> Item:
	return Item(
		key, key, datetime.fromisoformat(starts), datetime.fromisoformat(ends), zone, frozenset(people)
	)


def found(*items: Item) -> list[tuple[str, str, str]]:
	return [(one.person, one.first.key, one.second.key) for one in collisions(items)]


def test_two_items_at_once_are_named_for_whoever_is_in_both():
	tour = item("Tour", "2027-03-01T10:00", "2027-03-01T12:00", "ana", "jun")
	talks = item("Talks", "2027-03-01T11:00", "2027-03-01T13:00", "ana")
	assert found(talks, tour) == [("ana", "Tour", "Talks")]


def test_one_may_begin_as_the_other_ends():
	first = item("First", "2027-03-01T10:00", "2027-03-01T11:00", "ana")
	assert found(first, item("Second", "2027-03-01T11:00", "2027-03-01T12:00", "ana")) == []


def test_a_long_item_collides_with_each_within_it():
	day = item("Day", "2027-03-01T08:00", "2027-03-01T20:00", "ana")
	lunch = item("Lunch", "2027-03-01T12:00", "2027-03-01T13:00", "ana")
	dinner = item("Dinner", "2027-03-01T18:00", "2027-03-01T19:00", "ana")
	assert found(dinner, lunch, day) == [("ana", "Day", "Lunch"), ("ana", "Day", "Dinner")]


def test_hours_are_compared_across_time_zones():
	# 20:00 in New York is 10:00 of the next day in Tokyo, in winter.
	here = item("Call", "2027-03-01T20:00", "2027-03-01T21:00", "ana")
	assert found(here, item("There", "2027-03-02T10:30", "2027-03-02T11:30", "ana", zone=TOKYO)) == [
		("ana", "Call", "There")
	]
	assert found(here, item("There", "2027-03-01T20:30", "2027-03-01T21:30", "ana", zone=TOKYO)) == []


def test_the_hour_that_is_left_out_in_spring_is_no_time_to_be_somewhere():
	# Clocks in New York go from 02:00 to 03:00 on 14 March 2027.
	before, after = datetime(2027, 3, 14, 1, 0), datetime(2027, 3, 14, 3, 0)
	assert instant(after, NEW_YORK) - instant(before, NEW_YORK) == timedelta(hours=1)
	late = item("Late", "2027-03-14T01:00", "2027-03-14T03:30", "ana")
	assert found(late, item("Early", "2027-03-14T03:00", "2027-03-14T04:00", "ana")) == [
		("ana", "Late", "Early")
	]


def test_items_are_shown_on_the_day_they_begin_there():
	breakfast = item("Breakfast", "2027-03-02T08:00", "2027-03-02T09:00", zone=TOKYO)
	dinner = item("Dinner", "2027-03-01T19:00", "2027-03-01T21:00")
	assert [(day, [one.key for one in items]) for day, items in on_days([dinner, breakfast])] == [
		(date(2027, 3, 1), ["Dinner"]),
		(date(2027, 3, 2), ["Breakfast"]),
	]


def test_items_wholly_outside_the_visit_are_found():
	early = item("Early", "2027-02-28T10:00", "2027-02-28T11:00")
	night = item("Night", "2027-02-28T23:00", "2027-03-01T01:00")
	late = item("Late", "2027-03-05T10:00", "2027-03-05T11:00")
	left = outside([early, night, late], date(2027, 3, 1), date(2027, 3, 4))
	assert [one.key for one in left] == ["Early", "Late"]


@st.composite
def programmes(draw):
	starts = draw(st.lists(st.integers(0, 96), max_size=12))
	return [
		Item(
			str(place),
			str(place),
			moment := datetime(2027, 3, 13) + timedelta(minutes=30 * start),
			moment + timedelta(minutes=30 * draw(st.integers(1, 8))),
			draw(st.sampled_from([NEW_YORK, TOKYO, "Europe/Berlin"])),
			frozenset(draw(st.sets(st.sampled_from("abc")))),
		)
		for place, start in enumerate(starts)
	]


@given(programmes(), st.randoms())
def test_what_collides_is_what_overlaps_pair_by_pair_in_any_order(items, random):
	def overlaps(one: Item, other: Item) -> bool:
		return instant(one.starts, one.zone) < instant(other.ends, other.zone) and instant(
			other.starts, other.zone
		) < instant(one.ends, one.zone)

	expected = {
		(person, frozenset((one.key, other.key)))
		for place, one in enumerate(items)
		for other in items[place + 1 :]
		for person in one.people & other.people
		if overlaps(one, other)
	}
	shuffled = list(items)
	random.shuffle(shuffled)
	assert collisions(shuffled) == collisions(items)
	assert {(one.person, frozenset((one.first.key, one.second.key))) for one in collisions(items)} == expected
