"""The briefing book: all a host has to know, on one page that needs nothing else, and nothing its reader may not know."""

import re
import unicodedata
from io import BytesIO

import frappe
import pytest
from pypdf import PdfReader

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, MANAGER, MAYOR, OFFICER, PROTOCOL
from city_diplomacy.diplomatic_protocol.briefing import api
from city_diplomacy.diplomatic_protocol.briefing.book import book_of
from tests import factories
from tests.desk.counting import counted_statements
from tests.protocol.factories import delegate, item, make_delegation_visit, make_official_gift

MARKER = "XQCONFIDENTIALXQ"
ARABIC, CJK, HEBREW = "محمد الفاسي", "山田 花子", "דוד כהן"


def city():
	name = "Sakata, Japan"
	if frappe.db.exists("Partner City", name):
		return frappe.get_doc("Partner City", name)
	return factories.make_partner_city("Sakata", "Japan")


def full_visit(people: int = 3, **fields):
	partner = {"partner_type": "Partner City", "partner": city().name}
	named = [
		delegate(
			CJK,
			name_as_spoken="yah-MAH-dah hah-NAH-koh",
			is_head=1,
			job_title="Mayor",
			form_of_address="Mayor Yamada",
		),
		delegate(ARABIC, name_as_spoken="moo-HAM-mad al FAH-see", diet="Halal"),
		delegate(HEBREW, name_as_spoken="dah-VEED koh-HEN"),
	]
	named += [delegate(f"Guest {number}") for number in range(people - 3)]
	given = {
		"partners": [partner],
		"delegates": [*named, delegate("Maya Ortiz", side="Host")],
		"programme": [
			item("Talks", "14:00", "15:00", place="City Hall"),
			item("Harbour tour", "10:00", "11:00", interpreter="Rosa Klein"),
		],
		"talking_points": [
			{"point": "Air links", "weight": "If there is time"},
			{"point": "Berth plan", "weight": "Must be raised"},
		],
		"dos": "Use both hands for the card.\nBow slightly.",
		"donts": "Do not speak of the merger.",
		"gifts_planned": "A print of the harbour",
	}
	return make_delegation_visit(**(given | fields))


def html_for(user: str, visit) -> str:
	with factories.acting_as(user):
		api.page(visit.name)
		return frappe.local.response.filecontent


def test_names_are_written_and_said_the_head_first():
	book = html_for(factories.make_person(PROTOCOL).name, full_visit())
	assert book.index(CJK) < book.index(ARABIC)
	for words in (ARABIC, HEBREW, "yah-MAH-dah hah-NAH-koh", "moo-HAM-mad al FAH-see", "dah-VEED koh-HEN"):
		assert words in book
	assert f'<span dir="auto">{ARABIC}</span>' in book
	assert "Mayor Yamada" in book
	assert "Halal" in book


def test_what_matters_most_is_raised_first():
	book = html_for(factories.make_person(PROTOCOL).name, full_visit())
	assert book.index("Berth plan") < book.index("Air links")
	assert "Use both hands for the card." in book
	assert "Do not speak of the merger." in book


def test_the_programme_is_in_the_order_of_the_day():
	book = html_for(factories.make_person(PROTOCOL).name, full_visit())
	assert book.index("Harbour tour") < book.index("Talks</b>")
	assert "10:00" in book
	assert "Rosa Klein" in book


def test_a_delegate_who_is_withdrawn_is_left_out():
	visit = full_visit()
	visit.delegates[1].withdrawn_on = "2026-01-01"
	visit.save()
	assert ARABIC not in html_for(factories.make_person(PROTOCOL).name, visit)


def test_what_was_before_stands_in_it():
	partner = city()
	visit = full_visit()
	both = [{"partner_type": "Partner City", "partner": partner.name}]
	factories.make_engagement(
		"Call on berths", starts_on="2026-05-05 10:00:00", partners=both, outcome="They send plans."
	)
	factories.make_engagement("Call to come", starts_on="2090-05-05 10:00:00", partners=both)
	factories.make_commitment("Send port statistics", partner_type="Partner City", partner=partner.name)
	factories.make_commitment(
		"Send their plan", owed_by="Counterpart", counterpart_type="Partner City", counterpart=partner.name
	)
	kept = factories.make_commitment("Already sent", partner_type="Partner City", partner=partner.name)
	kept.update({"status": "Done", "result": "Sent."})
	kept.save()
	make_official_gift("Lacquer box", partner_type="Partner City", partner=partner.name)
	book = html_for(factories.make_person(PROTOCOL).name, visit)
	for words in (
		"Call on berths",
		"They send plans.",
		"Send port statistics",
		"Send their plan",
		"Lacquer box",
	):
		assert words in book
	assert "Call to come" not in book
	assert "Already sent" not in book


