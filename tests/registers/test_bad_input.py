"""Bad input on every register: one clear sentence, and nothing half-written."""

import frappe
import pytest

from tests import factories
from tests.community.factories import (
	make_committee_duty,
	make_community_programme,
	make_directory_registration,
)
from tests.events.factories import make_international_event
from tests.protocol import factories as protocol
from tests.protocol.factories import delegate, item, make_delegation_visit, make_visit_triage_rule

LONG = "x" * 141
HOSTILE = "<script>alert(1)</script>"

# (register, the bad values, what the sentence says); tests/static/test_every_register.py names a register without any
CASES = [
	("Partner City", {"latitude": 91, "longitude": 10}, "Latitude runs from -90 to 90"),
	("Partner City", {"latitude": 35.1}, "both latitude and longitude"),
	("Partner City", {"latitude": float("nan"), "longitude": 1}, "Latitude runs from"),
	("Partner City", {"time_zone": "Mars/Olympus"}, "is not a time zone"),
	("Partner City", {"time_zone": "../../etc/passwd"}, "is not a time zone"),
	("Partner City", {"population": -5}, "egative"),
	("Partner City", {"population": 9_999_999_999}, "No city has"),
	("Partner City", {"population_year": 2999}, "must be a year from"),
	("Partner City", {"website": "javascript:alert(1)"}, "must be a web address"),
	("Partner City", {"website": "https://exa mple.org"}, "must be a web address"),
	("Partner City", {"website": "https://[broken"}, "must be a web address"),
	("Partner City", {"relationship_since": "2999-01-01"}, "still to come"),
	("Partner City", {"relationship_since": "31 February"}, "is not a date"),
	("Partner City", {"relationship_since": 20260101}, "is not a date"),
	("Partner City", {"since_precision": "Decade"}, "cannot be"),
	("Partner City", {"city_name": "!!!"}, "no letters or digits"),
	("Partner City", {"country": "Atlantis"}, "Atlantis"),
	("Partner Organisation", {"website": "ftp://files.example.org"}, "must be a web address"),
	("Partner Organisation", {"kind": "Kingdom"}, "cannot be"),
	("City Network", {"founded_year": 12}, "must be a year from"),
	("City Network", {"website": "data:text/html,x"}, "must be a web address"),
	("Network Membership", {"dues": -1}, "must be an amount"),
	("Network Membership", {"dues": float("nan")}, "must be an amount"),
	("Network Membership", {"dues": 10, "currency": "QQQ"}, "QQQ"),
	("Network Membership", {"since": "2999-01-01"}, "still to come"),
	("Network Membership", {"renewal_date": "soon"}, "is not a date"),
	("Agreement Type", {"default_term_months": 99999}, "can be at most"),
	("Agreement Type", {"default_term_months": 1, "notice_days": 60}, "longer than the term"),
	("Partnership Topic", {"description": "x" * 10_001}, "keep it under"),
	("MOU", {"financial_value": 1e30}, "must be an amount"),
	("MOU", {"financial_value": -1}, "must be an amount"),
	("MOU", {"term_months": 5000}, "must be from 0 to"),
	("MOU", {"signed_on": "2999-01-01"}, "still to come"),
	("MOU", {"effective_date": "yesterdayish"}, "is not a date"),
	("MOU", {"title": "x" * 181}, "180"),
	("Partnership Commitment", {"due_date": "whenever"}, "is not a date"),
	(
		"Partnership Commitment",
		{"evidence": [{"link": "javascript:x", "description": "x"}]},
		"must be a web address",
	),
	("Partnership Commitment", {"status": "Forgotten"}, "cannot be"),
	("Partner Engagement", {"starts_on": "the day after"}, "is not a date"),
	("Trade Lead", {"annual_value": -1}, "must be an amount"),
	("Trade Lead", {"annual_value": 5, "currency": "QQQ"}, "QQQ"),
	("Trade Lead", {"market": "Atlantis"}, "Atlantis"),
	("Trade Lead", {"direction": "Smuggling"}, "Smuggling"),
	("Trade Lead", {"stage": "Nirvana"}, "Nirvana"),
	("Trade Lead", {"stage": "Site Search"}, "is not a stage of Export; choose one of"),
	("Trade Lead", {"stage": "Buyer Talks"}, "cannot be at Buyer Talks yet"),
	("Trade Lead", {"status": "Asleep"}, "cannot be"),
	("Trade Lead", {"status": "Lost"}, "Say in the field Reason why"),
	("Trade Lead", {"status": "Lost", "status_reason": "Price", "status_on": "2999-01-01"}, "still to come"),
	("Trade Lead", {"status": "Lost", "status_reason": "x" * 10_001}, "keep it under"),
	("Trade Lead", {"schedule_b": "12345"}, "has ten digits"),
	("Trade Lead", {"schedule_b": "١٢٣٤٥٦٧٨٩٠"}, "has ten digits"),
	("Trade Lead", {"eccn": "=cmd|'/c calc'!A0"}, "an ECCN is written as"),
	("Trade Lead", {"jobs_new": -3}, "egative"),
	("Trade Lead", {"jobs_new": 99_999_999_999}, "New jobs"),
	("Trade Lead", {"foreign_equity": float("nan")}, "must be an amount"),
	("Trade Lead", {"capital_expenditure": -1}, "must be an amount"),
	("Trade Lead", {"land_date": "when the tide is in"}, "is not a date"),
	("Trade Lead", {"confidential_until": "2999-01-01"}, "needs a Description without names"),
	(
		"Trade Lead",
		{"confidential_until": "2999-01-01", "anonymous_description": "It is HARBOR Robotics."},
		"holds the company's name",
	),
	(
		"Trade Lead",
		{"annual_value": 5, "currency": "USD", "unstated_figures": [{"figure": "Estimated value per year"}]},
		"keep one of the two",
	),
	("Trade Lead", {"unstated_figures": [{"figure": "New jobs"}, {"figure": "New jobs"}]}, "stands twice"),
	("Trade Lead", {"unstated_figures": [{"figure": "Age of the captain"}]}, "cannot be"),
	("Trade Lead", {"market_interests": [{"market": "Japan"}, {"market": "Japan"}]}, "is named already"),
	(
		"Trade Lead",
		{"barriers": [{"barrier": "Labels", "met_on": "2026-02-01", "removed_on": "2026-01-01"}]},
		"lies before",
	),
	("Trade Stage", {"direction": "Smuggling"}, "cannot be"),
	("Trade Stage", {"position": -1}, "egative"),
	("Trade Stage", {"stale_after_days": -1}, "egative"),
	("Trade Stage", {"required_fields": [{"required_field": "owner"}]}, "choose a field of trade leads"),
	(
		"Trade Stage",
		{"required_fields": [{"required_field": "eccn"}, {"required_field": "eccn"}]},
		"choose a field of trade leads",
	),
	("Trade Filing Rule", {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "lies before"),
	("Trade Filing Rule", {"valid_from": "long ago"}, "is not a date"),
	("Trade Filing Rule", {"above_value": -1}, "must be an amount"),
	("Trade Filing Rule", {"source_address": "javascript:alert(1)"}, "must be a web address"),
	("Trade Referral", {"referred_to": ""}, "Name whom the company is referred to"),
	("Trade Referral", {"status": "Closed"}, "closed by the button"),
	("Trade Referral", {"engagement": "PE-2026-0001"}, "PE-2026-0001"),
	("Trade Referral", {"asked_on": "2999-01-01"}, "still to come"),
	("Trade Referral", {"trade_lead": "TL-1066-0001"}, "TL-1066-0001"),
	("Trade Referral", {"asked_for": "x" * 10_001}, "keep it under"),
	("Export Win", {"won_on": "2999-01-01"}, "still to come"),
	("Export Win", {"status": "Confirmed"}, "not by hand"),
	("Export Win", {"rating_support": 5}, "not by hand"),
	("Export Win", {"contact_email": "not an address"}, "e-mail"),
	("Export Win", {"contact_email": "a@b.example, c@d.example"}, "is not an e-mail address"),
	("Export Win", {"won_values": [{"kind": "Investment", "year_1": 1}]}, "is no value of Export"),
	("Export Win", {"won_values": [{"kind": "Export", "year_1": -1}]}, "must be an amount"),
	("Export Win", {"won_values": [{"kind": "Export", "year_5": 1e30}]}, "must be an amount"),
	("Export Win", {"won_values": [{"kind": "Export"}, {"kind": "Export"}]}, "stands in two rows"),
	("Export Win", {"advisers": [{}]}, "say who contributed"),
	(
		"Export Win",
		{"advisers": [{"adviser_name": "A", "share": 60}, {"adviser_name": "B", "share": 60}]},
		"together 100",
	),
	# visits
	("Delegation Visit", {"arrives_on": "2027-05-01"}, "lies before"),
	("Delegation Visit", {"arrives_on": "in spring"}, "is not a date"),
	("Delegation Visit", {"requested_on": "2999-01-01"}, "still to come"),
	("Delegation Visit", {"time_zone": "Mars/Olympus"}, "is not a time zone"),
	("Delegation Visit", {"status": "Forgotten"}, "cannot be"),
	("Delegation Visit", {"country": "Atlantis"}, "Atlantis"),
	("Delegation Visit", {"expected_people": -3}, "egative"),
	("Delegation Visit", {"purpose": "x" * 10_001}, "keep it under"),
	("Delegation Visit", {"requester_email": "a@b.example, c@d.example"}, "is not an e-mail address"),
	("Delegation Visit", {"engagement": "PE-2026-0001"}, "PE-2026-0001"),
	("Delegation Visit", {"costs": [{"item": "Flights", "amount": -1}]}, "must be an amount"),
	("Delegation Visit", {"costs": [{"item": "Flights", "payer_kind": "Nobody"}]}, "cannot be"),
	(
		"Delegation Visit",
		{"delegates": [{"name_as_written": "Ana"}, {"name_as_written": " ana "}]},
		"stands twice",
	),
	(
		"Delegation Visit",
		{"delegates": [{"name_as_written": "Ana", "email": "nowhere"}]},
		"is not an e-mail address",
	),
	(
		"Delegation Visit",
		{"programme": [item("Tour", "10:00", "09:00")]},
		"not after it starts",
	),
	(
		"Delegation Visit",
		{"programme": [{**item("Tour", "10:00", "11:00"), "starts_at": "25:99"}]},
		"is not a time of day",
	),
	(
		"Delegation Visit",
		{"programme": [item("Tour", "10:00", "11:00", time_zone="Mars/Olympus")]},
		"is not a time zone",
	),
	(
		"Delegation Visit",
		{
			"programme": [item("Tour", "10:00", "11:00"), item("Talks", "10:30", "11:30")],
			"delegates": [delegate("Ana")],
		},
		"at the same time",
	),
	(
		"Delegation Visit",
		{"partners": [{"partner_type": "Partner City", "partner": "Nowhere"}]},
		"Nowhere",
	),
	# protocol: corps, gifts, ceremonies
	("Consular Mission", {"mission_type": "Kingdom"}, "cannot be"),
	("Consular Mission", {"country": "Atlantis"}, "Atlantis"),
	("Consular Mission", {"website": "javascript:alert(1)"}, "must be a web address"),
	("Consular Mission", {"email": "not an address"}, "is not an e-mail address"),
	("Consular Mission", {"opened_on": "2999-01-01"}, "still to come"),
	("Consular Mission", {"opened_on": "2026-02-01", "closed_on": "2026-01-01"}, "lies before"),
	("Consular Mission", {"national_day_month": "February", "national_day_day": 30}, "has no day 30"),
	("Consular Mission", {"national_day_day": 4}, "a month and a day"),
	("Consular Mission", {"national_day_month": "Brumaire", "national_day_day": 4}, "cannot be"),
	("Consular Mission", {"officers": [protocol.head("A", exequatur="2999-01-01")]}, "still to come"),
	("Consular Mission", {"officers": [protocol.head("A", exequatur="soon")]}, "is not a date"),
	("Consular Mission", {"officers": [protocol.head("A", rank="Admiral")]}, "cannot be"),
	("Consular Mission", {"officers": [protocol.head("A", to_date="2020-01-01")]}, "lies before"),
	("Consular Mission", {"officers": [protocol.head("A"), protocol.head("B")]}, "at the same time"),
	("Consular Mission", {"mission_type": "Honorary consulate"}, "headed by an honorary officer"),
	("Consular Case", {"status": "Forgotten"}, "cannot be"),
	("Consular Case", {"status": "Closed"}, "Say what came of the case"),
	("Consular Case", {"happened_on": "2999-01-01 10:00:00"}, "still to come"),
	("Consular Case", {"reported_on": "the day after"}, "is not a date"),
	(
		"Consular Case",
		{"happened_on": "2026-02-02 10:00:00", "reported_on": "2026-02-01 10:00:00"},
		"lies before",
	),
	(
		"Consular Case",
		{"notices": [{"told_on": "2999-01-01 10:00:00", "told_whom": "The police", "how": "Telephone"}]},
		"still to come",
	),
	("Consular Case", {"what_happened": "x" * 10_001}, "keep it under"),
	("Official Gift", {"value": -1}, "must be an amount"),
	("Official Gift", {"value": float("nan")}, "must be an amount"),
	("Official Gift", {"currency": "QQQ"}, "QQQ"),
	("Official Gift", {"gift_date": "2999-01-01"}, "still to come"),
	("Official Gift", {"gift_date": "at Easter"}, "is not a date"),
	("Official Gift", {"status": "Approved"}, "not by hand"),
	("Official Gift", {"decided_by": "Administrator"}, "not by hand"),
	("Official Gift", {"partner_type": "Partner City"}, "or neither"),
	("Official Gift", {"custody": "In storage"}, "Say where the gift is stored"),
	("Official Gift", {"custody": "Disposed of"}, "Say how the gift was disposed of"),
	("Official Gift", {"disposal": "Donated", "disposed_on": "2026-01-01"}, "lies before"),
	("Official Gift", {"withhold": 1}, "Say why the gift is left out"),
	("Official Gift", {"other_email": "not an address"}, "is not an e-mail address"),
	("Gift Threshold", {"above_value": 0}, "at least one amount"),
	("Gift Threshold", {"above_value": -1}, "must be an amount"),
	("Gift Threshold", {"valid_until": "2019-01-01"}, "lies before"),
	("Gift Threshold", {"source_address": "javascript:alert(1)"}, "must be a web address"),
	("Ceremonial Request", {"kind": "Parade"}, "cannot be"),
	("Ceremonial Request", {"needed_on": "2026-04-01"}, "lies before"),
	("Ceremonial Request", {"needed_on": "soon"}, "is not a date"),
	("Ceremonial Request", {"contact_email": "nobody"}, "is not an e-mail address"),
	("Ceremonial Request", {"status": "Declined"}, "Give the reason"),
	("Ceremonial Request", {"requested_text": "x" * 10_001}, "keep it under"),
	("Ceremonial Rule", {"notice_days": -1}, "must be from 0 to"),
	("Ceremonial Rule", {"notice_days": 99_999}, "must be from 0 to"),
	("Ceremonial Rule", {"valid_until": "2019-01-01"}, "lies before"),
	("Ceremonial Rule", {"source_address": "ftp://x.example"}, "must be a web address"),
	("Delegation Visit", {"requester_kind": "Wizard"}, "cannot be"),
	("Visit Triage Rule", {"criterion": "Weather"}, "cannot be"),
	("Visit Checklist Step", {"days": -5000}, "must be from"),
	("Visit Checklist Step", {"visit_kind": "Secret"}, "cannot be"),
	("Visit Checklist Step", {"role": "Wizard"}, "Wizard"),
	("Visit Triage Rule", {"threshold": -1}, "from 0 to"),
	("Visit Triage Rule", {"threshold": float("nan")}, "from 0 to"),
	("Visit Triage Rule", {"source_address": "javascript:alert(1)"}, "must be a web address"),
	("Visit Triage Rule", {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "lies before"),
	("Restricted Party List", {"address": "javascript:alert(1)"}, "must be a web address"),
	("Restricted Party List", {"stale_after_days": 0}, "must be from 1 to"),
	("Restricted Party List", {"stale_after_days": -5}, "from 1 to"),
	("Restricted Party List", {"file_format": "Parquet"}, "cannot be"),
	("Party Screening", {"done_on": "some day"}, "is not a date"),
	("Party Screening", {"birth_date": "soon"}, "is not a date"),
	("Register Import", {"file": "/files/public.csv"}, "as a private one"),
	("Diaspora Organisation", {"email": "not an address"}, "is not an e-mail address"),
	("Diaspora Organisation", {"email": "a@b.example, c@d.example"}, "is not an e-mail address"),
	("Diaspora Organisation", {"last_verified": "2999-01-01"}, "still to come"),
	("Diaspora Organisation", {"website": "//example.org"}, "must be a web address"),
	# guest lists
	("Guest List", {"status": "Forgotten"}, "cannot be"),
	("Guest List", {"event_date": "at Easter"}, "is not a date"),
	("Guest List", {"starts_at": "noonish"}, "is not a time of day"),
	("Guest List", {"answer_by": "2027-03-02"}, "lies before"),
	("Guest List", {"event_date": "2998-01-01", "status": "Held"}, "cannot be Held before"),
	("Guest List", {"about_type": "Delegation Visit"}, "or neither"),
	("Guest List", {"about_type": "Delegation Visit", "about": "DV-1066-0001"}, "DV-1066-0001"),
	("Guest List", {"about_type": "User", "about": "Administrator"}, "is about one of"),
	("Guest List", {"remarks": "x" * 10_001}, "keep it under"),
	("Guest List", {"tables": [{"table_label": "1"}, {"table_label": " 1 "}]}, "Two tables are called"),
	("Guest List", {"tables": [{"table_label": "1", "seats": 0}]}, "has from 1 to"),
	("Guest List", {"tables": [{"table_label": "1", "shape": "Square"}]}, "cannot be"),
	("Guest List", {"kept_apart": [{"guest": "GUEST-1", "other_guest": "GUEST-2"}]}, "GUEST-1"),
	("Invited Guest", {"seat_table": "1"}, "not by hand"),
	("Invited Guest", {"seat_number": 4}, "not by hand"),
	("Invited Guest", {"seat_fixed": 1}, "once the guest has one"),
	("Invited Guest", {"guest_name": " "}, "Name as written"),
	("Invited Guest", {"email": "a@b.example, c@d.example"}, "is not an e-mail address"),
	("Invited Guest", {"rsvp": "Perhaps"}, "cannot be"),
	("Invited Guest", {"rsvp": "Attended"}, "nobody is Attended before"),
	("Invited Guest", {"side": "Neither"}, "cannot be"),
	("Invited Guest", {"precedence_class": "Emperor"}, "cannot be"),
	("Invited Guest", {"place_in_class": -1}, "from 0 to"),
	("Invited Guest", {"place_in_class": 1000}, "from 0 to"),
	("Invited Guest", {"is_host": 1}, "one of our side"),
	("Invited Guest", {"accompanies": "GUEST-1066-00001"}, "GUEST-1066-00001"),
	("Invited Guest", {"guest_list": "GL-1066-0001"}, "GL-1066-0001"),
	("Invited Guest", {"consular_mission": "Atlantis"}, "Atlantis"),
	("Invited Guest", {"language": "qq"}, "qq"),
	("Invited Guest", {"diet": "x" * 10_001}, "keep it under"),
	# hosted events and community
	("International Event", {"starts_on": "some summer"}, "is not a date"),
	("International Event", {"starts_on": "2027-05-04", "ends_on": "2027-05-01"}, "lies before"),
	("International Event", {"phase": "Dreamt of"}, "cannot be"),
	("International Event", {"organiser_name": ""}, "Fill in"),
	("International Event", {"expected": -5}, "egative"),
	(
		"International Event",
		{"expected": 5, "attendance": [{"country": "Japan", "expected": 6}]},
		"more than the total",
	),
	("International Event", {"attendance": [{"country": "Atlantis"}]}, "Atlantis"),
	("International Event", {"editions": [{"year": 12, "country": "Japan"}]}, "must be a year from"),
	("International Event", {"agreements": [{"agreement": "MOU-1066-0001"}]}, "MOU-1066-0001"),
	("International Event", {"project": "PROJ-1066"}, "PROJ-1066"),
	("International Event", {"legacy": [{"what_stays": "A tram", "measure": "Riders"}]}, "who sees to it"),
	("Directory Registration", {"email": "nowhere"}, "is not an e-mail address"),
	("Directory Registration", {"website": "javascript:alert(1)"}, "must be a web address"),
	("Directory Registration", {"status": "Accepted"}, "not by hand"),
	("Directory Registration", {"heritage_country": "Atlantis"}, "Atlantis"),
	("Directory Registration", {"show_phone": 1}, "may be shown, and is empty"),
	("Community Programme", {"kind": "Fun"}, "cannot be"),
	("Community Programme", {"starts_on": "2027-05-04", "ends_on": "2027-05-01"}, "lies before"),
	("Community Programme", {"groups": [{"group_name": "Adults", "places_taken": -1}]}, "egative"),
	("Community Programme", {"groups": [{"group_name": "Adults", "completed": 3}]}, "more people"),
	("Community Programme", {"groups": [{"group_name": "Ana Lopez, Kim Minji"}]}, "a list of names"),
	("Community Programme", {"description": "Write to ana@example.org"}, "an e-mail address"),
	(
		"Community Programme",
		{"sessions": [{"subject": "First", "held_on": "whenever", "place": "Library"}]},
		"is not a date",
	),
	("Community Programme", {"status": "Cancelled"}, "Say in the field Reason why"),
	("Committee Duty", {"due_date": "in due course"}, "is not a date"),
	("Committee Duty", {"recurs": "Now and then"}, "cannot be"),
	("Committee Duty", {"status": "Done"}, "not by hand"),
	("Committee Duty", {"status": "Dropped"}, "Say in the field Reason why"),
	("Committee Duty", {"kind": "Minimum members"}, "how many members"),
	("Committee Duty", {"organisation": ""}, "Say who owes it"),
	("Committee Duty", {"remind_days": -1}, "egative"),
	(
		"Diaspora Organisation",
		{"consents": [{"shown_field": "Phone", "given_on": "2999-01-01", "given_by": "x"}]},
		"still to come",
	),
]

# What a record is named after has these rules only while it is named.
NAMES = [
	("Partner City", {"city_name": LONG}, "shorten the name"),
	("Partner City", {"city_name": HOSTILE}, "<"),
]

# How a good one is made
MAKERS = {
	"Partner City": factories.make_partner_city,
	"Partner Organisation": factories.make_partner_organisation,
	"City Network": factories.make_city_network,
	"Network Membership": factories.make_membership,
	"Agreement Type": lambda **fields: factories.make_agreement_type("Short Understanding", **fields),
	"Partnership Topic": factories.make_partnership_topic,
	"MOU": factories.make_agreement,
	"Partnership Commitment": factories.make_commitment,
	"Partner Engagement": factories.make_engagement,
	"Trade Lead": factories.make_trade_lead,
	"Trade Stage": factories.make_trade_stage,
	"Trade Filing Rule": factories.make_trade_filing_rule,
	"Trade Referral": factories.make_trade_referral,
	"Export Win": factories.make_export_win,
	"Restricted Party List": factories.make_restricted_party_list,
	"Party Screening": factories.make_party_screening,
	"Diaspora Organisation": factories.make_diaspora_organisation,
	# visits
	"Delegation Visit": make_delegation_visit,
	# protocol: corps, gifts, ceremonies
	"Consular Mission": protocol.make_consular_mission,
	"Consular Case": protocol.make_consular_case,
	"Official Gift": protocol.make_official_gift,
	"Gift Threshold": protocol.make_gift_threshold,
	"Ceremonial Request": protocol.make_ceremonial_request,
	"Ceremonial Rule": protocol.make_ceremonial_rule,
	# guest lists
	"Guest List": protocol.make_guest_list,
	"Invited Guest": protocol.make_invited_guest,
	"Visit Triage Rule": make_visit_triage_rule,
	"Visit Checklist Step": protocol.make_visit_checklist_step,
	"Register Import": factories.make_register_import,
	"International Event": make_international_event,
	"Community Programme": make_community_programme,
	"Committee Duty": make_committee_duty,
	"Directory Registration": make_directory_registration,
}


def case_id(value) -> str | None:
	"""The bad field and its value; pytest names the register itself."""
	return str(value)[:40] if isinstance(value, dict) else None


@pytest.mark.parametrize(("register", "fields", "sentence"), CASES, ids=case_id)
def test_bad_input_is_refused_on_change(register, fields, sentence):
	doc = MAKERS[register]()
	stored = frappe.get_doc(register, doc.name).as_dict()
	doc.update(fields)
	_refused(doc.save, sentence)
	assert frappe.get_doc(register, doc.name).as_dict() == stored


@pytest.mark.parametrize(("register", "fields", "sentence"), CASES + NAMES, ids=case_id)
def test_bad_input_is_refused_on_entry(register, fields, sentence):
	doc = MAKERS[register]()
	fresh = frappe.copy_doc(doc, ignore_no_copy=False)
	doc.delete()
	before = frappe.db.count(register)
	fresh.update(fields)
	_refused(fresh.insert, sentence)
	assert frappe.db.count(register) == before


def _refused(act, sentence: str) -> None:
	with pytest.raises((frappe.ValidationError, frappe.NameError)) as refusal:
		act()
	said = " ".join([str(refusal.value), *(entry["message"] for entry in frappe.get_message_log())])
	assert sentence in said
	assert "Traceback" not in said


def test_settings_look_ahead_a_sensible_time():
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": factories.our_company(), "city_name": "Harborview", "renewal_radar_days": 0})
	_refused(settings.save, "must be from 1 to")


def test_settings_take_country_and_currency_from_the_company():
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": factories.our_company(), "city_name": "Harborview", "country": None})
	settings.save()
	assert settings.country == frappe.db.get_value("Company", settings.company, "country")


def test_a_name_holds_no_mark_that_would_end_an_attribute():
	port = factories.make_partner_organisation('Port "Nova" x" onmouseover="alert(1)')
	assert '"' not in port.name
	assert port.organisation_name.startswith("Port “Nova”")
