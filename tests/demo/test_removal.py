"""The sample city goes as it came, and what people have added stays with all it needs."""

import frappe
import pytest

from city_diplomacy.demo import city, removal
from city_diplomacy.demo.book import read_book
from city_diplomacy.demo.loader import OFFICER
from city_diplomacy.demo.people import ATTORNEY
from city_diplomacy.partnership_approvals import api
from tests import factories

COUNTED = (
	"Agreement Type",
	"Approval Clearance",
	"Approval Decision",
	"Approval Snapshot",
	"Approval Route",
	"City Network",
	"Comment",
	"Contact",
	"Customs Tariff Number",
	"DefaultValue",
	"Department",
	"Diaspora Organisation",
	"Export Win",
	"File",
	"Holiday",
	"Holiday List",
	"MOU",
	"MOU Party",
	"MOU Text",
	"Network Membership",
	"Notification Log",
	"Partner City",
	"Partner Engagement",
	"Partner Organisation",
	"Partnership Commitment",
	"Partnership Topic",
	"ToDo",
	"Trade Lead",
	"Trade Referral",
	"User",
)
OPEN_AGREEMENT = "Film Festival Partnership with Busan"


def count() -> dict[str, int]:
	# Frappe itself notes each deletion in a comment of this type; that note is the site's, not the city's.
	noted = {"Comment": {"comment_type": ["!=", "Deleted"]}}
	return {doctype: frappe.db.count(doctype, noted.get(doctype)) for doctype in COUNTED}


def settings() -> dict:
	doc = frappe.get_doc("City Diplomacy Settings")
	return {df.fieldname: doc.get(df.fieldname) or None for df in doc.meta.fields}


def active_policies() -> list[str]:
	return frappe.get_all("Routing Policy", filters={"status": "Active"}, pluck="name")


def stays(report: removal.RemovalReport, doctype: str) -> dict[str, str]:
	return {name: reason for kind, name, reason in report.stays if kind == doctype}


def test_what_was_removed_can_be_loaded_again(loaded):
	removal.remove_city()
	assert city.load_city(force=True, folder=loaded).made["MOU"] == 7


def test_a_changed_record_stays_with_what_it_needs(loaded):
	membership = frappe.get_doc("Network Membership", {"partner_city": ["like", "Oslo%"]})
	with factories.acting_as(OFFICER):
		membership.notes = "Chairs the working group on construction sites."
		membership.save()
	report = removal.remove_city()
	assert stays(report, "Network Membership") == {membership.name: removal.CHANGED}
	assert list(stays(report, "Partner City")) == [membership.partner_city]
	assert list(stays(report, "City Network")) == [membership.network]
	assert not stays(report, "MOU")


def test_an_agreement_somebody_has_answered_about_stays_whole(loaded):
	name = frappe.db.get_value("MOU", {"title": OPEN_AGREEMENT})
	finance = frappe.get_doc("Approval Clearance", {"reference_name": name, "seat": "Finance"})
	with factories.acting_as(finance.put_to):
		api.decide(finance.name, "Clear")
	report = removal.remove_city()
	assert stays(report, "MOU") == {name: removal.CHANGED}
	assert api.verify_ledger("MOU", name)["findings"] == []
	assert "linked with" in stays(report, "User")[finance.put_to]
	agreement = frappe.get_doc("MOU", name)
	for row in agreement.texts:
		assert frappe.db.exists("File", {"file_url": row.file})
	for row in agreement.parties:
		assert frappe.db.exists(row.party_type, row.party)


def test_an_agreement_somebody_met_about_stays(loaded):
	name = frappe.db.get_value("MOU", {"title": OPEN_AGREEMENT})
	engagement = frappe.get_doc(
		{
			"doctype": "Partner Engagement",
			"subject": "First call of the film commissions",
			"engagement_type": "Call",
			"starts_on": "2026-11-02 10:00:00",
			"agreement": name,
		}
	).insert()
	report = removal.remove_city()
	assert stays(report, "MOU") == {name: f"Partner Engagement {engagement.name} is about it"}


def test_a_commented_agreement_stays(loaded):
	agreement = frappe.get_doc("MOU", {"title": OPEN_AGREEMENT})
	agreement.add_comment("Comment", "Ask them about subtitles.")
	assert stays(removal.remove_city(), "MOU") == {agreement.name: "somebody has commented on it"}


def test_a_person_s_own_record_keeps_the_partner_it_is_about(loaded):
	bordeaux = frappe.db.get_value("Partner City", {"city_name": "Bordeaux"})
	lead = frappe.get_doc(
		{
			"doctype": "Trade Lead",
			"company_name": "Pier Nine Tea",
			"market": "France",
			"partner_city": bordeaux,
		}
	).insert()
	report = removal.remove_city()
	assert list(stays(report, "Partner City")) == [bordeaux]
	assert frappe.db.exists("Trade Lead", lead.name)
	frappe.delete_doc("Trade Lead", lead.name)
	assert removal.remove_city().removed == {"Partner City": 1}


def test_a_setting_somebody_has_changed_stays(loaded):
	doc = frappe.get_doc("City Diplomacy Settings")
	doc.public_contact = "ask@city.example"
	doc.save()
	removal.remove_city()
	after = settings()
	assert after["public_contact"] == "ask@city.example"
	assert after["finance_department"] is None


def test_only_the_administrator_removes_it(loaded):
	with factories.acting_as(ATTORNEY), pytest.raises(city.SampleCityError):
		removal.remove_city()
	assert read_book()
