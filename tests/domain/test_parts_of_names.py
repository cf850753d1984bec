"""The parts of a name: its words in one language, a place behind it, its short form, and what it has in common with others."""

import pytest

from city_diplomacy.domain.names.acronyms import initials_of, stands_for
from city_diplomacy.domain.names.folding import fold
from city_diplomacy.domain.names.known import usual_name, usual_place
from city_diplomacy.domain.names.similarity import DEFAULT_THRESHOLD, forms_of, likely_duplicates, similarity
from city_diplomacy.domain.names.spelling import marks_of, spellings_of
from city_diplomacy.domain.names.stated import stated_names
from city_diplomacy.domain.names.words import common_form


@pytest.mark.parametrize(
	("folded", "in_one_language"),
	[
		pytest.param("londoner", "london", id="a place as an adjective"),
		pytest.param("pekinger", "beijing", id="a place by an earlier name as an adjective"),
		pytest.param("kunsts", "art", id="a genitive"),
		pytest.param("banks", "banks", id="a short word is no genitive"),
		pytest.param("bundesmuseum", "federal museum", id="a compound of a word with s"),
		pytest.param("bildungsministerium", "education ministry", id="a compound joined by s"),
		pytest.param("kulturbank", "bank culture", id="a compound whose second word has four letters"),
		pytest.param("artmuseum", "artmuseum", id="three letters are no first word of a compound"),
		pytest.param("kulturamt", "kulturamt", id="three letters are no second word of a compound"),
		pytest.param("raad", "council", id="a word that is searched for otherwise"),
		pytest.param("oslo kommune", "oslo", id="a municipality"),
		pytest.param("museum of bergen kommune", "bergen kommune museum", id="a body of a municipality"),
	],
)
def test_the_common_form(folded, in_one_language):
	assert common_form(folded) == in_one_language


@pytest.mark.parametrize(
	("name", "bare"),
	[
		("Portland, Oregon", "portland"),
		("Salem, Oregon, USA", "salem"),
		("San Luis Obispo, California, USA", "san luis obispo"),
		("Vancouver, British Columbia Canada", "vancouver"),
		("Santa Cruz de Tenerife, Spain", None),
		("Nome, North West Alaska Coast", None),
		("Ministry of Justice, Latvia", None),
		("Trade and Industry, Norway", None),
	],
)
def test_what_follows_a_comma_is_a_place_where_both_are_short(name, bare):
	assert forms_of(name) == {fold(name), bare or fold(name)}


@pytest.mark.parametrize(
	("folded", "usual", "place"),
	[
		("peking", "Beijing", "beijing"),
		("muenchen", "Munich", "munich"),
		# By the name alone: the sound of one is short, that of the other is that of two places.
		("rio", "Rio de Janeiro", None),
		("shaanxi", "Shaanxi", "shaanxi"),
		("jetro", "Japan External Trade Organization", None),
		("jettro", "Japan External Trade Organization", None),
		("kanazawa", None, None),
	],
)
def test_what_a_name_is_known_as_and_whether_that_is_a_place(folded, usual, place):
	assert (usual_name(folded), usual_place(folded)) == (usual, place)


def test_initials_are_those_of_all_words_and_of_those_that_count():
	assert initials_of("Los Angeles County Museum") == {"lacm", "acm"}
	assert initials_of("Co-operation Council of Ports") == {"cocop", "cocp", "ccop", "ccp"}


def test_a_well_known_short_form_stands_for_its_owner_alone():
	assert similarity("IOX", "International Ocean Xenon") >= DEFAULT_THRESHOLD
	assert similarity("IOM", "International Ocean Museum") < DEFAULT_THRESHOLD


def test_a_place_in_brackets_is_the_same_without_them():
	assert similarity("Birmingham (UK)", "Birmingham UK") == 100


@pytest.mark.parametrize(
	("short", "long", "is_short_form"),
	[
		("CRCP", "Co-operation Council of Ports", True),
		("CXCP", "Co-operation Council of Ports", False),
		("TC Los Angeles", "Technion Los Angeles", False),
		("Oslo", "Ocean Sound Lake Opera", False),
		("ABC", "ABC Bank Corporation", False),
		("ABC", "Alba Bank Corporation", True),
	],
)
def test_a_short_form_stands_for_two_words_at_least_with_hyphens_joined_or_not(short, long, is_short_form):
	assert stands_for(short, long) is is_short_form


def test_a_name_without_letters_has_no_form():
	assert forms_of("…") == set()


@pytest.mark.parametrize(
	("one", "other"),
	[
		("Springfield, Illinois", "Springfield (Illinois, United States)"),
		("Springfield (Central Illinois)", "Springfield (Illinois)"),
		("Springfield, Illinois", "Springfield, Ilinois"),
	],
)
def test_places_agree_where_one_says_more_or_is_spelt_almost_alike(one, other):
	assert similarity(one, other) == 100


def test_a_record_answers_with_the_likest_of_its_names_and_the_first_of_those():
	names = {"Mumbai": ["Mumbai", "Bombay", "BOMBAY"], "Pune": ["Pune"]}
	assert [(match.key, match.name) for match in likely_duplicates("Bombay", names)] == [("Mumbai", "Bombay")]
	assert [match.name for match in likely_duplicates("Oslo", {"Oslo": ["OSLO", "Oslo"]})] == ["OSLO"]


def test_a_record_as_like_as_is_asked_for_is_one_of_the_likely():
	names = {"Mumbai": ["Mumbai"]}
	(match,) = likely_duplicates("Mumbay", names, threshold=0)
	assert likely_duplicates("Mumbay", names, threshold=match.score) == [match]
	assert likely_duplicates("Mumbay", names, threshold=match.score + 0.01) == []


@pytest.mark.parametrize(
	("short", "is_short_form"),
	[("DAD", True), ("DEAD", True), ("DUEAD", True), ("DXAD", False), ("DXD", False)],
)
def test_letters_between_the_initials_are_from_inside_the_words(short, is_short_form):
	assert stands_for(short, "Deutsche Arbeit Dienst") is is_short_form


def test_a_comma_before_which_nothing_is_written_parts_nothing():
	assert similarity("–, Oslo", "Oslo, Norway") >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
	"name",
	[
		pytest.param("CEPAL - Chile", id="a country"),
		pytest.param("Neue Ruhr Spedition (NRW)", id="a state's short form, which begins like the name"),
		pytest.param("FU Berlin - Freie Universität Berlin", id="a short form with a city"),
	],
)
def test_what_is_not_the_short_form_of_the_other_part_is_not_another_name(name):
	assert stated_names(name) == (name,)


def test_a_short_form_of_two_words_is_another_name():
	written = "IHK - Industrie Handelskammer"
	assert stated_names(written) == (written, "IHK", "Industrie Handelskammer")


@pytest.mark.parametrize(
	("folded", "marks"),
	[
		("oslo", ["oslo", "known as Oslo", "sounds oslo", "consonants sl"]),
		("ube", ["ube", "consonants b"]),
		("ube port", ["portube", "sounds portube", "ubeport", "sounds ubeport"]),
		(
			"santiago de guayaquil",
			[
				"santiagodeguayaquil",
				"sounds santiagodeguaiakuil",
				"guayaquilsantiago",
				"sounds guaiakuilsantiago",
				"guayaquil",
			],
		),
	],
)
def test_what_two_names_that_are_alike_may_have_in_common(folded, marks):
	assert marks_of(folded) == set(marks)


def test_a_name_is_spelt_in_the_order_of_its_words_and_in_that_of_the_alphabet():
	assert spellings_of("ube port") == {"ube port", "port ube"}
