"""Who may not answer for a seat, or record its answer."""

import pytest

from city_diplomacy.domain.separation import Conflict, Filled, why_not


def conflict(person: str, seat: str = "Mayor", **facts) -> Conflict | None:
	found = why_not(person, seat, **{"mandatory": True, "prepared": (), **facts})
	return found.conflict if found else None


@pytest.mark.parametrize("recording", [False, True])
def test_whoever_prepared_it_neither_answers_nor_records(recording):
	assert conflict("ada", prepared={"ada"}, recording=recording) is Conflict.PREPARED
	assert conflict("ada", prepared={"ada"}, recording=recording, mandatory=False) is Conflict.PREPARED


@pytest.mark.parametrize("recording", [False, True])
def test_nobody_answers_or_writes_in_the_name_of_one_who_prepared_it(recording):
	found = conflict("ben", prepared={"ada"}, acting_for="ada", recording=recording)
	assert found is Conflict.FOR_ONE_WHO_PREPARED


ADA_IN_PERSON = Filled("Law", "ada")
ADA_FOR_CARL = Filled("Law", "ada", acting_for="carl")
CARL_BY_LETTER = Filled("Law", "carl", recorder="ada")


@pytest.mark.parametrize(
	("filled", "person", "recording", "expected"),
	[
		(ADA_IN_PERSON, "ada", False, Conflict.FILLS_ANOTHER_SEAT),
		(ADA_IN_PERSON, "ada", True, Conflict.FILLS_ANOTHER_SEAT),
		(ADA_IN_PERSON, "ben", True, None),
		(ADA_FOR_CARL, "carl", False, Conflict.FILLS_ANOTHER_SEAT),
		(CARL_BY_LETTER, "carl", False, Conflict.FILLS_ANOTHER_SEAT),
		(CARL_BY_LETTER, "ada", False, Conflict.RECORDED_ANOTHER_SEAT),
		(CARL_BY_LETTER, "ada", True, None),
	],
)
def test_two_mandatory_seats_are_two_peoples(filled, person, recording, expected):
	assert conflict(person, filled=[filled], recording=recording) is expected
	assert conflict(person, "LAW ", filled=[filled], recording=recording) is None, "the same seat asked again"
	assert conflict(person, filled=[filled], recording=recording, mandatory=False) is None


def test_two_letters_of_one_person_are_for_one_mandatory_seat():
	found = conflict("ben", filled=[CARL_BY_LETTER], acting_for="carl", recording=True)
	assert found is Conflict.FILLS_ANOTHER_SEAT
