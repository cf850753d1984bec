"""An organisation takes back through a link what it let the city show; the public directory follows at once."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY
from city_diplomacy.diaspora_relations.consent import KEY
from city_diplomacy.diaspora_relations.public_directory import list_organisations
from city_diplomacy.domain.guest_links.links import LinkStatus
from city_diplomacy.guest_links import api
from city_diplomacy.guest_links.exceptions import GuestLinkError
from tests import factories
from tests.guest_links.sending import MARKER, entry, link_of, open_form, post, token_of
from tests.pages.reading import open_page

CONSENTS = [
	{"shown_field": "E-mail", "given_on": "2026-01-10", "given_by": "The chair"},
	{"shown_field": "Contact person", "given_on": "2026-01-10", "given_by": "The chair"},
]


@pytest.fixture
def officer() -> str:
	return factories.make_person(COMMUNITY).name


@pytest.fixture
def sent(officer):
	"""(the organisation, the name of the link, its token)"""
	with factories.acting_as(officer):
		doc = entry(consents=CONSENTS)
		link = api.send(doc.doctype, doc.name, KEY, "Maria Santos", "office@harbor.example", None)["link"]
	return doc, link, token_of(link)


def public(name: str = "Harbor Society") -> dict | None:
	rows = list_organisations(words=name)["rows"]
	return rows[0] if rows else None


def test_what_is_ticked_is_gone_with_the_next_request(client, sent):
	doc, link, token = sent
	assert public()["email"] == "office@harbor.example"
	guest = client()
	answer = post(guest, token, {**open_form(guest, token), "q_withdraw_email": "1"})
	assert answer.status_code == 200
	assert public() == {**public(), "contact_person": "Maria Santos"}
	assert "email" not in public()
	doc.reload()
	assert [bool(row.withdrawn_on) for row in doc.consents] == [True, False]
	assert link_of(link).status == LinkStatus.ANSWERED


def test_the_whole_entry_is_taken_out(client, sent):
	doc, _link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_everything": "1"})
	assert public() is None
	doc.reload()
	assert all(row.withdrawn_on for row in doc.consents)


def test_an_answer_without_a_tick_is_asked_again_and_takes_nothing_down(client, sent):
	_doc, link, token = sent
	guest = client()
	answer = post(guest, token, open_form(guest, token))
	assert answer.status_code == 400
	assert "Tick what is to be shown no more" in answer.get_data(as_text=True)
	assert public()["email"]
	assert link_of(link).status != LinkStatus.ANSWERED


def test_the_page_shows_what_is_public_and_none_of_our_remarks(client, sent):
	page = open_page(client(), f"/link/{sent[2]}")
	assert "office@harbor.example" in page.text
	assert MARKER not in str(page.elements) + page.text


def test_who_has_nothing_public_is_not_asked(officer):
	with factories.acting_as(officer):
		doc = entry()
		with pytest.raises(GuestLinkError, match="Nothing of Harbor Society is public"):
			api.send(doc.doctype, doc.name, KEY, "Maria Santos", "office@harbor.example", None)


def test_a_consent_given_again_later_is_public_again(client, sent):
	doc, _link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_everything": "1"})
	doc.reload()
	row = {"shown_field": "E-mail", "given_on": frappe.utils.nowdate(), "given_by": "The chair"}
	doc.append("consents", row)
	doc.save()
	assert public()["email"] == "office@harbor.example"
