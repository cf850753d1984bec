"""The keys by which the names that may be one are found among many: which kinds a name has, and that they stay."""

from collections import Counter
from hashlib import blake2b

import pytest

from city_diplomacy.domain.names.acronyms import shortened
from city_diplomacy.domain.names.keys import DRAWS, keys_to_ask, keys_to_store


def keys(written: str) -> set[str]:
	"""Keys, each by its kind and its text: "name:oslo sound:oslo"."""
	return {blake2b(key.encode(), digest_size=8).hexdigest() for key in written.split()}


# Names of fewer than ten letters, which draw nothing.
@pytest.mark.parametrize(
	("name", "kept"),
	[
		("Kanazawa", "name:kanazawa sound:kanazava consonants:knzv"),
		("Ube", "name:ube consonants:b"),
		("Lodz", "name:lodz sound:lodz consonants:ldz"),
		("Mumbai", "known:Mumbai name:mumbai sound:mumbai consonants:mb"),
		("Bombay", "known:Mumbai name:bombay name:mumbai sound:bombai sound:mumbai consonants:bmb"),
		("São Paulo", "name:saopaulo name:paulosao sound:saopaulo sound:paulosao"),
		("Bayer AG", "name:bayer sound:baier consonants:br"),
		("Oslo AG", "known:Oslo name:oslo sound:oslo consonants:sl"),
		("Stockholm", "name:stockholm sound:stokholm consonants:stkhlm"),
	],
)
def test_a_name_is_found_by_what_it_is_known_as_its_letters_its_sound_and_its_consonants(name, kept):
	assert keys_to_store([name]) == keys_to_ask(name) == keys(kept)


def test_a_name_of_ten_letters_draws_as_well():
	plain = keys("name:manchester sound:mankhester consonants:mnkhstr")
	drawn = keys_to_store(["Manchester"])
	assert plain < drawn
	assert len(drawn) == len(plain) + DRAWS
	assert (drawn - plain) & keys_to_ask("Manchestar")


@pytest.mark.parametrize(
	("name", "stored", "asked"),
	[
		("ETH", "short:eth", "long:eth"),
		("DAAD", "short:daad short:daa short:dad", "long:daad long:daa long:dad"),
		("Port of Los Angeles", "long:pola", "short:pola"),
		("UC San Diego", "short:uc short:ucsd long:usd", "long:uc long:ucsd short:usd"),
	],
)
def test_a_short_form_asks_for_the_long_names_it_may_stand_for_and_the_other_way_round(name, stored, asked):
	assert keys_to_store([name]) - keys_to_ask(name) == keys(stored)
	assert keys_to_ask(name) - keys_to_store([name]) == keys(asked)


@pytest.mark.parametrize(
	("acronym", "initials"),
	[
		("eth", "eth"),
		("icao", "icao ica ico iao"),
		("jetro", "jetro jetr jeto jero jtro jet jer jeo jtr jto jro"),
	],
)
def test_an_acronym_without_letters_from_inside_words_is_still_three_letters(acronym, initials):
	assert sorted(shortened(acronym)) == sorted(initials.split())


@pytest.mark.parametrize(
	("acronym", "by_length"),
	[("unesco", {6: 1, 5: 5, 4: 10}), ("sheltra", {7: 1, 6: 6, 5: 15, 4: 20})],
)
def test_two_letters_are_from_inside_words_or_three_of_seven(acronym, by_length):
	assert Counter(map(len, shortened(acronym))) == by_length


OF_EVERY_KIND = (
	"Mumbai",
	"Bombay",
	"Ube",
	"São Paulo",
	"Киров",
	"Nippon Koei Co., Ltd.",
	"Santiago de Guayaquil",
	"Business Finland (formerly Finpro)",
	"Co-operation Council of Ports",
	"UC San Diego",
	"JETRO",
	"Transport for London - TfL",
)


def test_the_keys_of_a_name_stay_those_that_sites_have_stored():
	"""Whoever changes a key also writes a patch that indexes every partner anew, as `compare_names_by_their_words` does.

	Without it, no partner entered before is found again. The digest is that of the keys, name by name.
	"""
	lines = (f"{name}: {' '.join(sorted(keys_to_store([name])))}\n" for name in OF_EVERY_KIND)
	assert blake2b("".join(lines).encode(), digest_size=8).hexdigest() == "390ed88abf524ee4"
