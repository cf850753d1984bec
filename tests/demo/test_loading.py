"""What the loader makes of its files, and what it says of the rows it cannot use."""

import csv

import frappe
import pytest

from city_diplomacy.demo import city, removal, walk
from city_diplomacy.demo.book import read_book
from city_diplomacy.demo.guests import RECEPTION
from city_diplomacy.demo.loader import OFFICER
from city_diplomacy.demo.rows import DATA
from city_diplomacy.diplomatic_protocol.guests.seating import seating_of
from city_diplomacy.domain.protocol.seating.faults import GRAVE
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.demo.files import add_row

STATES_SHOWN = {
	"Draft",
	"Intake Review",
	"In Clearance",
	"Mayor's Decision",
	"Council Decision",
	"Ready to Sign",
	"Active",
	"Suspended",
	"Terminated",
	"Expired",
	"Superseded",
	"Declined",
	"Withdrawn",
}
UNDATED_EVENTS = 4


def rows_of(file: str) -> list[dict[str, str]]:
	with (DATA / file).open(encoding="utf-8", newline="") as opened:
		return list(csv.DictReader(opened))


def ours(doctype: str) -> list[str]:
	return [entry.name for entry in read_book() if entry.doctype == doctype]


def assert_the_reception_is_seated() -> None:
	"""Everybody who may come has a seat, nothing grave is broken, and every seat says why."""
	seating = seating_of(frappe.get_doc("Guest List", {"list_title": RECEPTION}))
	assert set(seating.seats) == set(seating.rows)
	assert not [fault for fault in seating.faults if fault.kind in GRAVE]
	assert all(row.seat_reason for row in seating.rows.values())


def test_the_whole_city_loads_but_for_what_cannot_be_known():
	report = city.load_city(force=True)
	# Frappe 15 has no Kosovo in its list of countries.
	has_kosovo = frappe.db.exists("Country", {"code": "xk"})
	in_kosovo = [row for row in rows_of("network_members.csv") if row["iso2"] == "XK" and not has_kosovo]
	files_with_it = {"cities.csv", "network_members.csv"} if in_kosovo else set()
	assert {finding.file for finding in report.bad_rows} == {"events.csv", *files_with_it}
	assert len(report.bad_rows) == 2 * len(in_kosovo) + UNDATED_EVENTS
	assert report.made["MOU"] == len(rows_of("agreements.csv")) + len(rows_of("new_agreements.csv"))
	assert report.made["Network Membership"] == len(rows_of("network_members.csv")) - len(in_kosovo)
	assert report.made["Diaspora Organisation"] == len(rows_of("diaspora_organisations.csv"))
	of_events = len(rows_of("events.csv")) + len(rows_of("sample_events.csv"))
	assert report.made["International Event"] == of_events
	assert report.made["Invited Guest"] == len(rows_of("sample_guests.csv"))
	assert_the_reception_is_seated()
	agreements = frappe.get_all(
		"MOU", filters={"name": ["in", ours("MOU")]}, fields=["name", "workflow_state"], limit_page_length=0
	)
	assert {agreement.workflow_state for agreement in agreements} == STATES_SHOWN
	for agreement in agreements:
		assert entries.verify("MOU", agreement.name)["findings"] == []
	assert not city.load_city(force=True).made


