"""What the loaded city holds, and that loading it again adds nothing."""

import frappe

from city_diplomacy.demo import city
from city_diplomacy.demo.book import read_book
from city_diplomacy.demo.loader import MANAGER, OFFICER
from city_diplomacy.demo.people import ATTORNEY, HOLIDAYS
from tests import factories


def ours(doctype: str) -> list[str]:
	return [entry.name for entry in read_book() if entry.doctype == doctype]


def test_a_second_load_adds_nothing(loaded):
	report = city.load_city(force=True, folder=loaded)
	assert not report.made
	assert report.there_already["MOU"] == 7


def test_what_a_person_has_deleted_is_loaded_again(loaded):
	(referral,) = ours("Trade Referral")
	frappe.delete_doc("Trade Referral", referral)
	assert city.load_city(force=True, folder=loaded).made == {"Trade Referral": 1}


def test_an_agreement_from_before_says_what_is_known_of_it(loaded):
	agreement = frappe.get_doc("MOU", {"title": "Los Angeles - Bordeaux Sister City Agreement"})
	assert (str(agreement.signed_on), agreement.signed_precision) == ("1964-01-01", "Year")
	assert not agreement.effective_date
	assert agreement.existing_agreement
	assert agreement.publish
	assert "losangeles.consulfrance.org" in agreement.source
	assert frappe.get_doc("Approval Route", {"reference_name": agreement.name}).outcome == "Not Routed Here"
	content = frappe.get_doc("File", {"file_url": agreement.source_file}).get_content()
	assert "signed_year: 1964" in content
	of_the_port = frappe.get_doc(
		"MOU", {"title": "Port of Los Angeles - Port of Nagoya sister port affiliation"}
	)
	assert [(row.side, row.party_type, row.party_name) for row in of_the_port.parties] == [
		("Ours", "Department", "Harbor Department"),
		("Counterpart", "Partner Organisation", "Port of Nagoya"),
	]


def test_nobody_in_the_city_has_a_password_and_reviewers_have_no_desk(loaded):
	assert frappe.db.get_value("User", ATTORNEY, "user_type") == "Website User"
	assert frappe.db.get_value("User", OFFICER, "user_type") == "System User"
	assert frappe.get_doc("User", MANAGER).get("new_password") in (None, "")


def test_due_dates_skip_weekends_and_holidays(loaded):
	days = {str(row.holiday_date) for row in frappe.get_doc("Holiday List", HOLIDAYS).holidays}
	assert {"2026-11-26", "2026-11-28", "2026-11-29"} <= days
	asked = frappe.get_all("Approval Clearance", {"reference_name": ["in", ours("MOU")]}, pluck="due_date")
	assert asked
	assert not days & {str(due) for due in asked}


def test_nobody_is_written_to(loaded):
	assert factories.outbox() == []
