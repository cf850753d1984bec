import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.trade.hs_codes import HsCodeError, normalise_hs_code


@pytest.mark.parametrize(
	("written", "code"),
	[("09", "09"), ("0901", "0901"), ("0901.21", "090121"), (" 09 01 21 ", "090121"), ("8471-30", "847130")],
)
def test_reads_a_code(written, code):
	assert normalise_hs_code(written) == code


@pytest.mark.parametrize(
	("written", "words"),
	[
		("", "No HS code"),
		(None, "No HS code"),
		("901", "3 digits"),
		("0901.21.0010", "10 digits"),
		("coffee", "digits only"),
		("0901,21", "digits only"),
		("٠٩٠١", "digits only"),
		("0012", "begin at 01"),
		("9" * 500, "500 digits"),
	],
)
def test_refuses_what_is_no_code(written, words):
	with pytest.raises(HsCodeError, match=words) as refusal:
		normalise_hs_code(written)
	assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
	("written", "sentence"),
	[
		("", "No HS code is given; write 2, 4 or 6 digits, such as 0901.21."),
		("coffee", '"coffee" is not an HS code; write digits only, such as 0901.21.'),
		("9.01", '"9.01" has 3 digits; an HS code has 2, 4 or 6 (leave national digits out).'),
		("00.12", '"00.12" is not an HS code; chapters begin at 01.'),
	],
)
def test_a_refusal_names_what_was_written_and_says_what_to_write(written, sentence):
	with pytest.raises(HsCodeError) as refusal:
		normalise_hs_code(written)
	assert str(refusal.value) == sentence


@given(st.text(max_size=12))
def test_any_text_is_a_code_or_refused(text):
	try:
		code = normalise_hs_code(text)
	except HsCodeError:
		code = "01"
	assert code.isascii()
	assert code.isdigit()
	assert normalise_hs_code(code) == code
