"""Blocks and their bound lose no candidate: of names of common words, with words written together or apart."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from city_diplomacy.domain.trade.screening.blocks import Asked, Blocks, all_pairs, keys_to_ask, keys_to_store
from city_diplomacy.domain.trade.screening.reach import Reach
from city_diplomacy.domain.trade.screening.score import Party, compare_names
from city_diplomacy.domain.trade.screening.words import read

COMMON = (
	"marine",
	"trading",
	"general",
	"industrial",
	"group",
	"services",
	"international",
	"steel",
	"lines",
	"bank",
)
OWN = (
	"novatek",
	"novatec",
	"kala",
	"sberbank",
	"aero",
	"caribbean",
	"kowalski",
	"kovalski",
	"iran",
	"canada",
	"kanada",
)
ODD = ("2024", "20", "24", "x")

words = st.one_of(
	st.lists(st.sampled_from(COMMON + OWN), min_size=2, max_size=6),
	st.lists(st.sampled_from(COMMON), min_size=2, max_size=6),
	st.lists(st.sampled_from(COMMON + OWN + ODD), min_size=1, max_size=6),
)


@st.composite
def two_spellings(draw) -> tuple[str, str]:
	"""A name, and the same with two words joined, one parted, one of them in addition or left out."""
	first = draw(words)
	other = list(first)
	for change in draw(
		st.lists(st.sampled_from(("join", "part", "leave out", "add")), min_size=1, max_size=3)
	):
		place = draw(st.integers(0, len(other) - 1))
		if change == "join":
			other[place : place + 2] = ["".join(other[place : place + 2])]
		elif change == "part" and len(other[place]) > 3:
			cut = draw(st.integers(1, len(other[place]) - 1))
			other[place : place + 1] = [other[place][:cut], other[place][cut:]]
		elif change == "leave out" and len(other) > 1:
			del other[place]
		elif change == "add":
			other.insert(place, draw(st.sampled_from(COMMON + OWN)))
	return " ".join(first), " ".join(other)


@settings(max_examples=600)
@given(two_spellings())
# Two common words of ours are a word of their own, which weighs more.
@example(
	(
		"Marine Trading General Industrial Group Services Iran",
		"Marinetrading General Industrial Group Services",
	)
)
# Two words of ours are a common one, which weighs less.
@example(("Novatek Stee L Sovkom", "Novatek Steel Svkom"))
@example(("Naft Inter Kuba Ba Nk Trade Port", "Naft Inter Bank Trade Port"))
# A word of theirs weighs more than the one of ours of the same sound.
@example(("Peru Novatek Kowalski Hassan", "Perru Novatek Kowalski"))
# A word is like one that is parted in their name, and written together with another in ours.
@example(("Kowalski Hassan Kowalska", "Kowalskihassan Kowal Ski Trading"))
@example(("20 24 Novatek Iran", "2024 Novatek"))
def test_names_of_common_words_are_found_however_they_are_joined(names):
	for ours, listed in (names, names[::-1]):
		party, entries = Party((ours,)), {"1": Party((listed,))}
		assert Blocks(entries).candidates(party) == all_pairs(party, entries)


@given(two_spellings(), st.sampled_from((40.0, 60.0, 95.0)))
def test_they_are_found_whatever_the_threshold_is(names, threshold):
	party, entries = Party((names[0],)), {"1": Party((names[1],))}
	assert Blocks(entries).candidates(party, threshold) == all_pairs(party, entries, threshold)


@settings(max_examples=400)
@given(two_spellings())
@example(("Sovkomflot Steel", "Sovcomflot Lines"))
@example(("Kowalski Steel", "Kowelska Lines"))
@example(("Sberbank Steel", "Sperbank Lines"))
@example(("Sberbank Steel", "Sberbant Lines"))
@example(("Sberbank Steel", "Sberbanks Lines"))
@example(("Aero Caribbean", "Aerocaribbean Lines"))
@example(("Aerocaribbean", "Aero Caribbean Lines"))
@example(("General Bank", "Bank General"))
@example(("Steel Lines", "Steellines"))
def test_two_names_that_agree_at_all_share_a_key(names):
	for one, other in (names, names[::-1]):
		ours, listed = read(one), read(other)
		if compare_names(ours, listed):
			assert set(keys_to_ask(ours)) & keys_to_store([other])


@given(st.text(max_size=60))
def test_whatever_is_written_is_found_by_the_same_words(text):
	reading = read(text)
	assert not reading.words or set(keys_to_ask(reading)) & keys_to_store([text])


def test_an_entry_that_cannot_reach_the_threshold_is_not_compared():
	asked = Asked(Party(("Mohammed Kowalski",)))
	found_under = {key: ["half"] for key in keys_to_store(["MOHAMMED HASSAN"])}
	assert asked.worth_comparing(found_under) == []
	for key in keys_to_store(["MOHAMMED KOWALSKI"]):
		found_under.setdefault(key, []).append("whole")
	assert asked.worth_comparing(found_under) == ["whole"]


@pytest.mark.parametrize(
	("ours", "places", "reached"),
	[
		("Marine Trading General Services Iran", set(), False),
		("Marine Trading General Services Iran", {4}, True),
		("Novatek Kala Naft Kowalski", {0, 1, 2}, True),
		("Novatek Kala Naft Kowalski", {0, 1}, False),
		("Novatek Hassan Caribbean", {1, 2}, False),
		# "National" is common, and so no key says that our two words are that one of theirs.
		("Novatek Nati Onal", {0}, True),
		("Novatek Nati Kala", {0}, False),
	],
)
def test_what_a_name_can_reach_by_the_words_that_agree(ours, places, reached):
	assert Reach(read(ours)).is_reached(places) == reached


def test_the_bound_is_exact_for_words_that_agree_as_they_are():
	ours, listed = "Novatek Kala Naft Kowalski Hassan", "Novatek Kala Naft Kowalski"
	score = compare_names(read(ours), read(listed))
	assert Reach(read(ours), score).is_reached({0, 1, 2, 3})
	assert not Reach(read(ours), score + 0.1).is_reached({0, 1, 2, 3})
