import hashlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record.content import ContentError, changed_fields, content_hash

MOU = {
	"title": "Port partnership",
	"amount": 250000.0,
	"effective": date(2026, 5, 1),
	"clauses": [{"idx": 1, "text": "No funds."}, {"idx": 2, "text": "In force."}],
}


class Mark(Enum):
	PUBLIC = "public"


ENGLISH, JAPANESE = ("English", "a1" * 32), ("Japanese", "b2" * 32)


@pytest.mark.parametrize(
	("one", "other"),
	[
		({"a": 5}, {"a": 5.0}),
		({"a": 5.0}, {"a": Decimal("5.00")}),
		({"a": 0}, {"a": -0.0}),
		({"a": 0.1 + 0.2}, {"a": 0.3}),
		({"a": 1}, {"a": True}),
		({"a": 10**30}, {"a": Decimal(10**30)}),
		({"a": None}, {"a": ""}),
		({"a": None}, {}),
		({"a": []}, {"a": None}),
		({"a": "Bogotá"}, {"a": "Bogota\u0301"}),
		({"a": "one\r\ntwo\rthree"}, {"a": "one\ntwo\nthree"}),
		({"a": date(2026, 5, 1)}, {"a": "2026-05-01"}),
		({"a": datetime(2026, 5, 1, 9, 30)}, {"a": "2026-05-01 09:30:00"}),
		({"a": time(9, 30)}, {"a": "09:30:00"}),
		({"a": timedelta(hours=10)}, {"a": "10:00:00"}),
		({"a": Mark.PUBLIC}, {"a": "public"}),
		({"a": 1, "b": 2}, {"b": 2, "a": 1}),
		({"t": [{"x": 1, "idx": 2}, {"x": 2, "idx": 1}]}, {"t": [{"x": 2, "idx": 1}, {"x": 1, "idx": 2}]}),
		({"t": [{"x": 1, "name": "a", "modified": "2026"}]}, {"t": [{"x": 1, "name": "b", "__islocal": 1}]}),
		({"t": [{"x": 1}]}, {"t": ({"x": 1, "y": None},)}),
	],
)
def test_the_same_content_has_the_same_hash(one, other):
	assert content_hash(one) == content_hash(other)
	assert changed_fields(one, other) == ()


@pytest.mark.parametrize(
	("one", "other"),
	[
		({"a": 5}, {"a": "5"}),
		({"a": "5"}, {"a": "5.00"}),
		({"a": "1.1"}, {"a": "1.10"}),
		({"a": 0}, {"a": None}),
		({"a": 5}, {"a": 5.000000001}),
		({"a": 10**40}, {"a": 10**40 + 1}),
		({"a": "a"}, {"a": "A"}),
		({"a": "a"}, {"a": "a "}),
		({"a": "x"}, {"b": "x"}),
		({"a": "x", "b": None}, {"a": None, "b": "x"}),
		({"a": ["x", "y"]}, {"a": ["y", "x"]}),
		({"t": [{"x": 1}, {"x": 2}]}, {"t": [{"x": 2}, {"x": 1}]}),
		({"t": [{"x": 1}]}, {"t": [{"x": 1}, {}]}),
		({"a": "number:5"}, {"a": 5}),
	],
)
def test_different_content_has_a_different_hash(one, other):
	assert content_hash(one) != content_hash(other)
	assert changed_fields(one, other) != ()


def test_a_hash_stored_years_ago_is_that_of_the_same_written_form():
	fields = {
		"title": "Port partnership\r\nof Bogota\u0301",
		"amount": 250000.5,
		"count": 300,
		"zero": 0.0,
		"effective": date(2026, 5, 1),
		"decided_on": datetime(2026, 5, 1, 9, 30),
		"blank": None,
		"clauses": [
			{"idx": 2, "text": "In force.", "name": "b"},
			{"idx": 1, "text": "No funds.", "name": "a"},
		],
	}
	written = (
		'{"fields":{"amount":"number:250000.5",'
		'"clauses":[{"text":"text:No funds."},{"text":"text:In force."}],'
		'"count":"number:300","decided_on":"text:2026-05-01 09:30:00","effective":"text:2026-05-01",'
		'"title":"text:Port partnership\\nof Bogotá","zero":"number:0"},'
		f'"files":[["",""],["English","{ENGLISH[1]}"]]}}'
	)
	assert content_hash(fields, [ENGLISH, (None, None)]) == hashlib.sha256(written.encode()).hexdigest()


