"""A party is compared with the lists in force; a person decides about each candidate, with words that stay."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, MANAGER, OFFICER, TRADE
from city_diplomacy.domain.trade.screening.score import KIND_CONTRADICTS_
from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.registers.errors import KeptRowError
from city_diplomacy.registers.languages import in_language
from city_diplomacy.trade_promotion.exceptions import ScreeningError, StaleListError
from city_diplomacy.trade_promotion.report.screening_still_open.screening_still_open import execute
from city_diplomacy.trade_promotion.screening import explained, gates, screenings
from city_diplomacy.trade_promotion.screening.api import decide, screen
from tests.factories import (
	acting_as,
	import_version,
	make_partner_organisation,
	make_party_screening,
	make_person,
	make_restricted_party_list,
	make_trade_lead,
)
from tests.speaking import speak

LIST = (
	"id,name,aliases,kind,country,birth_date,programme\n"
	"1,NOVATECH MARINE OOO,Novateh Morskoi,organisation,RU,,RUSSIA-EO\n"
	"2,Novatech,,vessel,IR,,IRAN\n3,Unlike Anything,,,,,\n"
)


@pytest.fixture(autouse=True)
def no_other_lists():
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)


@pytest.fixture
def restricted():
	return make_restricted_party_list(content=LIST)


@pytest.fixture
def screening(restricted):
	return screened()


def screened(company: str = "Novatech Marine Ltd", **fields):
	lead = make_trade_lead(company, **fields)
	return make_party_screening(lead, method=Method.AGAINST_LISTS)


def decide_all(screening, verdict: str = "False Match", words: str = "Another registration number."):
	for row in screening.candidates:
		decide(screening.name, row.name, verdict, words)
	return frappe.get_doc("Party Screening", screening.name)


def test_a_screening_finds_the_likeliest_first_and_says_against_what(screening, restricted):
	assert [row.entry_id for row in screening.candidates] == ["1", "2"]
	assert screening.state == "To Be Decided"
	assert screening.name_screened == "Novatech Marine Ltd"
	assert [(row.restricted_party_list, row.version) for row in screening.lists] == [
		(restricted.name, restricted.version)
	]
	assert screening.scorer.startswith("city_diplomacy 1, rapidfuzz ")


def test_a_party_like_nobody_passes_at_once(restricted):
	assert screened("Harbor Robotics").state == "No Candidate"


GERMAN = {
	KIND_CONTRADICTS_: "Geprüft als {state}, auf der Liste aber als {first_state}.",
	"Vessel": "Schiff",
	"Programme": "Programm",
}


def test_a_score_is_explained_part_by_part_in_the_readers_language(screening, monkeypatch):
	(first, second) = explained.candidates(screening)
	assert first["parts"][0]["points"].startswith("+100")
	assert "Novatech Marine Ltd" in first["parts"][0]["sentence"]
	assert any("Organisation, but on the list as Vessel" in part["sentence"] for part in second["parts"])
	assert {"label": "Programme", "text": "RUSSIA-EO"} in first["says"]
	speak(monkeypatch, "de", GERMAN)
	with in_language("de"):
		(first, second) = explained.candidates(screening)
	said = [part["sentence"] for part in second["parts"]]
	assert "Geprüft als Organisation, auf der Liste aber als Schiff." in said
	assert {"label": "Programm", "text": "RUSSIA-EO"} in first["says"]


def test_a_country_confirms(restricted):
	organisation = make_partner_organisation("Novatech Marine", country="Russian Federation")
	found = make_party_screening(organisation, method=Method.AGAINST_LISTS).candidates[0]
	assert "A country is the same" in found.parts


def test_decisions_are_kept_with_who_when_and_which_words(screening):
	trader = make_person(TRADE).name
	with acting_as(trader):
		state = decide(
			screening.name, screening.candidates[0].name, "False Match", "Other country, other people."
		)
	assert state == {"state": "To Be Decided"}
	stored = frappe.get_doc("Party Screening", screening.name)
	(row,) = stored.decisions
	assert (row.decided_by, row.verdict, row.words) == (trader, "False Match", "Other country, other people.")
	assert row.decided_on
	assert row.list_version == stored.lists[0].version
	assert decide_all_left(stored).state == "Cleared"


def decide_all_left(screening):
	for row in screening.candidates:
		if not row.verdict:
			decide(screening.name, row.name, "False Match", "A ship.")
	return frappe.get_doc("Party Screening", screening.name)


@pytest.mark.parametrize(
	("verdict", "words"), [("False Match", " "), ("Perhaps", "Not sure."), ("", "Why not.")]
)
def test_a_decision_needs_a_verdict_and_words(screening, verdict, words):
	with pytest.raises(frappe.ValidationError):
		decide(screening.name, screening.candidates[0].name, verdict, words)
	assert not frappe.get_doc("Party Screening", screening.name).decisions


def test_what_is_escalated_or_decided_a_manager_alone_decides_once_more(screening):
	row = screening.candidates[0].name
	with acting_as(make_person(TRADE).name):
		assert decide(screening.name, row, "Escalate", "The owner may be the same.")["state"] == "Escalated"
		with pytest.raises(ScreeningError, match=MANAGER):
			decide(screening.name, row, "False Match", "On second thought.")
	with acting_as(make_person(MANAGER).name):
		decide(screening.name, row, "True Match", "The consulate confirmed it.")
	stored = frappe.get_doc("Party Screening", screening.name)
	assert [one.verdict for one in stored.decisions] == ["Escalate", "True Match"]
	assert stored.state == "True Match"


def test_a_screening_and_its_decisions_are_not_edited(screening):
	decide(screening.name, screening.candidates[0].name, "False Match", "A namesake.")
	stored = frappe.get_doc("Party Screening", screening.name)
	stored.decisions[0].words = "Somebody else's words"
	with pytest.raises(ScreeningError, match="stays as it is"):
		stored.save()
	row = frappe.get_doc("Screening Decision", stored.decisions[0].name)
	row.words = "Somebody else's words"
	with pytest.raises(KeptRowError):
		row.save()


def test_a_client_brings_no_decisions_along(restricted):
	doc = frappe.get_doc(
		{
			"doctype": "Party Screening",
			"subject_type": "Trade Lead",
			"subject": make_trade_lead("Novatech").name,
			"state": "Cleared",
			"candidates": [],
			"decisions": [{"verdict": "False Match", "words": "x"}],
			"lists": [{"version": "9"}],
		}
	).insert()
	assert doc.state == "To Be Decided"
	assert not doc.decisions
	assert doc.lists[0].version == restricted.version


def test_nothing_is_screened_or_decided_by_a_stale_list(screening, restricted):
	frappe.db.set_value("Restricted Party List", restricted.name, "imported_on", "2020-01-01")
	with pytest.raises(StaleListError, match=restricted.name):
		decide_all(screening)
	with pytest.raises(StaleListError, match="as it is published today"):
		screened("Another Company")


def test_without_a_list_nothing_is_screened():
	with pytest.raises(StaleListError, match="no list"):
		screened()


def test_a_new_version_is_decided_by_once_the_party_is_screened_again(screening, restricted):
	"""Nobody was screened again here yet: the run of the import is only begun."""
	frappe.db.set_value("Restricted Party List", restricted.name, "version", "the next one")
	with pytest.raises(StaleListError, match="Screen again"):
		decide_all(screening)


def test_screening_again_takes_over_decisions_about_unchanged_entries(screening):
	before = decide_all(screening)
	after = frappe.get_doc("Party Screening", screen("Trade Lead", screening.subject)["name"])
	assert after.state == "Cleared"
	assert all(row.carried_over for row in after.candidates)
	assert {row.carried_from for row in after.decisions} == {before.name}
	assert "Taken over from" in explained.candidates(after)[0]["decisions"][0]
	assert frappe.db.get_value("Party Screening", before.name, "superseded_by") == after.name
	with pytest.raises(ScreeningError, match="followed by another"):
		decide_all(before)


def test_an_entry_that_changed_is_decided_about_anew(screening, restricted):
	decide_all(screening)
	import_version(restricted, LIST.replace("RUSSIA-EO", "RUSSIA-EO14024"))
	after = screenings.latest("Trade Lead", screening.subject)
	assert after.name != screening.name
	assert {row.entry_id: row.verdict or "" for row in after.candidates} == {"1": "", "2": "False Match"}
	assert after.state == "To Be Decided"


def test_another_name_is_decided_about_anew(screening):
	decide_all(screening)
	lead = frappe.get_doc("Trade Lead", screening.subject)
	lead.company_name = "Novatech Marine Works"
	lead.save()
	assert "out of date" in gates.what_is_missing("Trade Lead", lead.name)
	after = frappe.get_doc("Party Screening", screen("Trade Lead", lead.name)["name"])
	assert not any(row.verdict for row in after.candidates)


@pytest.mark.parametrize(
	("fields", "sentence"),
	[
		({"done_by": ""}, "Who screened"),
		({"done_words": ""}, "What was found"),
		({"done_on": "2999-01-01"}, "still to come"),
		({"valid_until": "2000-01-01"}, "lies before"),
		({"valid_until": "2999-01-01"}, "a year at most"),
	],
)
def test_a_screening_elsewhere_says_who_where_when_and_what(fields, sentence):
	with pytest.raises(frappe.ValidationError, match=sentence):
		make_party_screening(make_trade_lead(), **fields)


def test_who_may_not_read_a_record_does_not_screen_it(restricted):
	lead = make_trade_lead()
	with acting_as(make_person(COMMUNITY).name), pytest.raises(frappe.PermissionError):
		screen("Trade Lead", lead.name)


def test_the_report_lists_what_is_open_with_its_candidates(screening):
	with acting_as(make_person(OFFICER).name):
		_columns, rows, _message, chart = execute({"state": "To Be Decided"})
	row = next(row for row in rows if row["screening"] == screening.name)
	assert (row["undecided"], row["subject"], row["days"]) == (2, screening.subject, 0)
	assert row["best"] == max(one.score for one in screening.candidates)
	assert sum(chart["data"]["datasets"][0]["values"]) == len(rows)
	decide_all(screening)
	assert screening.name not in {row["screening"] for row in execute()[1]}


def test_the_report_shows_nobody_what_is_not_theirs(screening):
	with acting_as(make_person(COMMUNITY).name), pytest.raises(frappe.PermissionError):
		execute()
