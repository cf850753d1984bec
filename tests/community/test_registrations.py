"""An organisation registers itself by the public form: what is taken, who decides, and what is public when."""

import json
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import COMMUNITY, OFFICER
from city_diplomacy.diaspora_relations import api, registrations
from city_diplomacy.diaspora_relations.exceptions import DirectoryEntryError, RegistrationError
from city_diplomacy.diaspora_relations.public_directory import list_organisations
from city_diplomacy.domain.community.registrations import RegistrationStatus
from city_diplomacy.registers import public_forms
from tests import factories
from tests.community.factories import make_directory_registration

REGISTRATION, ORGANISATION = "Directory Registration", "Diaspora Organisation"
ACCEPT = "frappe.website.doctype.web_form.web_form.accept"
FORM = Path(registrations.__file__).parent / "web_form/register_organisation/register_organisation.json"
SENT = {
	"organisation_name": "Harbor Society",
	"kind": "Community association",
	"heritage_country": "Philippines",
	"contact_person": "Maria Santos",
	"email": "office@harbor.example",
	"show_email": 1,
}


@pytest.fixture
def officer() -> str:
	return factories.make_person(COMMUNITY).name


def send(**changes):
	"""What Frappe's Web Form does with what a guest sends."""
	with factories.acting_as("Guest"):
		return frappe.get_doc({"doctype": REGISTRATION, **SENT, **changes}).insert(ignore_permissions=True)


def public() -> list[dict]:
	return list_organisations(words="Harbor Society")["rows"]


def test_nothing_is_public_before_a_person_has_accepted_it(officer):
	registration = send()
	assert (public(), frappe.db.exists(ORGANISATION, "Harbor Society")) == ([], None)
	with factories.acting_as(officer):
		made = api.accept_registration(registration.name)
	assert made == {"doctype": ORGANISATION, "name": "Harbor Society"}
	(shown,) = public()
	assert shown["email"] == "office@harbor.example"
	assert "contact_person" not in shown
	registration.reload()
	assert (registration.status, registration.decided_by) == (RegistrationStatus.ACCEPTED, officer)


def test_without_a_tick_an_accepted_organisation_is_in_no_public_directory(officer):
	registration = send(show_email=0)
	with factories.acting_as(officer):
		api.accept_registration(registration.name)
	assert public() == []


def test_the_entry_says_what_was_sent_and_who_consented(officer):
	registration = send(other_heritage_country="Japan", website="https://harbor.example", show_website=1)
	with factories.acting_as(officer):
		name = api.accept_registration(registration.name)["name"]
	entry = frappe.get_doc(ORGANISATION, name)
	assert [row.country for row in entry.heritage_countries] == ["Philippines", "Japan"]
	assert [(row.shown_field, row.given_by) for row in entry.consents] == [
		("E-mail", "Maria Santos"),
		("Website", "Maria Santos"),
	]
	assert registration.name in entry.source
	assert not entry.last_verified


def test_the_community_officers_are_told(officer):
	registration = send()
	(told,) = frappe.get_all(
		"Notification Log", {"document_name": registration.name, "for_user": officer}, pluck="subject"
	)
	assert told == "Harbor Society asks to be in the directory; decide on it."


def test_likely_doubles_are_shown_to_who_decides_and_to_nobody_outside(officer):
	factories.make_diaspora_organisation(
		"The Harbor Society, Inc.", heritage_countries=[{"country": "Philippines"}]
	)
	registration = send()
	with factories.acting_as(officer):
		assert registrations.likely_doubles(frappe.get_doc(REGISTRATION, registration.name)) == [
			"The Harbor Society, Inc."
		]


def test_one_that_is_there_already_is_not_made_twice(officer):
	there = factories.make_diaspora_organisation(
		"Harbor Society", heritage_countries=[{"country": "Philippines"}], phone="1"
	)
	registration = send()
	with factories.acting_as(officer):
		with pytest.raises(DirectoryEntryError, match="already in the directory"):
			api.accept_registration(registration.name)
		api.close_registration(registration.name, there.name)
	registration.reload()
	assert (registration.status, registration.organisation) == (RegistrationStatus.KNOWN_ALREADY, there.name)
	assert not frappe.get_doc(ORGANISATION, there.name).consents


def test_it_is_declined_with_a_reason_and_decided_once(officer):
	registration = send()
	with factories.acting_as(officer):
		with pytest.raises(RegistrationError, match="Say why"):
			api.decline_registration(registration.name, " ")
		api.decline_registration(registration.name, "It is a company.")
		with pytest.raises(RegistrationError, match="decided already: Declined"):
			api.accept_registration(registration.name)
	assert public() == []