def test_files_count_whatever_their_order():
	both = content_hash(MOU, [ENGLISH, JAPANESE])
	assert both == content_hash(MOU, [JAPANESE, ENGLISH])
	assert both == content_hash(MOU, [JAPANESE, (ENGLISH[0], ENGLISH[1].upper())])
	assert (
		len({both, content_hash(MOU), content_hash(MOU, [ENGLISH]), content_hash(MOU, [ENGLISH, ENGLISH])})
		== 4
	)
	assert content_hash(MOU, [("English", JAPANESE[1])]) != content_hash(MOU, [JAPANESE])
	assert content_hash(MOU, [(None, None)]) == content_hash(MOU, [("", "")])


def test_names_what_changed():
	after = {**MOU, "amount": 1, "clauses": MOU["clauses"][:1], "note": "new"}
	assert changed_fields(MOU, after) == ("amount", "clauses", "note")
	assert changed_fields(MOU, dict(MOU)) == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("sNaN"), 10**500, b"bytes", object()])
def test_refuses_what_has_no_written_form(value):
	with pytest.raises(ContentError, match='"amount"'):
		content_hash({"amount": value})
	with pytest.raises(ContentError, match=r'"rows\.amount"'):
		content_hash({"rows": [{"amount": value}]})
	with pytest.raises(ContentError, match='"rows"'):
		content_hash({"rows": [value]})
	for before, after in (({"amount": value}, {}), ({}, {"amount": value})):
		with pytest.raises(ContentError, match='"amount"'):
			changed_fields(before, after)


def test_says_what_it_is_that_has_no_written_form():
	with pytest.raises(ContentError, match=r'^The field "file" holds a bytes, which has no written form\.$'):
		content_hash({"file": b"bytes"})


def test_the_largest_number_has_351_digits():
	assert content_hash({"a": 10**350}) != content_hash({"a": 10**350 - 1})
	with pytest.raises(ContentError, match="does not hold a number that can be stored"):
		content_hash({"a": 10**351})


texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.one_of(
	st.none(),
	texts,
	st.integers(),
	st.floats(allow_nan=False, allow_infinity=False),
	st.decimals(allow_nan=False, allow_infinity=False, places=2),
	st.dates(),
	st.lists(st.dictionaries(texts, st.one_of(texts, st.integers()), max_size=2), max_size=3),
)


@given(st.dictionaries(texts, values, max_size=4), st.dictionaries(texts, values, max_size=4))
def test_hashes_differ_exactly_when_a_field_changed(one, other):
	assert (content_hash(one) == content_hash(other)) is (changed_fields(one, other) == ())


@given(st.dictionaries(texts, values, min_size=1, max_size=4))
def test_a_copy_is_unchanged_and_a_new_title_is_found(fields):
	assert content_hash(fields) == content_hash(dict(reversed(fields.items())))
	assert changed_fields(fields, {**fields, "title": "something else"}) in ((), ("title",))


@given(st.floats(-1e12, 1e12))
def test_a_float_equals_its_decimal_text(value):
	assert content_hash({"a": value}) == content_hash({"a": Decimal(repr(value))})


@pytest.mark.parametrize("fields", [{"title": "half \ud83d"}, {"rows": [{"title": "half \ud83d"}]}])
def test_half_a_character_is_refused_by_the_name_of_its_field(fields):
	with pytest.raises(ContentError, match="title"):
		content_hash(fields)
