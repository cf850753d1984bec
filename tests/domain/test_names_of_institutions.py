"""Institutions under their short form, in another language, abbreviated, or with a former name given."""

import pytest

from city_diplomacy.domain.names.acronyms import acronym_of
from city_diplomacy.domain.names.folding import fold
from city_diplomacy.domain.names.keys import keys_to_ask, keys_to_store
from city_diplomacy.domain.names.similarity import DEFAULT_THRESHOLD, similarity
from city_diplomacy.domain.names.stated import stated_names
from city_diplomacy.domain.names.words import MOST_WORDS, common_form, name_words

SAME = {
	"short forms": [
		("UiO", "Universitetet i Oslo"),
		("AfDB", "African Development Bank"),
		("U.N.A.M.", "Universidad Nacional Autónoma de México"),
		("FU Berlin", "Freie Universität Berlin"),
		("TU Munich", "Technische Universität München"),
		("UNSW Sydney", "University of New South Wales Sydney"),
		("LACMA", "Los Angeles County Museum of Art"),
		("NYCEDC", "New York City Economic Development Corporation"),
	],
	"short forms the name gives": [
		("Comisión Económica para América Latina y el Caribe (CEPAL)", "CEPAL"),
		("ADEME - Agence de la transition écologique", "ADEME"),
		("Instituto Politécnico Nacional (IPN), Mexico", "Instituto Politécnico Nacional"),
	],
	"former names the name gives": [
		("Global Affairs Canada (formerly CIDA)", "CIDA"),
		("Business Sweden (ex-Exportrådet)", "Exportrådet"),
		("Swissnex, formerly Swiss House", "Swiss House"),
		("Invest Saxony (ehemals Wirtschaftsförderung Sachsen)", "Wirtschaftsförderung Sachsen"),
	],
	"languages": [
		("Universidad de Granada", "University of Granada"),
		("Universität Bremen", "Bremen University"),
		("Technische Universität Darmstadt", "Darmstadt University of Technology"),
		("Politecnico di Milano", "Polytechnic University of Milan"),
		("Ministère de l'Éducation", "Ministry of Education"),
		("Kamer van Koophandel Amsterdam", "Amsterdam Chamber of Commerce"),
		("Kulturministeriet", "Ministry of Culture"),
		("Österreichische Nationalbibliothek", "National Library of Austria"),
	],
	"countries as adjectives and titles": [
		("Peruvian Ministry of Culture", "Ministerio de Cultura del Perú"),
		("Generalkonsulat der Bundesrepublik Deutschland Mailand", "Consulate General of Germany in Milan"),
		("Danmarks Nationalbank", "National Bank of Denmark"),
		("Japanisches Generalkonsulat Düsseldorf", "Consulate General of Japan in Düsseldorf"),
		("Ministry of Justice, Latvia", "Latvian Ministry of Justice"),
		("Norwegian Embassy in Rome", "Royal Norwegian Embassy in Rome"),
		("Finanzministerium Nordrhein-Westfalen", "Ministry of Finance of North Rhine-Westphalia"),
		("Berliner Stadtwerke GmbH", "Berlin Stadtwerke"),
	],
	"kinds of municipality": [
		("Seoul Metropolitan Government", "Seoul"),
		("Stockholms stad", "Stockholm"),
		("Espoon kaupunki", "Espoo"),
		("Malmö stad", "Malmö"),
		("Câmara Municipal de Braga", "Braga"),
		("Ankara Büyükşehir Belediyesi", "Ankara"),
	],
	"abbreviations": [
		("Dept. of Public Works, Boston", "Boston Department of Public Works"),
		("Nat'l Inst. of Health", "National Institute of Health"),
	],
	"umlauts spelt out": [
		("Universitaet Innsbruck", "University of Innsbruck"),
		("Wuerzburg", "Würzburg"),
		("Oesterreichische Botschaft Prag", "Austrian Embassy in Prague"),
	],
	"a letter wrong in a short word": [("University of Bremen", "University of Bremin")],
	"articles before a vowel": [
		("L'Hospitalet de Llobregat", "Hospitalet de Llobregat"),
		("CNES", "Centre national d'études spatiales"),
	],
}
DIFFERENT = {
	"one more word": [
		("Universität Hamburg", "Technische Universität Hamburg"),
		("City University of Hong Kong", "University of Hong Kong"),
		("Seoul National University", "Seoul National University of Education"),
	],
	"another country": [
		("Austrian Embassy in Prague", "Australian Embassy in Prague"),
		("Embassy of Niger in Paris", "Embassy of Nigeria in Paris"),
		("Ministerio de Salud del Perú", "Ministry of Health of Ecuador"),
	],
	"the other way round": [("Embassy of Italy in Mexico", "Embassy of Mexico in Italy")],
	"another generic word": [
		("Ministry of Education", "Ministry of Energy"),
		("Royal Bank of Canada", "Bank of Canada"),
		("National Bank of Poland", "National Library of Poland"),
	],
	"an abbreviation, not initials": [("TU Wien", "Tierärztliche Universität Wien")],
	"another body's short form": [
		("IOM", "International Maritime Organization"),
		("HU Berlin", "Technische Universität Berlin"),
	],
}


def _pairs(by_class: dict[str, list[tuple[str, str]]]) -> list:
	return [
		pytest.param(*pair, id=f"{kind}: {pair[0]}") for kind, pairs in by_class.items() for pair in pairs
	]


@pytest.mark.parametrize(("one", "other"), _pairs(SAME))
def test_one_body_is_found_under_its_other_name_among_many(one, other):
	assert similarity(one, other) >= DEFAULT_THRESHOLD
	assert keys_to_ask(one) & keys_to_store([other])
	assert keys_to_ask(other) & keys_to_store([one])


@pytest.mark.parametrize(("one", "other"), _pairs(DIFFERENT))
def test_two_bodies_stay_two(one, other):
	assert similarity(one, other) < DEFAULT_THRESHOLD


@pytest.mark.parametrize(
	"name",
	["Birmingham (USA)", "Portland (OR)", "Vancouver - British Columbia", "Metropolis (World Association)"],
)
def test_a_place_behind_a_name_is_not_another_name(name):
	assert stated_names(name) == (name,)


@pytest.mark.parametrize(
	("name", "acronym"),
	[("TfL", "tfl"), ("S.F.M.T.A.", "sfmta"), ("TU Delft", "tu"), ("TU", ""), ("Oslo", ""), ("McGill", "")],
)
def test_an_acronym_has_at_least_as_many_capitals_as_small_letters(name, acronym):
	assert acronym_of(name) == acronym


def test_each_word_of_the_table_is_folded_and_stands_for_one():
	names = name_words()
	assert [word for word in names if fold(word) != word and fold(f"x {word} x") != f"x {word} x"] == []
	assert max(len(word.split()) for word in names) <= MOST_WORDS


@pytest.mark.parametrize("name", ["universidad de granada", "kulturministeriet", "oslo kommune", "of the"])
def test_the_common_form_of_a_common_form_is_itself(name):
	assert common_form(common_form(name)) == common_form(name)
