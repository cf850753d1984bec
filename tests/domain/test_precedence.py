"""The order of precedence: article 16 by examples, and that it is an order whatever the corps looks like."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.protocol.corps import (
	Category,
	MissionType,
	Officer,
	Position,
	Rank,
	head_on,
	two_heads_at_once,
)
from city_diplomacy.domain.protocol.precedence import (
	ActingHeads,
	HonoraryHeads,
	Mission,
	SameDay,
	Step,
	Variations,
	order_of_precedence,
	why,
)

TODAY = date(2026, 6, 1)
CONVENTION = Variations()


def head(exequatur: str | None = "2024-03-01", rank: Rank = Rank.CONSUL_GENERAL, **more) -> Officer:
	given_dates = {
		key: date.fromisoformat(value)
		for key, value in more.items()
		if isinstance(value, str) and "-" in value
	}
	granted = date.fromisoformat(exequatur) if exequatur else None
	return Officer("A head", rank=rank, exequatur=granted, **{**more, **given_dates})


def mission(
	country: str, officer: Officer | None, kind: MissionType = MissionType.CONSULATE_GENERAL
) -> Mission:
	return Mission(country, f"Mission of {country}", kind, country, (officer,) if officer else ())


def order(
	*missions: Mission, variations: Variations = CONVENTION, day: date = TODAY
) -> list[tuple[str, Step | None]]:
	return [
		(place.standing.mission.key, place.after) for place in order_of_precedence(missions, day, variations)
	]


def test_heads_rank_in_each_class_by_the_date_of_the_exequatur():
	assert order(
		mission("Peru", head("2020-01-01", Rank.CONSUL)),
		mission("Chile", head("2024-01-01")),
		mission("Japan", head("2022-01-01")),
	) == [("Japan", None), ("Chile", Step.ADMISSION), ("Peru", Step.RANK)]


def test_provisional_admission_counts_where_it_came_before_the_exequatur():
	early = head("2024-06-01", provisional_admission="2023-12-01")
	late = head("2024-01-01", provisional_admission="2024-02-01")
	assert order(mission("Chile", late), mission("Japan", early)) == [
		("Japan", None),
		("Chile", Step.ADMISSION),
	]


def test_what_is_granted_later_than_the_day_does_not_count_yet():
	missions = mission("Japan", head("2026-07-01")), mission("Peru", head("2026-05-01"))
	assert order(*missions) == [("Peru", None), ("Japan", Step.ADMISSION)]
	provisional = mission("Japan", head("2026-07-01", provisional_admission="2026-04-01"))
	assert order(provisional, missions[1])[0][0] == "Japan"


def test_the_day_the_commission_was_presented_decides_between_heads_of_one_day():
	missions = (
		mission("Chile", head(commission_presented="2024-02-20")),
		mission("Japan", head(commission_presented="2024-02-10")),
	)
	assert order(*missions) == [("Japan", None), ("Chile", Step.COMMISSION)]
	by_alphabet = Variations(same_day=SameDay.ALPHABET)
	assert order(*missions, variations=by_alphabet) == [("Chile", None), ("Japan", Step.COUNTRY)]


def test_two_missions_of_one_country_differ_by_their_names():
	first, second = (
		Mission(key, f"Mission {key}", MissionType.CONSULATE_GENERAL, "Japan", (head(),)) for key in "ab"
	)
	assert order(second, first) == [("a", None), ("b", Step.NAME)]


def test_of_two_heads_of_one_name_it_does_not_count_who_was_entered_first():
	career, honorary = (Officer("A. Silva", category=category) for category in Category)
	assert head_on((career, honorary), TODAY) == head_on((honorary, career), TODAY) == career


def test_honorary_heads_rank_in_each_class_after_career_heads():
	honorary = mission(
		"Malta", head("2010-01-01", Rank.CONSUL, category=Category.HONORARY), MissionType.HONORARY
	)
	consul, vice = (
		mission("Chile", head("2024-01-01", Rank.CONSUL)),
		mission("Peru", head("2009-01-01", Rank.VICE_CONSUL)),
	)
	assert order(vice, honorary, consul) == [("Chile", None), ("Malta", Step.CATEGORY), ("Peru", Step.RANK)]
	after = Variations(honorary_heads=HonoraryHeads.AFTER_CAREER)
	assert order(vice, honorary, consul, variations=after) == [
		("Chile", None),
		("Peru", Step.RANK),
		("Malta", Step.CATEGORY),
	]


def test_acting_heads_rank_after_all_heads_by_the_day_they_took_over():
	acting = [
		mission(country, Officer("B", Position.ACTING_HEAD, rank, from_date=date.fromisoformat(since)))
		for country, rank, since in (
			("Chile", Rank.CONSUL_GENERAL, "2026-03-01"),
			("Peru", Rank.VICE_CONSUL, "2026-02-01"),
		)
	]
	last = mission("Malta", head("2025-01-01", Rank.CONSULAR_AGENT, category=Category.HONORARY))
	assert order(*acting, last) == [("Malta", None), ("Peru", Step.ACTING), ("Chile", Step.ADMISSION)]
	beside = Variations(acting_heads=ActingHeads.IN_THEIR_CLASS)
	assert [key for key, _step in order(*acting, last, variations=beside)] == ["Chile", "Peru", "Malta"]


def test_a_post_without_a_head_comes_after_acting_heads_and_representative_offices_last():
	acting = mission("Chile", Officer("B", Position.ACTING_HEAD, from_date=date(2026, 3, 1)))
	office = mission("Taiwan", head("1999-01-01"), MissionType.REPRESENTATIVE)
	assert order(office, mission("Peru", None), acting) == [
		("Chile", None),
		("Peru", Step.VACANCY),
		("Taiwan", Step.KIND),
	]


def test_heads_of_representative_offices_rank_by_when_they_came():
	first = mission("Taiwan", Officer("A", from_date=date(2020, 1, 1)), MissionType.REPRESENTATIVE)
	second = mission("Quebec", Officer("B", from_date=date(2019, 1, 1)), MissionType.REPRESENTATIVE)
	assert order(first, second) == [("Quebec", None), ("Taiwan", Step.ADMISSION)]


def test_the_dean_stands_first_and_embassies_before_posts_where_the_city_says_so():
	embassy = mission("Fiji", head("2025-01-01"), MissionType.EMBASSY_OFFICE)
	dean, old = mission("Canada", head("2024-01-01")), mission("Japan", head("2001-01-01"))
	assert order(embassy, dean, old) == [
		("Japan", None),
		("Canada", Step.ADMISSION),
		("Fiji", Step.ADMISSION),
	]
	chosen = Variations(dean="Canada", embassies_first=True)
	assert order(embassy, dean, old, variations=chosen) == [
		("Canada", None),
		("Fiji", Step.DEAN),
		("Japan", Step.KIND),
	]


def test_the_acting_head_stands_for_a_head_who_is_away_and_the_last_who_came_for_several():
	there = head(from_date="2024-01-01")
	acting = Officer("B", Position.ACTING_HEAD, from_date=date(2026, 5, 1), to_date=date(2026, 7, 1))
	assert head_on([there, acting], TODAY) == acting
	assert head_on([there, acting], date(2026, 8, 1)) == there
	assert head_on([Officer("C", Position.OFFICER)], TODAY) is None
	newer = Officer("A newer head", from_date=date(2026, 1, 1))
	assert head_on([there, newer], TODAY) == newer


@pytest.mark.parametrize(
	("until", "since", "overlap"),
	[
		(date(2026, 1, 1), date(2026, 1, 1), False),
		(date(2026, 1, 2), date(2026, 1, 1), True),
		(None, date(2030, 1, 1), True),
	],
)
def test_two_heads_at_once_are_found(until, since, overlap):
	first, second = Officer("A", to_date=until), Officer("B", from_date=since)
	assert bool(two_heads_at_once([second, first])) is overlap
	assert two_heads_at_once([first, Officer("C", Position.ACTING_HEAD)]) is None


days = st.none() | st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=10))
officers = st.builds(
	Officer,
	full_name=st.sampled_from("ABC"),
	position=st.sampled_from(Position),
	rank=st.none() | st.sampled_from(Rank),
	category=st.sampled_from(Category),
	provisional_admission=days,
	exequatur=days,
	commission_presented=days,
	from_date=days,
	to_date=days,
)
missions = st.builds(
	lambda name, kind, country, who: Mission(name, name, kind, country, tuple(who)),
	name=st.text("abc", min_size=1, max_size=3),
	kind=st.sampled_from(MissionType),
	country=st.sampled_from(("Chile", "Japan", "Peru")),
	who=st.lists(officers, max_size=3),
)
corps = st.lists(missions, max_size=8, unique_by=lambda one: one.name)
variations = st.builds(
	Variations,
	honorary_heads=st.sampled_from(HonoraryHeads),
	acting_heads=st.sampled_from(ActingHeads),
	same_day=st.sampled_from(SameDay),
	dean=st.none() | st.text("abc", min_size=1, max_size=3),
	embassies_first=st.booleans(),
)


@given(corps, variations, st.randoms())
def test_the_order_is_total_and_whoever_was_entered_first_does_not_count(missions, chosen, random):
	places = order_of_precedence(missions, TODAY, chosen)
	assert [place.number for place in places] == list(range(1, len(missions) + 1))
	assert {place.standing.mission.key for place in places} == {one.key for one in missions}
	shuffled = random.sample(missions, len(missions))
	shuffled = [
		Mission(
			one.key,
			one.name,
			one.mission_type,
			one.alphabet,
			tuple(random.sample(one.officers, len(one.officers))),
		)
		for one in shuffled
	]
	again = order_of_precedence(shuffled, TODAY, chosen)
	assert [place.standing.mission.key for place in again] == [place.standing.mission.key for place in places]


@given(corps, variations)
def test_every_pair_has_its_reason_and_the_reason_is_one_way(missions, chosen):
	standings = [place.standing for place in order_of_precedence(missions, TODAY, chosen)]
	for first, second in combinations(standings, 2):
		step = why(first, second)
		assert step is not None
		assert first.value(step) < second.value(step)
		assert why(second, first) == step


@given(corps, variations)
def test_adding_a_mission_moves_no_two_others_past_one_another(missions, chosen):
	def keys(some: list[Mission]) -> list[str]:
		return [place.standing.mission.key for place in order_of_precedence(some, TODAY, chosen)]

	for one in missions:
		without = [other for other in missions if other != one]
		assert keys(without) == [key for key in keys(missions) if key != one.key]


@given(corps, variations)
def test_representative_offices_come_after_all_others_but_the_dean(missions, chosen):
	places = [place.standing.mission for place in order_of_precedence(missions, TODAY, chosen)]
	kinds = [one.mission_type == MissionType.REPRESENTATIVE for one in places if one.key != chosen.dean]
	assert kinds == sorted(kinds)
