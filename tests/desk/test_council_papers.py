"""The staff report and the agenda packet, and what the form offers the clerk and the office."""

from urllib.parse import parse_qsl, urlsplit

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, LEGAL, MANAGER, OFFICER
from city_diplomacy.demo.word_file import word_document
from city_diplomacy.partnership_approvals.api import council, form
from city_diplomacy.partnership_approvals.council.papers import council_papers
from tests import factories
from tests.approvals import scenes
from tests.pages.reading import open_page

REMARK = "Between us: the partner is slow."


@pytest.fixture
def before_council():
	"""An agreement the attorney cleared with a condition and the mayor with a remark."""
	with factories.acting_as(factories.make_person(OFFICER).name):
		text = factories.make_file("understanding.txt", "The parties intend to work together.")
		agreement = factories.make_agreement(
			title="Harbours <b>& ports</b>",
			recitals="<p>Whereas <b>ports</b> matter.</p><script>x()</script>",
			texts=[{"language": "en", "file": text.file_url, "authentic": 1}],
			financial_value=5000,
			currency="USD",
		)
		factories.start_clearance(agreement)
	attorney = factories.clearances_of(agreement, "Pending")[0]
	factories.decide(attorney, "Clear with Conditions", REMARK, conditions="Insurance for every loan.")
	factories.decide_all(agreement, remarks=REMARK)
	return frappe.get_doc("MOU", agreement.name)


def papers(agreement, role: str = MANAGER) -> dict:
	with factories.acting_as(factories.make_person(role).name):
		return council_papers(agreement.name)


def test_they_tell_decisions_with_their_dates_and_no_remark(before_council):
	told = papers(before_council)
	assert [(row["seat"], row["decision"]) for row in told["clearances"]] == [
		("City Attorney", "Cleared with conditions"),
		("Mayor or City Manager", "Cleared"),
	]
	assert all(row["date"] for row in told["clearances"])
	assert REMARK not in frappe.as_json(told)
	assert told["conditions"] == [
		{"seat": "City Attorney", "words": "Insurance for every loan.", "met": False}
	]


def test_they_recommend_what_was_cleared_subject_to_its_conditions(before_council):
	assert "once the conditions" in papers(before_council)["recommendation"]


def test_they_recommend_nothing_while_an_answer_is_outstanding():
	with factories.acting_as(factories.make_person(OFFICER).name):
		agreement = factories.start_clearance(factories.make_agreement())
	told = papers(agreement)
	assert "no recommendation yet" in told["recommendation"]
	assert told["clearances"][0]["decision"] == "Asked, not answered yet"


def test_they_carry_the_words_and_the_hashes_of_what_is_adopted(before_council):
	told = papers(before_council)
	words = {text["label"]: text["html"] for text in told["words"]}
	assert "matter." in words["Recitals"]
	assert "<script" not in words["Recitals"]
	assert told["files"][0]["sha256"] == before_council.texts[0].sha256
	clearance = factories.clearances_of(before_council, "Pending")[0]
	assert (told["content_hash"], told["on_file"]) == (clearance.snapshot, True)


def test_the_prepared_record_gives_file_and_meeting(before_council):
	clearance = factories.clearances_of(before_council, "Pending")[0]
	with factories.acting_as(factories.make_person(OFFICER).name):
		frappe.get_doc(
			{
				"doctype": "Council Action",
				"clearance": clearance.name,
				"file_number": "26-0412",
				"council_meeting_date": "2031-01-13",
			}
		).insert()
	assert papers(before_council)["agenda"]["file_number"] == "26-0412"


def test_a_person_who_may_not_read_the_agreement_gets_no_papers(before_council):
	outsider = factories.make_user("outsider@city.example").name
	with factories.acting_as(outsider), pytest.raises(frappe.PermissionError):
		council_papers(before_council.name)


@pytest.mark.parametrize(
	("role", "offered"), [(CLERK, True), (MANAGER, True), (OFFICER, True), (LEGAL, False)]
)
def test_the_form_offers_the_record_to_the_clerk_and_the_office(before_council, role, offered):
	with factories.acting_as(factories.make_person(role).name):
		acts = form.for_form("MOU", before_council.name)["acts"]
	assert [row["draft"] for row in acts["council"]] == ([None] if offered else [])


def test_the_form_offers_the_open_questions_to_a_council_and_no_others(before_council):
	(seat,) = factories.clearances_of(before_council, "Pending")
	still_with_others = scenes.under_way(title="Still with the attorney")
	with factories.acting_as(factories.make_person(CLERK).name):
		offered = council.open_questions("Approval Clearance", "", "name", 0, 20)
		found = council.open_questions("Approval Clearance", before_council.name, "name", 0, 20)
	assert [tuple(row) for row in offered] == [(seat.name, before_council.name, seat.seat)]
	assert [tuple(row) for row in found] == [tuple(row) for row in offered]
	assert factories.clearances_of(still_with_others, "Pending")


@pytest.mark.real_site
@pytest.mark.parametrize("print_format", ["Council Staff Report", "Council Agenda Packet"])
def test_both_print_with_everything_as_text(before_council, print_format):
	with factories.acting_as(factories.make_person(MANAGER).name):
		page = frappe.get_print("MOU", before_council.name, print_format=print_format)
	for words in (
		"Harbours ‹b›",
		"Insurance for every loan.",
		"City Attorney",
		"SHA-256",
	):
		assert words in page
	assert REMARK not in page
	assert "Harbours <b>" not in page
	assert "<script>x()" not in page


def test_the_packet_holds_the_newest_text_word_for_word(before_council):
	files = [
		factories.make_file(
			f"v{version}.docx", word_document(["Understanding", f"Clause of version {version}."])
		)
		for version in (2, 3)
	]
	agreement = frappe.get_doc("MOU", before_council.name)
	for version, file in enumerate(files, 2):
		agreement.append("texts", {"language": "en", "version_number": version, "file": file.file_url})
	agreement.append(
		"texts",
		{"language": "de", "version_number": 1, "file": factories.make_file("scan.png", "x").file_url},
	)
	agreement.save()
	english, german = papers(agreement)["full_texts"]
	assert (english["label"], english["paragraphs"]) == (
		"Text (English), version 3",
		["Understanding", "Clause of version 3."],
	)
	assert (german["paragraphs"], german["file"]) == ([], "scan.png")


def test_the_clerk_s_pages_lead_to_the_papers(before_council, client):
	row = factories.clearances_of(before_council, "Pending")[0]
	clerk = factories.make_person(CLERK).name
	for path in (f"/clearance/{row.name}", f"/council-action/{row.name}"):
		page = open_page(client(clerk), path)
		(packet,) = [link["href"] for link in page.all("a") if "Council+Agenda+Packet" in link["href"]]
		assert f"name={before_council.name}" in packet


@pytest.mark.real_site
def test_the_clerk_prints_the_packet_from_the_link(before_council, client):
	row = factories.clearances_of(before_council, "Pending")[0]
	browser = client(factories.make_person(CLERK).name)
	page = open_page(browser, f"/council-action/{row.name}")
	(packet,) = [link["href"] for link in page.all("a") if "Council+Agenda+Packet" in link["href"]]
	address = urlsplit(packet)
	assert "The text in full" in open_page(browser, address.path, **dict(parse_qsl(address.query))).text
