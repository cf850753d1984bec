"""Guest lists: who may be asked until when, and what can be known only afterwards."""

from datetime import date

import pytest

from city_diplomacy.domain.protocol.guests import (
	ListStatus,
	NotAsked,
	Rsvp,
	is_too_early,
	why_not_asked,
)

EVENT, ANSWER_BY = date(2027, 3, 1), date(2027, 2, 20)


@pytest.mark.parametrize(
	("status", "today", "rsvp", "reason"),
	[
		(ListStatus.INVITING, date(2027, 2, 1), Rsvp.NOT_ASKED, None),
		(ListStatus.INVITING, ANSWER_BY, Rsvp.INVITED, None),
		(ListStatus.INVITING, ANSWER_BY, Rsvp.DECLINED, None),
		(ListStatus.INVITING, date(2027, 2, 21), Rsvp.NOT_ASKED, NotAsked.ANSWER_BY),
		(ListStatus.PREPARING, date(2027, 2, 1), Rsvp.NOT_ASKED, NotAsked.LIST),
		(ListStatus.CANCELLED, date(2027, 2, 1), Rsvp.NOT_ASKED, NotAsked.LIST),
		(ListStatus.INVITING, date(2027, 2, 1), Rsvp.ATTENDED, NotAsked.OVER),
	],
)
def test_who_is_asked(status, today, rsvp, reason):
	assert why_not_asked(status, EVENT, ANSWER_BY, rsvp, today) == reason


def test_without_an_answer_by_day_guests_are_asked_until_the_day_itself():
	assert why_not_asked(ListStatus.INVITING, EVENT, None, Rsvp.INVITED, EVENT) is None
	assert why_not_asked(ListStatus.INVITING, EVENT, None, Rsvp.INVITED, date(2027, 3, 2)) == NotAsked.DAY


def test_who_came_is_known_on_the_day():
	assert is_too_early(Rsvp.ATTENDED, EVENT, date(2027, 2, 28))
	assert not is_too_early(Rsvp.ATTENDED, EVENT, EVENT)
	assert not is_too_early(Rsvp.ACCEPTED, EVENT, date(2027, 2, 28))
	assert is_too_early(ListStatus.HELD, EVENT, date(2027, 2, 28))
