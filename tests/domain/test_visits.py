"""How a visit moves, and what outbound travel discloses."""

from datetime import date

import pytest

from city_diplomacy.domain.protocol.visits import (
	MOVES,
	Cost,
	PayerKind,
	Undisclosed,
	VisitStatus,
	is_too_early,
	may_begin,
	may_move,
	named_twice,
	undisclosed,
)

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
	("before", "after", "may"),
	[
		("Requested", "Proposed", True),
		("Requested", "Held", False),
		("Proposed", "Accepted", True),
		("Proposed", "Requested", False),
		("Accepted", "Preparing", True),
		("Accepted", "Held", False),
		("Declined", "Proposed", True),
		("Declined", "Accepted", False),
		("Under way", "Held", True),
		("Held", "Cancelled", False),
		("Cancelled", "Requested", False),
		("Preparing", "Preparing", True),
	],
)
def test_a_visit_moves_as_its_status_allows(before, after, may):
	assert may_move(before, after) is may


def test_every_status_says_where_it_leads():
	assert set(MOVES) == set(VisitStatus)


def test_every_visit_can_end():
	ends = {status for status, ways in MOVES.items() if not ways}
	for status in VisitStatus:
		reached, ahead = {status}, [status]
		while ahead:
			new = set(MOVES[ahead.pop()]) - reached
			reached |= new
			ahead += new
		assert reached & ends


@pytest.mark.parametrize(
	("status", "leaves_on", "may"),
	[
		("Requested", date(2027, 1, 1), True),
		("Proposed", None, True),
		("Held", date(2026, 10, 31), True),
		("Held", TODAY, True),
		("Held", date(2026, 11, 2), False),
		("Accepted", date(2026, 10, 1), False),
	],
)
def test_a_record_begins_with_a_request_or_with_what_is_over(status, leaves_on, may):
	assert may_begin(status, leaves_on, TODAY) is may


@pytest.mark.parametrize(
	("status", "arrives_on", "early"),
	[
		("Under way", date(2026, 11, 2), True),
		("Held", date(2026, 11, 2), True),
		("Under way", TODAY, False),
		("Preparing", date(2026, 11, 2), False),
	],
)
def test_nothing_is_under_way_before_anybody_arrives(status, arrives_on, early):
	assert is_too_early(status, arrives_on, TODAY) is early


def test_disclosure_names_all_that_is_missing_at_once():
	gift = Cost(2, PayerKind.OTHER, " ", 900)
	ours = Cost(1, PayerKind.OUR_CITY, "", 100)
	assert undisclosed(" ", 0, "", [ours, gift], False) == [
		(Undisclosed.PURPOSE, 0),
		(Undisclosed.TRAVELLERS, 0),
		(Undisclosed.AUTHORISATION, 0),
		(Undisclosed.PAYER, 2),
	]


@pytest.mark.parametrize(
	("costs", "without_cost", "missing"),
	[
		([], False, [(Undisclosed.COSTS, 0)]),
		([], True, []),
		([Cost(1, PayerKind.PARTNER, "Nagoya", 5)], False, []),
		([Cost(1, PayerKind.PARTNER, "", 5)], False, [(Undisclosed.PAYER, 1)]),
		([Cost(1, PayerKind.TRAVELLER, "", 5)], False, []),
	],
)
def test_whoever_pays_from_outside_is_named(costs, without_cost, missing):
	assert undisclosed("Port talks", 2, "The council", costs, without_cost) == missing


def test_a_name_is_the_same_however_it_is_spaced():
	assert named_twice(["Ana  Lopez", "Jun Sato", "ana lopez "]) == "ana lopez "
	assert named_twice(["Ana Lopez", "Ana Lopes"]) is None
