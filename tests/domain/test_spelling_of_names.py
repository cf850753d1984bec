"""How likely two folded names are one by their spelling: the scores of examples."""

import pytest

from city_diplomacy.domain.names.spelling import compare, long_form_tails


@pytest.mark.parametrize(
	("one", "other", "score"),
	[
		pytest.param("shanghai", "shang hai", 100, id="parted otherwise"),
		pytest.param("cork", "kork", 95, id="the same sound of four letters"),
		pytest.param("mysen", "misen", 95, id="the same sound"),
		pytest.param("mys", "mis", 58.67, id="the same sound of three letters is another name"),
		pytest.param("bergamonta", "bergamonda", 90, id="one letter of ten"),
		pytest.param("bergamont", "bergamond", 80.89, id="one letter of nine"),
		pytest.param("lima", "libo", 42, id="half of the letters"),
		pytest.param("alba", "orin", 0, id="no letter"),
		pytest.param("lima plaza", "lima playa", 80, id="one word that differs"),
		pytest.param("of the", "of thee", 84.31, id="small words alone, of which none is weak"),
		pytest.param("museum", "music", 40, id="two words of the table"),
		pytest.param("phyllis trusts rosario", "filis trust rosario", 82.93, id="one word of the same sound"),
		pytest.param("vadurobalsk", "vidorabilsk", 90, id="the same consonants"),
		pytest.param("vadu robalsk", "vidorabilsk", 53.33, id="the same consonants, but two words"),
		pytest.param("vadu robalsk", "vido rabilsk", 65, id="the same consonants, but two words each"),
		pytest.param("ladurobai", "lidurobau", 90, id="the same four consonants in nine letters"),
		pytest.param("ladurobi", "lidurobe", 67, id="the same four consonants in eight letters"),
		pytest.param("laduroiau", "liduroiae", 69.78, id="the same three consonants in nine letters"),
		pytest.param("vadurobal", "vidorabil", 47.56, id="the same consonants, and too little else"),
		pytest.param("universty of tokyo", "university of tokyo", 97.3, id="a letter left out"),
		pytest.param("vale of the", "of the vales", 93.65, id="in another order, and a letter more"),
	],
)
def test_the_score_of_two_spellings(one, other, score):
	assert compare(one, other) == compare(other, one) == pytest.approx(score, abs=0.005)


def test_a_full_spanish_name_is_called_by_what_follows_its_last_de():
	assert long_form_tails("san juan de la villa de gran lima") == ("gran lima",)
	assert long_form_tails("villa de lima") == long_form_tails("san juan") == ()
