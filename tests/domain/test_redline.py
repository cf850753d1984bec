"""What a reader is shown of the difference between two versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record import redline as rules
from city_diplomacy.domain.record.redline import CONTEXT_WORDS, Kind, Stretch, compare_texts, redline

# Words and the spaces between them are compared alike, so that twelve of them are six words.
LONG = " ".join(f"word{number}" for number in range(40))


def kept(text: str) -> Stretch:
	return Stretch(Kind.KEPT, text)


def removed(text: str) -> Stretch:
	return Stretch(Kind.REMOVED, text)


def added(text: str) -> Stretch:
	return Stretch(Kind.ADDED, text)


SKIPPED = Stretch(Kind.SKIPPED, "")


@pytest.mark.parametrize(
	("before", "after", "expected"),
	[
		("five berths", "six berths", (removed("five"), added("six"), kept(" berths"))),
		("five berths", "five", (kept("five"), removed(" berths"))),
		("five", "five berths", (kept("five"), added(" berths"))),
		("five berths", "fifteen berths", (removed("five"), added("fifteen"), kept(" berths"))),
		("", "new", (added("new"),)),
		("old", "", (removed("old"),)),
		("", "", ()),
		("as it was", "as it was", (kept("as it was"),)),
	],
)
def test_words_are_laid_over_each_other(before, after, expected):
	assert compare_texts(before, after) == expected


def test_punctuation_is_no_part_of_the_word_before_it():
	assert compare_texts("by May.", "by May,") == (kept("by May"), removed("."), added(","))


def test_of_a_long_unchanged_stretch_what_stands_next_to_a_change_is_kept():
	words = rules._WORDS.findall(f" {LONG} ")
	near, far = "".join(words[:CONTEXT_WORDS]), "".join(words[-CONTEXT_WORDS:])
	assert compare_texts(f"a {LONG} b", f"x {LONG} y") == (
		removed("a"),
		added("x"),
		kept(near),
		SKIPPED,
		kept(far),
		removed("b"),
		added("y"),
	)


def test_before_the_first_change_and_behind_the_last_only_what_is_next_to_it_is_kept():
	words = rules._WORDS.findall(f"{LONG} ")
	assert compare_texts(f"{LONG} a", f"{LONG} b") == (
		SKIPPED,
		kept("".join(words[-CONTEXT_WORDS:])),
		removed("a"),
		added("b"),
	)
	words = rules._WORDS.findall(f" {LONG}")
	assert compare_texts(f"a {LONG}", f"b {LONG}") == (
		removed("a"),
		added("b"),
		kept("".join(words[:CONTEXT_WORDS])),
		SKIPPED,
	)


def test_behind_what_was_only_removed_or_only_added_at_the_end_nothing_is_cut_off():
	near = "".join(rules._WORDS.findall(f"{LONG} ")[-CONTEXT_WORDS:])
	assert compare_texts(f"{LONG} end", f"{LONG} ") == (SKIPPED, kept(near), removed("end"))
	assert compare_texts(f"{LONG} ", f"{LONG} end") == (SKIPPED, kept(near), added("end"))


@pytest.mark.parametrize(
	("words", "is_shortened"), [(CONTEXT_WORDS * 2, False), (CONTEXT_WORDS * 2 + 1, True)]
)
def test_a_stretch_is_shortened_only_where_more_is_left_out_than_is_kept_beside_it(words, is_shortened):
	same = "." * words
	assert (SKIPPED in compare_texts(f"{same}a", f"{same}b")) is is_shortened


@pytest.mark.parametrize(
	("words", "is_shortened"), [(CONTEXT_WORDS * 3, False), (CONTEXT_WORDS * 3 + 1, True)]
)
def test_between_two_changes_it_is_twice_as_long(words, is_shortened):
	same = "." * words
	assert (SKIPPED in compare_texts(f"a{same}b", f"c{same}d")) is is_shortened


def test_texts_too_long_to_compare_word_by_word_are_compared_by_line(monkeypatch):
	before, after = "one two\nthree\n", "one six\nthree\n"
	assert compare_texts(before, after)[1:3] == (removed("two"), added("six"))
	pairs = len(rules._WORDS.findall(before)) * len(rules._WORDS.findall(after))
	monkeypatch.setattr(rules, "LARGEST_COMPARISON", pairs)
	assert compare_texts(before, after)[1:3] == (removed("two"), added("six"))
	monkeypatch.setattr(rules, "LARGEST_COMPARISON", pairs - 1)
	assert compare_texts(before, after) == (removed("one two\n"), added("one six\n"), kept("three\n"))


def test_words_that_a_long_text_often_repeats_are_compared_like_any_other():
	often = " ".join(["the", "city"] * 200)
	assert compare_texts(f"a {often}", f"b {often}")[:2] == (removed("a"), added("b"))
	assert removed("the") not in compare_texts(f"{often} a", f"{often} b")
	rows = ["Hudson", "Nagoya"] * 150
	(change,) = redline({"parties": rows}, {"parties": ["Lyon", *rows]})
	assert change.stretches == (added("Lyon"), SKIPPED)


texts = st.text(alphabet="ab .\n", max_size=60)


@given(texts, texts)
def test_without_what_was_added_one_reads_the_old_text_and_without_what_was_removed_the_new(before, after):
	stretches = compare_texts(before, after)
	if SKIPPED in stretches:
		return
	assert "".join(one.text for one in stretches if one.kind is not Kind.ADDED) == before
	assert "".join(one.text for one in stretches if one.kind is not Kind.REMOVED) == after


# documents


def test_fields_that_differ_are_shown_in_the_order_of_the_new_document_and_then_what_is_gone():
	before = {"gone": "it was here", "blank": "", "purpose": "ports", "title": "Port talks", "term": 5}
	after = {"title": "River talks", "term": 5.0, "purpose": "rivers", "note": "see annex"}
	changes = redline(before, after)
	assert [change.fieldname for change in changes] == ["title", "purpose", "note", "gone"]
	assert changes[2].stretches == (added("see annex"),)
	assert changes[3].stretches == (removed("it was here"),)


def test_a_number_is_shown_as_it_is_written_and_nothing_as_nothing():
	(change,) = redline({"term": 0}, {"term": 5})
	assert change.stretches == (removed("0"), added("5"))
	(change,) = redline({"term": None}, {"term": 5})
	assert change.stretches == (added("5"),)


def test_a_table_is_compared_row_by_row():
	before = {"parties": [{"party": "Hudson"}, {"party": "Nagoya", "role": None}, {"party": "Lyon"}]}
	after = {"parties": [{"party": "Hudson"}, {"party": "Nagoya", "role": "host"}, {"party": "Lyon"}]}
	(change,) = redline(before, after)
	assert change.stretches == (SKIPPED, removed("Nagoya"), added("Nagoya · host"), SKIPPED)


@pytest.mark.parametrize("nothing", [None, [], ""])
def test_a_table_that_was_empty_or_is_emptied_is_compared_row_by_row(nothing):
	rows = ["Hudson", "Nagoya"]
	(filled,) = redline({"parties": nothing}, {"parties": rows})
	assert filled.stretches == (added("Hudson"), added("Nagoya"))
	(emptied,) = redline({"parties": tuple(rows)}, {"parties": nothing})
	assert emptied.stretches == (removed("Hudson"), removed("Nagoya"))


def test_kinds_are_written_as_styles_call_them():
	assert [str(kind) for kind in Kind] == ["kept", "removed", "added", "skipped"]
