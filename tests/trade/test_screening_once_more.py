"""A party is screened once more: what of it is compared, what was decided stays, and what only a manager takes back."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, TRADE
from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.trade_promotion.exceptions import ScreeningError
from city_diplomacy.trade_promotion.screening import again, explained, screenings
from city_diplomacy.trade_promotion.screening.api import decide, screen, standing
from tests.desk.counting import counted_statements
from tests.factories import (
	acting_as,
	import_version,
	make_partner_organisation,
	make_party_screening,
	make_person,
	make_restricted_party_list,
	make_trade_lead,
)

LIST = "id,name,programme\n1,Novatech Marine,FIRST\n2,Unlike Anything,\n"
KNOWN = {"kind": "Organisation", "country": "Japan", "birth_date": "1990-05-01"}


@pytest.fixture
def restricted():
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)
	return make_restricted_party_list(content=LIST)


@pytest.fixture
def lead(restricted):
	return make_trade_lead("Novatech Marine Ltd")


def against_lists(lead, **entered):
	return make_party_screening(lead, method=Method.AGAINST_LISTS, **entered)


def decided(lead, verdict: str):
	"""A screening of a lead whose one candidate was decided about."""
	screening = against_lists(lead)
	decide(screening.name, screening.candidates[0].name, verdict, "The consulate wrote.")
	return frappe.get_doc("Party Screening", screening.name)


def latest(lead):
	return screenings.latest("Trade Lead", lead.name)


def who(screening) -> dict:
	return {field: str(screening.get(field)) for field in KNOWN}


def test_what_somebody_entered_of_a_party_stays_known_by_the_button_and_by_a_run(lead, restricted):
	against_lists(lead, **KNOWN)
	screen("Trade Lead", lead.name)
	assert who(latest(lead)) == KNOWN
	import_version(restricted, f"{LIST}3,Novatech Marine Works,\n")
	again.screen_again([latest(lead).name])
	assert len(latest(lead).candidates) == 2
	assert who(latest(lead)) == KNOWN


def test_who_enters_a_screening_says_anew_who_it_is(lead):
	against_lists(lead, **KNOWN)
	other = against_lists(lead, kind="Person")
	assert (other.kind, other.country, other.birth_date) == ("Person", None, None)


def test_the_country_a_record_says_goes_before_that_of_an_earlier_screening(restricted):
	partner = make_partner_organisation("Novatech Marine", country="Japan")
	assert against_lists(partner).country == "Japan"
	frappe.db.set_value("Partner Organisation", partner.name, "country", "Germany")
	for _way in range(2):
		screen("Partner Organisation", partner.name)
		assert screenings.latest("Partner Organisation", partner.name).country == "Germany"


@pytest.mark.parametrize("verdict", ["True Match", "Escalate"])
@pytest.mark.parametrize("entered", [{"kind": "Vessel"}, {"birth_date": "1950-01-01"}, {"country": "Peru"}])
def test_what_only_a_manager_takes_back_is_not_evaded_by_other_words_about_the_party(lead, verdict, entered):
	before = decided(lead, verdict)
	with acting_as(make_person(TRADE).name):
		after = against_lists(lead, **entered)
		assert after.state == before.state
		row = after.candidates[0]
		assert (row.verdict, row.carried_over) == (verdict, 1)
		with pytest.raises(ScreeningError, match=MANAGER):
			decide(after.name, row.name, "False Match", "Of another kind.")
	assert [one.words for one in after.decisions] == ["The consulate wrote."]
	assert f"{before.name}: it holds until" in explained.candidates(after)[0]["decisions"][0]


def test_a_false_match_is_decided_about_anew_for_another_party(lead):
	decided(lead, "False Match")
	assert against_lists(lead, kind="Vessel").state == "To Be Decided"


def test_it_holds_when_the_entry_changes_and_when_the_record_gets_another_name(lead, restricted):
	decided(lead, "True Match")
	import_version(restricted, LIST.replace("FIRST", "SECOND"))
	assert screen("Trade Lead", lead.name)["state"] == "True Match"
	frappe.db.set_value("Trade Lead", lead.name, "company_name", "Harbor Robotics")
	assert screen("Trade Lead", lead.name)["state"] == "True Match"
	(row,) = latest(lead).candidates
	assert (row.entry_id, row.listed_name) == ("1", "Novatech Marine")
	assert again.screen_again([latest(lead).name]) == 0, "it is as before"


@pytest.mark.parametrize("gone", ["entry", "list"])
def test_it_ends_with_the_entry_or_the_list(lead, restricted, gone):
	decided(lead, "True Match")
	other = make_restricted_party_list("Another list", content="id,name\n1,Sample Shipping\n")
	if gone == "entry":
		import_version(restricted, LIST.replace("1,Novatech Marine", "7,Something Else"))
	else:
		frappe.db.set_value("Restricted Party List", restricted.name, "enabled", 0)
	assert other.enabled
	assert screen("Trade Lead", lead.name)["state"] == "No Candidate"


def test_a_manager_takes_it_back(lead):
	decided(lead, "True Match")
	after = against_lists(lead, kind="Vessel")
	with acting_as(make_person(MANAGER).name):
		decide(after.name, after.candidates[0].name, "False Match", "It is another ship.")
	assert latest(lead).state == "Cleared"
	assert against_lists(lead, kind="Vessel").state == "Cleared"


def test_who_was_screened_by_somebody_meanwhile_is_left_out(lead):
	"""The run listed its screenings before it came to lock them."""
	old = against_lists(lead)
	newer = against_lists(lead, kind="Vessel")
	frappe.db.set_value("Trade Lead", lead.name, "company_name", "Novatech Marine Works")
	count = frappe.db.count("Party Screening")
	again.screen_again([old.name])
	assert frappe.db.count("Party Screening") == count
	assert not frappe.db.get_value("Party Screening", newer.name, "superseded_by")


@pytest.mark.real_site("the sandbox locks nothing")
def test_a_run_locks_the_screenings_it_acts_on_with_their_rows(lead):
	old = against_lists(lead)
	with counted_statements() as sent:
		again.screen_again([old.name])
	for table in ("Party Screening", "Screening Candidate", "Screening Decision"):
		first = next(one.lower() for one in sent if f"from `tab{table}`".lower() in one.lower())
		assert "for update" in first, first


def asked(sent: list[str], *words: str) -> int:
	return sum(all(word.lower() in one.lower() for word in words) for one in sent)


def test_a_form_asks_for_the_latest_screening_once(lead):
	decided(lead, "False Match")
	with counted_statements() as sent:
		assert standing("Trade Lead", lead.name)["missing"] is None
	assert asked(sent, "tabParty Screening", "superseded_by", "WHERE") == 1


def test_lists_are_asked_for_their_versions_once(lead):
	with counted_statements() as sent:
		screening = against_lists(lead)
	assert asked(sent, "stale_after_days") == 1
	with counted_statements() as sent:
		decide(screening.name, screening.candidates[0].name, "False Match", "Another company.")
	assert asked(sent, "stale_after_days") == 1