# file, a bad row's values, how the report names it, and why it says it was not loaded
BAD_ROWS = (
	(
		"partner_cities.csv",
		{"city": "Poseidonis", "country": "Atlantis", "iso2": "XA"},
		"Poseidonis",
		"Atlantis (XA) is not in this site's list of countries.",
	),
	(
		"partner_cities.csv",
		{"city": "Kyoto", "signed_date": "1959-02-30"},
		"Kyoto",
		'"1959-02-30" is not a day in the calendar.',
	),
	(
		"partner_cities.csv",
		{"city": "Osaka", "longitude": ""},
		"Osaka",
		"Enter both latitude and longitude, or neither.",
	),
	(
		"network_members.csv",
		{"city": "Atlantis", "canonical_city": "Atlantis", "iso2": "GR"},
		"Atlantis in C40",
		"The city Atlantis (GR) is not in the register.",
	),
	("network_members.csv", {"note": "again"}, "C40, Oslo, NO", "This stands in line 2 already."),
	(
		"agreements.csv",
		{"title": "Pact with Atlantis", "counterpart": "City of Atlantis"},
		"Pact with Atlantis",
		"City of Atlantis is not in the registers.",
	),
	(
		"events.csv",
		{"name": "Some day in May", "start_date": "", "date_text": "2024-05"},
		"Some day in May",
		"Only 2024-05 is known, and an engagement needs a day.",
	),
	(
		"diaspora_organisations.csv",
		{"name": "Club", "website": "javascript:alert(1)"},
		"Club",
		"Website must be a web address such as https://www.example.org.",
	),
)


def test_each_bad_row_is_named_and_takes_nothing_with_it(small_city):
	expected = {
		(file, add_row(small_city / file, **values), what, reason) for file, values, what, reason in BAD_ROWS
	}
	report = city.load_city(force=True, folder=small_city)
	assert {(row.file, row.line, row.what, row.reason) for row in report.bad_rows} == expected
	assert report.made["MOU"] == 7
	assert report.made["Trade Lead"] == 1
	assert not frappe.db.exists("Partner City", {"city_name": ["in", ["Kyoto", "Osaka"]]})


def test_a_language_the_site_has_not_is_left_out_and_told(small_city):
	line = add_row(
		small_city / "diaspora_organisations.csv", name="Zapotec Club", language="Zapotec; Spanish"
	)
	(finding,) = city.load_city(force=True, folder=small_city).left_out
	assert (finding.line, finding.reason) == (line, "This site has no language Zapotec.")
	organisation = frappe.get_doc("Diaspora Organisation", {"organisation_name": "Zapotec Club"})
	assert [row.language for row in organisation.languages] == ["es"]


def test_an_interrupted_load_leaves_nothing_and_can_be_run_again(small_city):
	frappe.db.commit()
	leads = (small_city / "trade_leads.csv").rename(small_city / "elsewhere")
	with pytest.raises(FileNotFoundError):
		city.load_city(force=True, folder=small_city)
	frappe.db.rollback()
	assert not frappe.db.exists("User", OFFICER)
	leads.rename(small_city / "trade_leads.csv")
	assert city.load_city(force=True, folder=small_city).made["MOU"] == 7


def test_a_site_with_agreements_of_its_own_is_left_alone(small_city):
	factories.make_agreement()
	with pytest.raises(city.SampleCityError, match="agreements of its own"):
		city.load_city(folder=small_city)
	assert city.load_city(force=True, folder=small_city).made["MOU"] == 7


def test_only_the_administrator_loads_it(small_city):
	person = factories.make_user("chief@city.example", "System Manager")
	with factories.acting_as(person.name), pytest.raises(city.SampleCityError, match="Administrator"):
		city.load_city(folder=small_city)


def test_a_journey_that_fails_leaves_nothing_and_is_not_counted(small_city):
	city.load_city(force=True, folder=small_city)
	line = add_row(
		small_city / "new_agreements.csv",
		title="Walk without the Ethics Commission",
		journey="partly_cleared",
		travel_or_gifts="",
		languages="en",
	)
	report = city.load_city(force=True, folder=small_city)
	(finding,) = report.bad_rows
	assert finding.line == line
	assert finding.reason.startswith("Ethics is not asked about MOU-")
	assert not report.made
	assert not frappe.db.exists("MOU", {"title": "Walk without the Ethics Commission"})
	assert not removal.remove_city().stays


def test_without_the_city_there_is_nobody_to_walk():
	with pytest.raises(city.SampleCityError, match="Load the sample city first"):
		walk.walk(lambda line: None)
