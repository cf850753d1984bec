"""Nothing is made of a trade lead, and no intake is complete, without a screening that is decided and current."""

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER
from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnerships.exceptions import IntakeNotCompleteError
from city_diplomacy.trade_promotion import opportunities
from city_diplomacy.trade_promotion.exceptions import NotScreenedError
from city_diplomacy.trade_promotion.screening import gates
from city_diplomacy.trade_promotion.screening.api import decide, screen_agreement, standing
from tests.factories import (
	acting_as,
	complete_intake,
	make_agreement,
	make_partner_organisation,
	make_party_screening,
	make_person,
	make_restricted_party_list,
	make_trade_lead,
	our_company,
	submit_for_intake,
)

MAKE = {"lead": opportunities.make_lead, "opportunity": opportunities.make_opportunity}
every_way = pytest.mark.parametrize("made", MAKE)


@pytest.fixture(autouse=True)
def our_city():
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": our_company(), "city_name": "Harborview"})
	settings.save()
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)


@pytest.fixture
def restricted():
	return make_restricted_party_list(content="id,name\n1,Harbour Robotics LLC\n")


def against_lists(subject):
	return make_party_screening(subject, method=Method.AGAINST_LISTS)


@every_way
def test_nothing_is_made_of_who_was_not_screened(made):
	lead = make_trade_lead()
	with pytest.raises(NotScreenedError, match="was not screened"):
		MAKE[made](lead.name)
	assert not frappe.db.get_value("Trade Lead", lead.name, made)


@every_way
def test_nothing_is_made_while_a_candidate_is_undecided_escalated_or_true(made, restricted):
	lead = make_trade_lead()
	screening = against_lists(lead)
	# What another office found does not outweigh a candidate of our own lists.
	make_party_screening(lead)
	for verdict, said in (
		(None, "to be decided"),
		("Escalate", "escalated"),
		("True Match", "party on a list"),
	):
		if verdict:
			decide(screening.name, screening.candidates[0].name, verdict, "See the file.")
		with pytest.raises(NotScreenedError, match=said):
			MAKE[made](lead.name)


@every_way
def test_it_is_made_once_the_candidates_are_false(made, restricted):
	lead = make_trade_lead()
	screening = against_lists(lead)
	decide(screening.name, screening.candidates[0].name, "False Match", "A namesake.")
	assert frappe.db.exists(made.title(), MAKE[made](lead.name))


def test_what_was_found_elsewhere_counts_until_its_day():
	lead = make_trade_lead()
	screening = make_party_screening(lead)
	assert gates.what_is_missing("Trade Lead", lead.name) is None
	frappe.db.set_value("Party Screening", screening.name, "valid_until", "2020-01-01")
	assert "out of date" in gates.what_is_missing("Trade Lead", lead.name)


@pytest.mark.parametrize("change", [{"version": "newer"}, {"imported_on": "2020-01-01"}])
def test_a_newer_or_stale_list_stops_until_screened_again(restricted, change):
	lead = make_trade_lead("Unlike Anybody")
	against_lists(lead)
	assert gates.what_is_missing("Trade Lead", lead.name) is None
	frappe.db.set_value("Restricted Party List", restricted.name, change)
	assert "out of date" in gates.what_is_missing("Trade Lead", lead.name)


def test_what_was_made_before_is_still_opened(restricted):
	lead = make_trade_lead()
	make_party_screening(lead)
	made = opportunities.make_opportunity(lead.name)
	against_lists(lead)
	assert opportunities.make_opportunity(lead.name) == made


@pytest.mark.parametrize("doctype", ["Customer", "Opportunity"])
def test_the_lead_of_a_trade_lead_leads_nobody_past_the_gate(doctype, restricted):
	lead = make_trade_lead()
	make_party_screening(lead)
	made = opportunities.make_lead(lead.name)
	against_lists(lead)
	of_lead = (
		{"lead_name": made, "customer_name": "Harbor Robotics"}
		if doctype == "Customer"
		else {"opportunity_from": "Lead", "party_name": made, "company": our_company()}
	)
	with pytest.raises(NotScreenedError, match="to be decided"):
		frappe.get_doc({"doctype": doctype, **of_lead}).insert()


