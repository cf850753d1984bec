"""Words stay readable as they were written, and hold nothing an HTML parser takes for markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.words import neutral, neutral_rows, typographic


@pytest.mark.parametrize(
	"text",
	[
		"a < b and c > d",
		"R&D, Q&A",
		"\"quoted\" and 'single'",
		"5 <6, 7>3, <3",
		"x <= y >= z",
		"→ Zürich, 名古屋, القاهرة",
		"tab\tand\nlines\r\n",
		"&lt;b&gt; as somebody typed it",
		"",
	],
)
def test_what_is_no_markup_stays_as_it_was_written(text):
	assert neutral(text) == text


@pytest.mark.parametrize(
	("written", "kept"),
	[
		("Ann <ann@city.example>", "Ann ‹ann@city.example›"),
		("<b>bold</b>", "‹b›bold‹/b›"),
		("<img src=x onerror=alert(1)>", "‹img src=x onerror=alert(1)›"),
		("<img src=x onerror=alert(1) ", "‹img src=x onerror=alert(1) "),
		('"<script>x()</script>"', '"‹script›x()‹/script›"'),
		("<!-- <svg/onload=x> -->", "‹!-- ‹svg/onload=x› -->"),
		("<<script>>", "<‹script›>"),
		("cut off <", "cut off ‹"),
		("cut off < ", "cut off ‹ "),
		("a\x00b\x07c\x7f", "abc"),
		("<\x00script>", "‹script›"),
		("half \ud83d of one", "half \ufffd of one"),
	],
)
def test_what_opens_markup_is_quoted(written, kept):
	assert neutral(written) == kept
	assert neutral(kept) == kept


def test_of_rows_every_text_is_made_neutral_and_nothing_else():
	rows = ({"title": f"<b>{number}", "<i>": number, "blank": None} for number in (1, 2))
	assert neutral_rows(rows) == [
		{"title": "‹b›1", "<i>": 1, "blank": None},
		{"title": "‹b›2", "<i>": 2, "blank": None},
	]


class _Tags(HTMLParser):
	def __init__(self):
		super().__init__()
		self.found: list[str] = []

	def handle_starttag(self, tag, attrs):
		self.found.append(tag)

	handle_endtag = handle_comment = handle_decl = handle_pi = lambda self, what: self.found.append(what)


PIECES = st.lists(
	st.sampled_from(
		["<", ">", "/", "!", "?", "script", "img src=x ", '"', "'", " ", "\n", "\x00", "&lt;", "-->"]
	)
)


@given(PIECES.map("".join) | st.text())
def test_no_text_holds_markup_wherever_it_is_placed(text):
	kept = neutral(text)
	assert neutral(kept) == kept
	for around in ("{}", "<p>{}</p>", "<span>{}</span>a>b</script>"):
		parser, empty = _Tags(), _Tags()
		parser.feed(around.format(kept))
		empty.feed(around.format(""))
		assert parser.found == empty.found, around


@given(st.text(alphabet=st.characters(exclude_characters="<", exclude_categories=["Cc", "Cs"])))
def test_text_without_an_angle_bracket_is_never_changed(text):
	assert neutral(text) == text


@pytest.mark.parametrize(
	("written", "kept"),
	[
		('Foundation "Peace" (the "old" one)', "Foundation “Peace” (the “old” one)"),
		('x" onmouseover="alert(1)', "x” onmouseover=”alert(1)"),
		("O'Neil", "O'Neil"),
	],
)
def test_quotation_marks_of_names_are_typographic(written, kept):
	assert typographic(written) == kept
