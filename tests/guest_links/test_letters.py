"""The letter and the page are in the language of whom they are for, as far as the forms are said in it."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY
from city_diplomacy.guest_links import api
from tests import factories
from tests.guest_links.sending import VERIFY, entry, link_of, open_form, post, send
from tests.pages.reading import Page, open_page, site_language
from tests.speaking import speak

SPANISH = {
	"You have already answered. Thank you.": "Ya ha respondido. Gracias.",
	"Dear {0},": "Estimada/o {0}:",
	"Is this still right? Your entry with {0}": "¿Sigue siendo correcto? Su ficha en {0}",
	"Organisation name": "Nombre de la organización",
	"{0}: please answer this.": "{0}: responda, por favor.",
	"Thank you": "Gracias",
}


@pytest.fixture
def officer():
	return factories.make_user("community@city.example", COMMUNITY).name


def test_a_letter_names_who_asks_what_for_and_until_when(officer):
	with factories.acting_as(officer):
		_link, token = send(entry())
	[letter] = factories.outbox()
	assert letter.recipients == {"office@harbor.example"}
	for words in ("Maria Santos", "Harbor Society", f"/link/{token}", frappe.utils.get_fullname(officer)):
		assert words in letter.body


def test_words_of_the_record_are_text_in_the_letter(officer):
	with factories.acting_as(officer):
		doc = entry("Harbor & Sons")
		send(doc, person="Jo ‹img› R&D")
	[letter] = factories.outbox()
	assert "Harbor &amp; Sons" in letter.body
	assert "R&amp;D" in letter.body


def test_letter_page_and_refusals_are_in_the_language_of_the_recipient(client, officer, monkeypatch):
	speak(monkeypatch, "es", SPANISH)
	with factories.acting_as(officer):
		link, token = send(entry(), language="es")
	[letter] = factories.outbox()
	assert "Estimada/o Maria Santos:" in letter.body
	assert "¿Sigue siendo correcto?" in letter.subject

	guest = client()
	page = open_page(guest, f"/link/{token}")
	assert page.all("html")[0]["lang"] == "es"
	assert "Nombre de la organización" in page.text
	form = open_form(guest, token)
	refused = post(guest, token, {**form, "q_organisation_name": ""})
	assert "Nombre de la organización: responda, por favor." in Page(refused.get_data(as_text=True)).text
	assert "Gracias" in Page(post(guest, token, form).get_data(as_text=True)).text
	assert "Ya ha respondido. Gracias." in open_page(guest, f"/link/{token}", status=410).text
	assert link_of(link).written_in == "es"


def test_the_office_reads_the_questions_in_its_own_language(client, officer, monkeypatch):
	speak(monkeypatch, "es", SPANISH)
	with factories.acting_as(officer):
		link, token = send(entry(), language="es")
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_organisation_name": "Harbor Club"})
	[row] = frappe.get_all("Guest Link Answer", {"parent": link}, ["question", "said"])
	assert (row.question, row.said) == (frappe._("Organisation name", site_language()), "Harbor Club")


def test_a_language_the_forms_are_not_said_in_is_not_chosen(client, officer):
	with factories.acting_as(officer):
		link, token = send(entry(), language="sw" if frappe.db.exists("Language", "sw") else "fr")
	assert link_of(link).written_in == site_language()
	assert open_page(client(), f"/link/{token}").all("html")[0]["lang"] == site_language()


@pytest.mark.parametrize(
	("person", "email"),
	[
		("Maria Santos", ""),
		("Maria Santos", "no address"),
		("Maria Santos", "a@x.example, b@x.example"),
		("Maria Santos", "a@x.example\nBcc: b@x.example"),
		("", "a@x.example"),
		("   ", "a@x.example"),
	],
)
def test_an_address_that_is_none_is_refused_and_nothing_is_sent(client, officer, person, email):
	doc = entry()
	answer = client(officer).call(
		"city_diplomacy.guest_links.api.send",
		doctype=doc.doctype,
		name=doc.name,
		purpose=VERIFY,
		person=person,
		email=email,
	)
	assert 400 <= answer.status_code < 500
	assert factories.outbox() == []
	assert frappe.db.count("Guest Link") == 0


def test_a_purpose_that_is_none_is_refused(officer):
	doc = entry()
	with (
		factories.acting_as(officer),
		pytest.raises(frappe.ValidationError, match="not sent for this purpose"),
	):
		api.send(doc.doctype, doc.name, "Confirm everything", "A", "a@x.example")
