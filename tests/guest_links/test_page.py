"""The page reads without a mouse, a script or an account, and shows words as words."""

import pytest

from city_diplomacy.access.rights import COMMUNITY
from tests import factories
from tests.guest_links.sending import entry, open_form, post, send
from tests.pages.reading import Page, open_page
from tests.pages.test_markup import ATTACK


@pytest.fixture
def sent():
	with factories.acting_as(factories.make_user("community@city.example", COMMUNITY).name):
		consents = [{"shown_field": "Phone", "given_on": "2026-01-10", "given_by": "The chair"}]
		doc = entry(phone="+1 555 0100", consents=consents, heritage_countries=[{"country": "Japan"}])
		return doc, *send(doc)


@pytest.fixture
def pages(client, sent):
	"""The form, the form with faults, the thanks and a refusal."""
	_doc, _link, token = sent
	guest = client()
	form = open_form(guest, token)
	answers = [guest.get(f"/link/{token}"), post(guest, token, {**form, "q_organisation_name": ""})]
	answers += [post(guest, token, form), guest.get(f"/link/{token}")]
	assert [answer.status_code for answer in answers] == [200, 400, 200, 410]
	return [Page(answer.get_data(as_text=True).partition("</body>")[0]) for answer in answers]


def test_each_has_one_heading_landmarks_and_no_way_elsewhere(pages):
	for page in pages:
		assert len(page.all("h1")) == len(page.all("main")) == 1
		assert page.all("html")[0]["lang"]
		ways = {link["href"].partition("?")[0] for link in page.all("a")}
		assert ways & {"/agreements", "/partners", "/organisations", "/clearances"} == set()
		assert not page.all("nav")
		assert not [script for script in page.all("script") if "city_diplomacy" in script.get("src", "")]
		assert page.all("meta", name="referrer", content="no-referrer")
		assert page.all("meta", name="robots", content="noindex")


def test_every_field_has_a_label_and_every_id_is_used_once(pages):
	for page in pages:
		labelled = {label.get("for") for label in page.all("label")}
		for tag in ("input", "select", "textarea"):
			for field in page.all(tag):
				if field.get("type") != "hidden" and field.get("name", "").startswith("q_"):
					assert field["id"] in labelled
		ids = page.ids()
		assert len(ids) == len(set(ids))
		for _tag, attributes in page.elements:
			if "aria-describedby" in attributes:
				assert attributes["aria-describedby"] in ids
			assert not [name for name in attributes if name.startswith("on")]
		assert "None" not in page.text
		assert "{{" not in page.text


def test_what_is_wrong_is_said_in_words_and_marked(pages):
	page = pages[1]
	assert page.all("div", role="alert")
	assert [field["name"] for field in page.all("input", **{"aria-invalid": "true"})] == [
		"q_organisation_name"
	]


def test_what_is_stored_is_shown_as_text(client):
	with factories.acting_as(factories.make_user("community@city.example", COMMUNITY).name):
		doc = entry()
		_link, token = send(doc)
		doc.db_set({"contact_person": ATTACK, "neighbourhoods": ATTACK})
	page = open_page(client(), f"/link/{token}")
	assert not page.all("img", src="x")
	assert page.all("input", name="q_contact_person")[0]["value"] == ATTACK
	assert "{{ 7*7 }}" in page.text


def test_what_is_shown_beside_the_form(pages):
	assert "Japan" in pages[0].text
