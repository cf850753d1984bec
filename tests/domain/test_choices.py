"""A member of a list of words is its text wherever Python makes text of a value."""

import json

import pytest

from city_diplomacy.domain.choices import StrEnum


class Answer(StrEnum):
	YES = "Mayor's Yes"
	NO = "No"


@pytest.mark.parametrize(
	"text",
	[
		str(Answer.YES),
		f"{Answer.YES}",
		f"{Answer.YES:s}",
		"%s" % Answer.YES,  # noqa: UP031
		"".join([Answer.YES]),
		json.loads(json.dumps({"answer": Answer.YES}))["answer"],
		next(iter(json.loads(json.dumps({Answer.YES: 1})))),
	],
)
def test_a_member_becomes_its_text(text):
	assert (type(text), text) == (str, "Mayor's Yes")


def test_a_member_and_its_text_are_the_same_key():
	assert {"Mayor's Yes": 1}[Answer.YES] == {Answer.YES: 1}["Mayor's Yes"] == 1
	assert Answer.YES in ("Mayor's Yes",)
	assert Answer("Mayor's Yes") is Answer.YES


def test_a_text_that_is_no_member_is_refused():
	with pytest.raises(ValueError, match="Perhaps"):
		Answer("Perhaps")
