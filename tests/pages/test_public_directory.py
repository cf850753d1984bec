"""Residents meet in the directory what organisations agreed to have shown, and nothing a moment longer."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY
from tests import factories
from tests.approvals.scenes import set_settings
from tests.pages.reading import open_page

CONTACT = {"contact_person": "Maria Santos", "email": "office@pcc.example", "phone": "+1 555 0100"}


@pytest.fixture(autouse=True)
def open_directory():
	set_settings(use_public_directory=1, use_diaspora_relations=1, use_public_register=1)
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")


def consent(shown_field: str, **fields) -> dict:
	return {"shown_field": shown_field, "given_on": "2026-01-10", "given_by": "The chair", **fields}


def test_only_what_is_consented_to_is_shown(client):
	factories.make_diaspora_organisation("Harbor Society", consents=[consent("E-mail")], **CONTACT)
	factories.make_diaspora_organisation("Quiet Society", **CONTACT)
	page = open_page(client(), "/organisations")
	for shown in ("Harbor Society", "office@pcc.example"):
		assert shown in page.text
	for hidden in ("Quiet Society", "Maria Santos", "555 0100"):
		assert hidden not in page.text


def test_a_consent_that_is_withdrawn_is_gone_with_the_next_request(client):
	organisation = factories.make_diaspora_organisation(
		"Harbor Society", consents=[consent("E-mail"), consent("Phone")], **CONTACT
	)
	guest = client()
	before = open_page(guest, "/organisations")
	assert "office@pcc.example" in before.text
	with factories.acting_as(factories.make_person(COMMUNITY).name):
		organisation.reload()
		organisation.consents[0].withdrawn_on = frappe.utils.nowdate()
		organisation.save()
	after = open_page(guest, "/organisations")
	assert "office@pcc.example" not in after.text
	assert "555 0100" in after.text
	organisation.consents[1].withdrawn_on = frappe.utils.nowdate()
	organisation.save()
	assert "Harbor Society" not in open_page(guest, "/organisations").text


@pytest.mark.parametrize("typed", ["Muenchner", "münchner", "Bavarian"])
def test_an_organisation_is_found_by_any_of_its_names(client, typed):
	factories.make_diaspora_organisation(
		"Münchner Verein", consents=[consent("Size")], alternate_names=[{"alternate_name": "Bavarian Club"}]
	)
	factories.make_diaspora_organisation("Harbor Society", consents=[consent("Size")])
	text = open_page(client(), "/organisations", q=typed).text
	assert "Münchner Verein" in text
	assert "Harbor Society" not in text


def test_what_is_not_shown_is_not_searched(client):
	factories.make_diaspora_organisation("Harbor Society", consents=[consent("Size")], **CONTACT)
	assert "Harbor Society" not in open_page(client(), "/organisations", q="santos").text


@pytest.mark.parametrize("switch", ["use_public_directory", "use_diaspora_relations"])
def test_a_directory_that_is_off_is_for_staff_alone(client, switch):
	factories.make_diaspora_organisation("Harbor Society", consents=[consent("Size")])
	set_settings(**{switch: 0})
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	open_page(client(), "/organisations", status=404)
	officer = factories.make_person(COMMUNITY).name
	assert "switched off" in open_page(client(officer), "/organisations").text


@pytest.mark.parametrize(
	("chosen", "words"),
	[("Community Organisations", "Community organisations"), ("Partner Cities", "Partner cities")],
)
@pytest.mark.real_site
def test_residents_come_to_the_page_the_city_chose(client, chosen, words):
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"city_name": "Harborview", "residents_home_page": chosen})
	settings.save()
	answer = client().get("/")
	assert answer.status_code == 200
	assert f"<h1>{words}</h1>" in answer.text


@pytest.mark.real_site
def test_without_a_choice_the_site_s_own_home_page_stays(client):
	assert "masthead" not in client().get("/").text


@pytest.mark.real_site
@pytest.mark.parametrize(
	("of_another", "page"),
	[
		(
			{"get_website_user_home_page": ["frappe.www._test._test_home_page.get_website_user_home_page"]},
			"_test/_test_folder",
		),
		({"website_user_home_page": ["harbor"]}, "harbor"),
	],
)
def test_without_a_choice_another_app_s_home_page_stays(monkeypatch, of_another, page):
	"""Frappe asks the method of the app that was installed last, and no other."""
	from frappe.website.utils import get_home_page_via_hooks

	asked = "get_website_user_home_page"
	hooks = {**of_another, asked: [*of_another.get(asked, []), *frappe.get_hooks(asked)]}
	here = frappe.get_hooks
	monkeypatch.setattr(
		frappe, "get_hooks", lambda name=None, *a, **k: hooks.get(name) or here(name, *a, **k)
	)
	assert get_home_page_via_hooks() == page
