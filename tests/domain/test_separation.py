"""Who may not answer for a seat, or record its answer."""

import pytest

from city_diplomacy.domain.route.separation import Conflict, Filled, Finding, why_not


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


def test_one_absent_persons_seats_answered_by_two_delegates_are_one_persons():
	found = why_not("ben", "Mayor", mandatory=True, prepared=(), filled=[ADA_FOR_CARL], acting_for="carl")
	assert found == Finding(Conflict.FILLS_ANOTHER_SEAT, "carl", "Law")


def test_whoever_answered_for_another_fills_no_second_seat_in_person_or_for_a_third():
	assert conflict("ada", filled=[ADA_FOR_CARL]) is Conflict.FILLS_ANOTHER_SEAT
	assert conflict("ada", filled=[ADA_FOR_CARL], acting_for="eve") is Conflict.FILLS_ANOTHER_SEAT


@pytest.mark.parametrize("nobody", [None, ""])
def test_an_answer_of_nobody_with_an_account_is_no_persons(nobody):
	by_letter = Filled("Law", nobody, acting_for=nobody, recorder="ada")
	assert conflict("ben", filled=[by_letter], acting_for=nobody) is None


def test_every_seat_filled_before_is_looked_at():
	filled = [Filled("Mayor", "ada"), Filled("Finance", "ben"), ADA_IN_PERSON]
	assert conflict("ada", filled=filled) is Conflict.FILLS_ANOTHER_SEAT
	assert conflict("eve", filled=filled) is None


def test_a_finding_names_the_person_it_is_about_and_the_other_seat():
	facts = {"mandatory": True, "prepared": {"ada"}}
	assert why_not("ada", "Mayor", **facts) == Finding(Conflict.PREPARED, "ada")
	assert why_not("ben", "Mayor", acting_for="ada", **facts) == Finding(Conflict.FOR_ONE_WHO_PREPARED, "ada")
	assert why_not("eve", "Mayor", filled=[Filled("Law", "eve")], **facts) == Finding(
		Conflict.FILLS_ANOTHER_SEAT, "eve", "Law"
	)
	assert why_not("eve", "Mayor", filled=[Filled("Law", "carl", recorder="eve")], **facts) == Finding(
		Conflict.RECORDED_ANOTHER_SEAT, "eve", "Law"
	)