def test_the_box_of_the_intake_is_the_screenings_answer(restricted):
	port = make_partner_organisation()
	agreement = submit_for_intake(make_agreement(port))
	agreement.parties_screened = 1
	agreement.save()
	assert not agreement.parties_screened
	screen_agreement(agreement.name)
	assert frappe.db.get_value("MOU", agreement.name, "parties_screened") == 1


def test_a_decision_about_the_last_candidate_is_in_the_box_once_clearance_starts(restricted):
	"""The decision saves the screening alone; the next that saves the agreement is the start of its clearance."""
	agreement = submit_for_intake(make_agreement(make_partner_organisation("Harbour Robotics")))
	agreement.update(dict.fromkeys(("duplicates_checked", "tier_checked", "jurisdiction_checked"), 1))
	agreement.save()
	(screening,) = screen_agreement(agreement.name)
	assert frappe.db.get_value("MOU", agreement.name, "parties_screened") == 0
	(row,) = frappe.get_doc("Party Screening", screening["name"]).candidates
	decide(screening["name"], row.name, "False Match", "A port authority.")
	routes.start("MOU", agreement.name)
	assert frappe.db.get_value("MOU", agreement.name, ["workflow_state", "parties_screened"]) == (
		"In Clearance",
		1,
	)


def test_an_agreement_back_in_draft_is_not_screened_and_one_taken_in_again_is():
	agreement = complete_intake(submit_for_intake(make_agreement(make_partner_organisation())))
	routes.send_back("MOU", agreement.name, "The purpose is missing.")
	agreement.reload()
	assert (agreement.workflow_state, agreement.parties_screened) == ("Draft", 0)
	assert submit_for_intake(agreement).parties_screened == 1


def test_intake_is_not_complete_until_every_counterpart_is_screened(restricted):
	agreement = complete_intake(
		submit_for_intake(make_agreement(make_partner_organisation("Harbour Robotics")))
	)
	assert gates.missing_of_agreement(agreement) == []
	for name in frappe.get_all("Party Screening", {"subject": "Harbour Robotics"}, pluck="name"):
		frappe.db.set_value("Party Screening", name, "valid_until", "2020-01-01")
	with pytest.raises(IntakeNotCompleteError, match="Harbour Robotics is out of date"):
		frappe.get_doc("MOU", agreement.name).check_intake_complete()
	screening = screen_agreement(agreement.name)[0]
	with pytest.raises(IntakeNotCompleteError, match="candidates for Harbour Robotics"):
		frappe.get_doc("MOU", agreement.name).check_intake_complete()
	row = frappe.get_doc("Party Screening", screening["name"]).candidates[0]
	decide(screening["name"], row.name, "False Match", "A port authority.")
	assert gates.missing_of_agreement(agreement) == []


def test_once_intake_is_over_the_box_stays_as_it_was():
	agreement = complete_intake(submit_for_intake(make_agreement(make_partner_organisation())))
	frappe.db.set_value("MOU", agreement.name, "workflow_state", "In Clearance")
	frappe.db.delete("Party Screening", {"subject": "Port of Rotterdam"})
	later = frappe.get_doc("MOU", agreement.name)
	later.parties_screened = 0
	gates.answer_intake(_with_stored(later))
	assert later.parties_screened == 1


def _with_stored(doc):
	doc.load_doc_before_save()
	return doc


def test_a_form_learns_how_the_screening_stands(restricted):
	lead = make_trade_lead("Unlike Anybody")
	with acting_as(make_person(OFFICER).name):
		assert "was not screened" in standing("Trade Lead", lead.name)["missing"]
		screening = against_lists(lead)
		assert standing("Trade Lead", lead.name) == {"missing": None, "screening": screening.name}
