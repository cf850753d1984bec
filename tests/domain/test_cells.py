"""What a spreadsheet would work out is told from what people write: telephone numbers, amounts, lists."""

import pytest

from city_diplomacy.domain.cells import guarded, unguarded
from city_diplomacy.domain.imports.readings import is_formula


@pytest.mark.parametrize(
	"start", ["=", "+", "-", "@", "\t=", "\r", "\n=", " =", "  -", "＝", "＋", "－", "＠"]
)
def test_a_cell_is_never_a_formula(start):
	text = f"{start}A1+1"
	assert guarded(text) == f"'{text}"
	assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["-5\n", "-5X"])
def test_a_number_with_something_behind_it_is_no_number(text):
	assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
	"value", ["Port, north", "a=b", "X=5", "'quoted'", "", "-5", "+1,234.5", " -12%", 5, -5, 1.5, None]
)
def test_an_ordinary_cell_is_left_as_it_is(value):
	assert guarded(value) == value


@pytest.mark.parametrize("text", ["'quoted'", "'s-Hertogenbosch", "Port", "-5"])
def test_an_apostrophe_of_the_text_itself_stays(text):
	assert unguarded(text) == text


@pytest.mark.parametrize(
	"text",
	[
		"=1+1",
		" =1+1",
		"＝1+1",
		"@SUM(1+1)",
		"+A1+B1",
		"-A1*2",
		"+$A$1",
		"-2+AB12",
		"+ a1 ",
		"+(A1)",
		"-A1:B2",
		"＋A1",
		"+SUM(A1)",
		"-Sheet1!A1",
		"+cmd|' /C calc'!A0",
	],
)
def test_a_formula_is_told(text):
	assert is_formula(text)


@pytest.mark.parametrize(
	"text",
	[
		"+1 555 0199",
		"+1 555 0199 x12",
		"+81 (0)52 123-4567",
		"-5",
		"+1.234,5",
		"- G7 summit",
		"-B2B services",
		"+49 30 12345 office",
		"- first\n- second",
		"A1+B1",
	],
)
def test_what_people_write_is_no_formula(text):
	assert not is_formula(text)
