"""Which steps of a ladder are taken on which day, and that each is taken once."""

from datetime import date

import pytest

from city_diplomacy.domain.route.escalation import (
	DEFAULT_LADDER,
	Action,
	Step,
	To,
	due_steps,
	ladder,
	level_on,
	next_day,
)

# A Wednesday; without a Holiday List, Saturday the 14th and Sunday the 15th are off.
DUE = date(2026, 11, 11)


def november(number: int) -> date:
	return date(2026, 11, number)


def reminder(days: int) -> Step:
	return Step(days, Action.REMIND, To.WHOEVER_IS_ASKED)


LADDER = (reminder(-1), reminder(0), reminder(1), reminder(3))
DAYS = (november(10), DUE, november(12), november(16))


@pytest.mark.parametrize(("step", "expected"), list(zip(LADDER, DAYS, strict=True)))
def test_a_step_falls_on_a_working_day_counted_from_the_due_date(step, expected):
	assert step.falls_on(DUE, ()) == expected


def test_a_step_before_a_due_date_after_the_weekend_falls_before_the_weekend():
	assert reminder(-1).falls_on(november(16), ()) == november(13)


def test_a_step_on_the_due_date_waits_for_the_next_working_day_and_does_not_come_before_it():
	assert reminder(0).falls_on(november(14), ()) == november(16)


def test_a_step_skips_the_days_of_the_holiday_list():
	assert reminder(1).falls_on(DUE, [november(12)]) == november(13)


@pytest.mark.parametrize(
	("level", "today", "taken"),
	[
		(0, november(9), ()),
		(0, november(10), LADDER[:1]),
		(1, november(10), ()),
		(1, DUE, LADDER[1:2]),
		(0, november(12), LADDER[:3]),
		(3, november(15), ()),
		(3, november(16), LADDER[3:]),
		(4, november(30), ()),
	],
)
def test_what_is_due_is_taken_on_its_day_and_once(level, today, taken):
	assert due_steps(LADDER, level, DUE, today, ()) == taken


def test_a_step_whose_day_has_not_come_keeps_back_those_behind_it():
	assert due_steps((reminder(3), reminder(1)), 0, DUE, november(12), ()) == ()


@pytest.mark.parametrize(("level", "expected"), [*enumerate(DAYS), (len(DAYS), None)])
def test_the_next_day_is_that_of_the_first_step_not_taken(level, expected):
	assert next_day(LADDER, level, DUE, ()) == expected


@pytest.mark.parametrize(
	("today", "level"), [(november(10), 0), (DUE, 1), (november(13), 3), (november(17), 4)]
)
def test_of_a_question_put_late_the_days_before_today_have_passed_and_today_counts(today, level):
	assert level_on(LADDER, DUE, today, ()) == level


def test_a_ladder_is_climbed_in_the_order_of_its_days_and_as_written_within_a_day():
	first, second = reminder(1), Step(1, Action.TELL, To.REQUESTER)
	assert ladder([reminder(5), first, second, reminder(-2)]) == (
		reminder(-2),
		first,
		second,
		reminder(5),
	)


def test_without_steps_of_its_own_a_policy_has_the_default_ladder():
	assert ladder([]) == DEFAULT_LADDER


def test_the_default_ladder_reminds_then_tells_and_hands_over_after_a_week():
	taken = [(step.falls_on(DUE, ()), step.action, step.to) for step in DEFAULT_LADDER]
	assert taken == [
		(november(10), Action.REMIND, To.WHOEVER_IS_ASKED),
		(november(12), Action.REMIND, To.WHOEVER_IS_ASKED),
		(november(12), Action.TELL, To.DEPARTMENT_LIAISON),
		(november(16), Action.TELL, To.REQUESTER),
		(november(18), Action.HAND_OVER, To.ESCALATION_CONTACT),
		(november(25), Action.TELL, To.OFFICE_MANAGERS),
	]


@pytest.mark.parametrize(("action", "to"), [("Approve", "Requester"), ("Remind", "The Press")])
def test_a_word_that_is_none_of_the_ladders_is_refused(action, to):
	with pytest.raises(ValueError, match="is not a valid"):
		Step(1, action, to)


def test_a_step_is_written_with_the_words_of_a_policy():
	step = Step(1, "Hand Over", "Escalation Contact")
	assert step.action is Action.HAND_OVER
	assert step.to is To.ESCALATION_CONTACT
	assert (str(step.action), str(step.to)) == ("Hand Over", "Escalation Contact")