def test_who_makes_no_entries_accepts_none():
	registration = send()
	auditor = factories.make_person("City Diplomacy Auditor").name
	with factories.acting_as(auditor), pytest.raises(frappe.PermissionError):
		api.accept_registration(registration.name)


@pytest.mark.parametrize(
	("changes", "sentence"),
	[
		({"status": "Accepted"}, "does not ask for Status"),
		({"decision_reason": "Good"}, "does not ask for Reason"),
		({"decided_by": "Administrator"}, "does not ask for Decided by"),
		({"email": ""}, "Please fill in: E-mail"),
		({"about": "x" * 1_001}, "please keep it under 1000"),
		({"about": "<script>alert(1)</script>"}, "as plain text"),
		({"website": "javascript:alert(1)"}, "as plain text"),
		({"website": "ftp://x.example"}, "must be a web address"),
		({"email": "nowhere"}, "is not an e-mail address"),
		({"heritage_country": "Atlantis"}, "Atlantis"),
		({"kind": "Kingdom"}, "cannot be"),
		({"show_phone": 1}, "may be shown, and is empty"),
		({"organisation_name": {"a": 1}}, "cannot hold a value of this kind"),
	],
)
def test_what_is_not_asked_for_or_does_not_fit_is_refused(changes, sentence):
	before = frappe.db.count(REGISTRATION)
	with pytest.raises(frappe.ValidationError):
		send(**changes)
	said = " ".join([str(entry["message"]) for entry in frappe.get_message_log()])
	assert sentence in said
	assert frappe.db.count(REGISTRATION) == before


def test_one_sender_waits_for_an_answer():
	for turn in range(public_forms.WAITING_AT_MOST):
		send(organisation_name=f"Society {turn}")
	with pytest.raises(frappe.ValidationError, match="answer those first"):
		send(organisation_name="One more")


def test_the_form_shows_what_may_be_sent_and_nothing_else():
	shown = {
		row["fieldname"]: row
		for row in json.loads(FORM.read_text())["web_form_fields"]
		if row["fieldtype"] != "Section Break"
	}
	assert set(shown) == set(registrations.FORM.longest)
	assert {name for name, row in shown.items() if row["reqd"]} == set(registrations.FORM.required)
	for name, longest in registrations.FORM.longest.items():
		if shown[name]["fieldtype"] in ("Data", "Small Text"):
			assert shown[name]["max_length"] == longest


def test_whom_to_write_to_is_forgotten_some_time_after_the_decision(officer):
	old, fresh, waiting = send(), send(), make_directory_registration("Third")
	with factories.acting_as(officer):
		for one in (old, fresh):
			api.decline_registration(one.name, "It is a company.")
	frappe.db.set_value(REGISTRATION, old.name, "decided_on", add_days(nowdate(), -91))
	registrations.forget_contacts()
	kept = [frappe.db.get_value(REGISTRATION, one.name, "email") for one in (old, fresh, waiting)]
	assert kept == ["", "office@harbor.example", "office@harbor.example"]
	assert frappe.db.get_value(REGISTRATION, old.name, "organisation_name") == "Harbor Society"


def test_the_office_enters_one_that_came_on_paper():
	with factories.acting_as(factories.make_person(OFFICER).name):
		assert make_directory_registration().status == RegistrationStatus.WAITING


@pytest.mark.real_site
def test_a_guest_registers_without_an_account(client):
	answer = client().call(ACCEPT, web_form="register-organisation", data=json.dumps(SENT))
	assert answer.status_code == 200, answer.text


@pytest.mark.real_site
@pytest.mark.parametrize(
	("data", "sentence"),
	[
		({"about": "<script>alert(1)</script>"}, "as plain text"),
		({"about": "x" * 3_000}, "please keep it under"),
		({"email": "nowhere"}, "is not an e-mail address"),
	],
)
def test_a_guest_is_refused_with_a_sentence(client, data, sentence):
	before = frappe.db.count(REGISTRATION)
	answer = client().call(ACCEPT, web_form="register-organisation", data=json.dumps({**SENT, **data}))
	assert 400 <= answer.status_code < 500
	assert sentence in answer.text
	assert frappe.db.count(REGISTRATION) == before


@pytest.mark.real_site
def test_the_page_is_there_for_everybody_and_says_that_it_is_public(client):
	page = client().get("/register-organisation/new")
	assert page.status_code == 200
	assert "Registrations are public records" in page.text
