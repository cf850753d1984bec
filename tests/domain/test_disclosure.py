"""How words stand follows from what the entries say, in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record import disclosure
from city_diplomacy.domain.record.disclosure import Words, about, words_by_entry, written


def entry(sequence, **said):
	return {
		"sequence": sequence,
		"event": "Decided",
		"remark_digest": "d",
		"disclosure": "Deliberative",
		**said,
	}


def act(sequence, event, of, **said):
	return {"sequence": sequence, "event": event, "remark_digest": "", "about": of, **said}


def marked(sequence, of, as_, law=None):
	return act(sequence, disclosure.MARKED, of, marked_as=as_, authority=law)


def test_words_stand_as_they_were_written_until_they_are_marked():
	assert words_by_entry([entry(1), entry(2, disclosure="Public")]) == {
		1: Words("Deliberative"),
		2: Words("Public"),
	}


def test_words_written_before_there_were_marks_are_deliberative():
	assert words_by_entry([entry(1, disclosure=None)])[1].disclosure == "Deliberative"


def test_an_entry_without_words_has_no_standing():
	assert words_by_entry([entry(1, remark_digest="")]) == {}


def test_an_entry_that_cannot_be_read_hides_none_after_it():
	assert words_by_entry([entry("one"), entry(2)]) == {2: Words("Deliberative")}


def test_the_last_mark_counts():
	entries = [entry(1), marked(2, "1", "Exempt", "§ 1"), marked(3, "1", "Public")]
	assert words_by_entry(entries)[1] == Words("Public")
	assert words_by_entry(entries[:2])[1] == Words("Exempt", "§ 1")


def test_what_was_removed_stays_removed():
	entries = [
		entry(1),
		act(2, disclosure.REDACTED, "1", authority="§ 1"),
		act(3, disclosure.DISPOSED, "1", authority="Schedule"),
		marked(4, "1", "Public"),
	]
	words = words_by_entry(entries)[1]
	assert (words.removed, words.removed_by, words.authority) == ("Redacted", 2, "§ 1")
	assert not words.released


def test_one_disposal_names_many():
	entries = [entry(1), entry(2), entry(3), act(4, disclosure.DISPOSED, "1,3")]
	assert [words.removed for words in words_by_entry(entries).values()] == ["Disposed", "", "Disposed"]


@pytest.mark.parametrize("of", ["9", "", "x", "-1", None, 7])
def test_an_act_about_nothing_changes_nothing(of):
	assert words_by_entry([entry(1), marked(2, of, "Public")]) == {1: Words("Deliberative")}


def test_of_what_an_act_names_that_which_is_there_is_marked():
	assert words_by_entry([entry(1), marked(2, "9,1", "Public")]) == {1: Words("Public")}


def test_an_act_is_about_what_stands_before_it():
	assert words_by_entry([marked(1, "2", "Public"), entry(2)])[2] == Words("Deliberative")


@pytest.mark.parametrize(
	("words", "notice"),
	[
		(Words("Public"), ""),
		(Words("Deliberative"), "withheld: Deliberative"),
		(Words("Exempt", "Gov. Code § 1"), "withheld: Exempt (Gov. Code § 1)"),
		(Words("Public", "", "Redacted", 7), "redacted (entry 7)"),
		(Words("Public", "", "Disposed", 7, "Class 3"), "disposed (entry 7: Class 3)"),
	],
)
def test_what_stands_in_the_place_of_words(words, notice):
	assert words.notice == notice
	assert words.released == (not notice)


@given(st.sets(st.integers(min_value=1, max_value=10**6), min_size=1))
def test_the_sequences_an_act_names_are_read_as_they_were_written(sequences):
	assert about({"about": written(sequences)}) == sorted(sequences)


@pytest.mark.parametrize("odd", [{"event": ["Remark Redacted"]}, {"sequence": ["2"]}], ids=str)
def test_an_act_of_another_shape_removes_nothing(odd):
	assert words_by_entry([entry(1), {**act(2, disclosure.REDACTED, "1"), **odd}])[1].removed == ""