@pytest.fixture
def confidential():
	"""(the visit, who is named on a confidential agreement with its partner)"""
	keeper = factories.make_user("keeper.of.it@city.example", OFFICER).name
	partner = city()
	visit = full_visit()
	with factories.acting_as(keeper):
		agreement = factories.make_agreement(
			partner, title=f"Agreement {MARKER}", confidential=1, sponsor=keeper
		)
		engagement = factories.make_engagement(
			f"Meeting {MARKER}",
			starts_on="2026-05-05 10:00:00",
			agreement=agreement.name,
			partners=[{"partner_type": "Partner City", "partner": partner.name}],
			outcome=MARKER,
		)
		for source, name in (("MOU", agreement.name), ("Partner Engagement", engagement.name)):
			factories.make_commitment(
				f"Promise {MARKER} of {source}",
				source_doctype=source,
				source_name=name,
				partner_type="Partner City",
				partner=partner.name,
			)
	frappe.db.set_value("MOU", agreement.name, "workflow_state", "Active")
	return visit, keeper


@pytest.mark.parametrize("role", [PROTOCOL, COMMUNITY, AUDITOR, MAYOR])
def test_never_a_word_of_a_confidential_agreement(confidential, role):
	visit, _keeper = confidential
	reader = factories.make_user(f"reader.{role.split()[0].lower().strip(chr(39))}@city.example", role).name
	may_know = MARKER in frappe.as_json(agreements_of(reader))
	assert (MARKER in html_for(reader, visit)) is may_know
	if role in (PROTOCOL, COMMUNITY):
		assert not may_know


def agreements_of(user: str) -> list:
	with factories.acting_as(user):
		return frappe.get_list("MOU", fields=["title"])


def test_who_is_named_on_it_reads_it(confidential):
	visit, keeper = confidential
	book = html_for(keeper, visit)
	assert book.count(MARKER) >= 4


def test_who_may_not_read_the_visit_gets_no_book(client):
	visit = full_visit()
	outsider = factories.make_user("nobody@city.example").name
	answer = client(outsider).read("city_diplomacy.diplomatic_protocol.briefing.api.page", visit=visit.name)
	assert answer.status_code in (403, 404)
	assert CJK not in answer.get_data(as_text=True)
	assert client().read(
		"city_diplomacy.diplomatic_protocol.briefing.api.page", visit=visit.name
	).status_code in (403, 404)


def test_one_page_needs_nothing_else():
	book = html_for(factories.make_person(MANAGER).name, full_visit())
	assert "default-src 'none'" in book
	assert not re.search(r"<(script|link|img|iframe)\b|url\(|@import|https?://", book)


def test_words_of_guests_do_not_run():
	visit = full_visit(dos="<script>alert(1)</script>")
	frappe.db.set_value("Delegation Visit", visit.name, "purpose", "<img src=x onerror=alert(1)>")
	book = html_for(factories.make_person(MANAGER).name, visit)
	assert "<script" not in book
	assert "<img" not in book


def test_tables_break_between_rows_alone():
	book = html_for(factories.make_person(MANAGER).name, full_visit())
	assert ".card, li, tr { page-break-inside: avoid; break-inside: avoid; }" in book
	assert "thead { display: table-header-group; }" in book


def test_the_statements_do_not_grow_with_the_delegation():
	def counted(people: int) -> int:
		visit = frappe.get_doc("Delegation Visit", full_visit(people).name)
		book_of(visit)
		with counted_statements() as sent:
			book_of(visit)
		return len(sent)

	few, many = counted(3), counted(40)
	assert few == many
	assert many <= 12


@pytest.mark.real_site
def test_the_book_is_a_pdf_with_every_name():
	visit = full_visit(40)
	api.pdf(visit.name)
	reader = PdfReader(BytesIO(frappe.local.response.filecontent))
	# Fonts may have one glyph for a character and for the radical that looks like it.
	pages = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in reader.pages))
	text = " ".join(pages.split())
	assert len(reader.pages) > 1
	assert "Guest 36" in text
	assert CJK in text
	assert "yah-MAH-dah" in text


@pytest.mark.real_site
def test_a_phone_is_shown_the_page_itself(client):
	visit = full_visit()
	answer = client(factories.make_person(MAYOR).name).read(
		"city_diplomacy.diplomatic_protocol.briefing.api.page", visit=visit.name
	)
	assert answer.status_code == 200
	assert answer.headers["Content-Disposition"].startswith("inline")
	assert answer.content_type.startswith("text/html")
	assert ARABIC in answer.get_data(as_text=True)
