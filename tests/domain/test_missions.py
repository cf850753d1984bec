"""Meetings a trade mission wants and held."""

from datetime import date

from city_diplomacy.domain.protocol.missions import WantedMeeting, counted, first_repeated

DAY = date(2026, 3, 1)
MEETINGS = [
	WantedMeeting("Harbor Robotics", "Sakata Port", DAY),
	WantedMeeting("harbor  robotics", "Sakata Rice"),
	WantedMeeting("Bay Foods", "Sakata Rice", DAY),
]


def test_companies_meetings_wanted_and_held_are_counted():
	assert counted(MEETINGS) == (2, 3, 2)
	assert counted([]) == (0, 0, 0)


def test_a_meeting_is_wanted_once_by_a_company():
	assert first_repeated(MEETINGS) is None
	again = WantedMeeting("HARBOR ROBOTICS", "sakata port")
	assert first_repeated([*MEETINGS, again]) == again
