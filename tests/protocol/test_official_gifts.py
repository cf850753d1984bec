"""Official gifts: logged at once, measured by the thresholds in force, and decided on by somebody else."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, MANAGER, MAYOR, OFFICER, PROTOCOL
from city_diplomacy.diplomatic_protocol import charts
from city_diplomacy.diplomatic_protocol.exceptions import GiftDecisionError, OfficialGiftError
from city_diplomacy.diplomatic_protocol.gifts.decisions import decide
from city_diplomacy.diplomatic_protocol.report.official_gifts_by_quarter import official_gifts_by_quarter
from city_diplomacy.diplomatic_protocol.report.official_gifts_by_quarter.official_gifts_by_quarter import (
	NUMBERS,
)
from tests import factories
from tests.clock import set_to
from tests.protocol.factories import make_gift_threshold, make_official_gift


def test_a_gift_below_every_threshold_is_logged():
	make_gift_threshold()
	with set_to("2026-05-10 09:00"):
		gift = make_official_gift(value=50)
	assert (gift.status, gift.above_threshold) == ("Logged", 0)
	assert (str(gift.logged_on), gift.days_to_log, gift.gift_quarter) == ("2026-05-10", 6, "2026-Q2")


def test_a_gift_above_one_waits_for_somebody_else():
	make_gift_threshold()
	assert make_official_gift(value=50.01).status == "To Be Decided"
	assert make_official_gift("Another", value=51, official_role="City employee").status == "Logged"
	assert make_official_gift("Old", value=51, gift_date="2019-12-31").status == "Logged"


def test_the_gifts_of_one_source_to_one_person_in_a_year_are_added():
	make_gift_threshold(above_value=0, above_year_sum=50)
	assert make_official_gift("First", value=30).status == "Logged"
	assert make_official_gift("Of another", value=30, affiliation="City of Kobe").status == "Logged"
	assert make_official_gift("To another", value=30, official="Clerk").status == "Logged"
	assert make_official_gift("Last year", value=30, gift_date="2025-12-31").status == "Logged"
	assert make_official_gift("Second", value=30, affiliation="city of NAGOYA").status == "To Be Decided"


@pytest.fixture
def waiting():
	"""A gift above the threshold that the mayor's office entered."""
	make_gift_threshold()
	with factories.acting_as(factories.make_person(MAYOR).name):
		return make_official_gift(value=500)


def test_protocol_decides_on_what_the_mayors_office_entered(waiting):
	chief = factories.make_person(PROTOCOL).name
	with factories.acting_as(chief):
		assert decide(waiting.name, True, "Becomes the city's.") == "Approved"
	waiting.reload()
	assert (waiting.decided_by, waiting.decision_words) == (chief, "Becomes the city's.")
	assert waiting.decided_on


@pytest.mark.parametrize("role", [OFFICER, MAYOR, AUDITOR])
def test_others_do_not_decide(role, waiting):
	with (
		factories.acting_as(factories.make_user("other@city.example", role).name),
		pytest.raises(frappe.PermissionError),
	):
		decide(waiting.name, True, "")
	assert waiting.reload().status == "To Be Decided"


def test_whoever_entered_it_or_stated_its_value_does_not_decide():
	make_gift_threshold()
	chief, manager = factories.make_person(PROTOCOL).name, factories.make_person(MANAGER).name
	with factories.acting_as(chief):
		gift = make_official_gift(value=500)
		with pytest.raises(GiftDecisionError, match="Somebody else"):
			decide(gift.name, True, "")
	with factories.acting_as(manager):
		gift.reload()
		gift.value = 600
		gift.save()
		with pytest.raises(GiftDecisionError, match="Somebody else"):
			decide(gift.name, True, "")
	with factories.acting_as(factories.make_user("third@city.example", PROTOCOL).name):
		decide(gift.name, True, "")


def test_a_refusal_has_words_and_a_gift_is_decided_on_once(waiting):
	with factories.acting_as(factories.make_person(MANAGER).name):
		with pytest.raises(OfficialGiftError, match="Say why"):
			decide(waiting.name, False, " ")
		decide(waiting.name, False, "Return it.")
		with pytest.raises(OfficialGiftError, match="Nobody has to decide"):
			decide(waiting.name, True, "")


def test_a_decision_counts_for_what_was_stated_and_no_more(waiting):
	with factories.acting_as(factories.make_person(MANAGER).name):
		decide(waiting.name, True, "")
	waiting.reload()
	waiting.custody, waiting.storage_location = "In storage", "Room 12"
	assert waiting.save().status == "Approved"
	waiting.value = 900
	assert waiting.save().status == "To Be Decided"
	assert not waiting.decided_by
	waiting.value = 10
	assert waiting.save().status == "Logged"


def test_a_disposal_is_dated_and_nobody_deletes_a_gift():
	gift = make_official_gift(disposal="Donated")
	assert gift.custody == "Disposed of"
	assert gift.disposed_on
	with factories.acting_as(factories.make_person(MANAGER).name), pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Official Gift", gift.name)


def test_the_day_it_was_logged_is_not_typed():
	with set_to("2026-05-10 09:00"):
		gift = make_official_gift(logged_on="2026-05-04")
	assert str(gift.logged_on) == "2026-05-10"
	gift.logged_on = "2026-05-04"
	gift.save()
	assert str(gift.logged_on) == "2026-05-10"


def test_gifts_stand_by_quarter_direction_and_currency():
	make_gift_threshold()
	frappe.get_doc("Protocol Settings").save()
	with set_to("2026-05-30 09:00"):
		make_official_gift("One", value=60)
		make_official_gift("Two", value=10)
		make_official_gift("Three", value=10, direction="Given", gift_date="2026-05-29")
		make_official_gift("Four", value=10, currency="EUR")
	rows = official_gifts_by_quarter.execute({"from_year": 2026, "to_year": 2026})[1]
	found = [(row["direction"], row["currency"], *(row[number] for number in NUMBERS)) for row in rows]
	assert found == [
		("Given", "USD", 1, 10, 0, 0, 0),
		("Received", "EUR", 1, 10, 0, 0, 1),
		("Received", "USD", 2, 70, 1, 1, 2),
	]
	chart = official_gifts_by_quarter.execute({})[3]["data"]
	assert (chart["labels"], [one["values"] for one in chart["datasets"]]) == (["2026-Q2"], [[3], [1]])
	assert charts.gifts_by_quarter()["labels"] == ["2026-Q2"]
	assert official_gifts_by_quarter.execute({"from_year": 2027})[1] == []
	assert official_gifts_by_quarter.execute({"direction": "Given"})[1][0]["gifts"] == 1


def test_whoever_may_read_no_gift_is_told_nothing():
	make_official_gift()
	with factories.acting_as(factories.make_user("stranger@city.example").name):
		assert official_gifts_by_quarter.execute({})[1] == []
		assert charts.gifts_by_quarter() == {}
