"""The public form: what it takes from whoever has no account, and what it refuses with nothing written."""

import json
from pathlib import Path

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL
from city_diplomacy.diplomatic_protocol.visits import requests
from city_diplomacy.registers import public_forms
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.public_forms import PublicFormError
from city_diplomacy.setup.visit_rules import seed_triage_rules
from tests import factories

ACCEPT = "frappe.website.doctype.web_form.web_form.accept"
FORM = Path(requests.__file__).parents[1] / "web_form/visit_request/visit_request.json"
SENT = {
	"visit_title": "Mayor of Sakata",
	"visit_kind": "Official",
	"arrives_on": "2027-03-01",
	"leaves_on": "2027-03-02",
	"country": "Japan",
	"purpose": "To see how berths are planned",
	"benefit": "Their plan of berths",
	"requester_name": "Haruka Sato",
	"requester_organisation": "City of Sakata",
	"requester_kind": "Government",
	"requester_email": "sato@sakata.example",
}


@pytest.fixture(autouse=True)
def the_rules_of_a_new_site():
	seed_triage_rules()


def send(**changes):
	"""What Frappe's Web Form does with what a guest sends."""
	with factories.acting_as("Guest"):
		return frappe.get_doc({"doctype": "Delegation Visit", **SENT, **changes}).insert(
			ignore_permissions=True
		)


def refused(**changes) -> str:
	before = frappe.db.count("Delegation Visit")
	with pytest.raises(frappe.ValidationError) as refusal:
		send(**changes)
	assert frappe.db.count("Delegation Visit") == before
	return str(refusal.value)


def test_a_request_is_taken_and_looked_at():
	visit = send()
	assert (visit.status, visit.came_by, visit.direction) == ("Requested", "Public form", "Inbound")
	assert visit.triage_proposal
	assert not visit.visit_owner


def test_the_chiefs_of_protocol_are_told():
	chief = factories.make_person(PROTOCOL).name
	visit = send()
	(told,) = frappe.get_all(
		"Notification Log", {"document_name": visit.name, "for_user": chief}, pluck="subject"
	)
	assert "City of Sakata asks for a visit: Mayor of Sakata" in told


def test_who_asks_is_answered_in_the_language_they_read():
	with factories.acting_as("Administrator"):
		frappe.local.lang = "fr"
		try:
			visit = send()
		finally:
			frappe.local.lang = "en"
	assert visit.requester_language == "fr"


@pytest.mark.parametrize(
	("changes", "sentence"),
	[
		({"status": "Accepted"}, "does not ask for Status"),
		({"outcome": "All was well"}, "does not ask for Outcome"),
		({"delegates": [{"name_as_written": "Ana"}]}, "does not ask for Delegates"),
		({"visit_owner": "Administrator"}, "does not ask for Owner"),
		({"purpose": ""}, "Please fill in: Purpose"),
		({"requester_email": " "}, "Please fill in: E-mail"),
		({"requester_kind": None, "country": None}, "Please fill in: Country, Kind of organisation"),
		({"purpose": "x" * 2_001}, "please keep it under 2000"),
		({"requester_phone": "1" * 41}, "please keep it under 40"),
		({"purpose": "<script>alert(1)</script>"}, "as plain text"),
		({"purpose": "<img src=x onerror=alert(1)>"}, "as plain text"),
		({"needs": "see JavaScript: alert(1)"}, "as plain text"),
		({"purpose": {"a": 1}}, "cannot hold a value of this kind"),
		({"requester_email": "nowhere"}, "is not an e-mail address"),
		({"arrives_on": "in spring"}, "is not a date"),
		({"arrives_on": "2027-03-09"}, "lies before"),
		({"expected_people": -4}, "egative"),
		({"country": "Atlantis"}, "Atlantis"),
		({"visit_kind": "Secret"}, "cannot be"),
		({"requester_organisation": "x\x00y"}, "cannot be stored"),
	],
)
def test_what_is_not_asked_for_or_does_not_fit_is_refused(changes, sentence):
	with pytest.raises(frappe.ValidationError):
		send(**changes)
	said = " ".join([str(entry["message"]) for entry in frappe.get_message_log()])
	assert sentence in said


def test_less_and_more_are_no_markup():
	assert send(purpose="Budgets < 5 million & > 1 million").purpose


def test_one_sender_waits_for_an_answer():
	for turn in range(public_forms.WAITING_AT_MOST):
		send(visit_title=f"Visit {turn}")
	assert "answer those first" in refused(visit_title="One more")
	assert send(requester_email="another@sakata.example").name


def test_the_office_is_held_to_none_of_this():
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		visit = frappe.get_doc({"doctype": "Delegation Visit", **SENT, "purpose": "", "status": "Proposed"})
		visit.insert()
	assert visit.came_by == "Office"


def test_the_form_shows_what_may_be_sent_and_nothing_else():
	shown = {
		row["fieldname"]: row
		for row in json.loads(FORM.read_text())["web_form_fields"]
		if row["fieldtype"] != "Section Break"
	}
	assert set(shown) == set(requests.FORM.longest)
	assert {name for name, row in shown.items() if row["reqd"]} >= set(requests.FORM.required)
	for name, longest in requests.FORM.longest.items():
		if shown[name]["fieldtype"] in ("Data", "Small Text"):
			assert shown[name]["max_length"] == longest


def test_public_forms_refuse_by_their_own_name():
	assert issubclass(PublicFormError, RegisterError)


@pytest.mark.real_site
def test_a_guest_asks_without_an_account(client):
	answer = client().call(ACCEPT, web_form="visit-request", data=json.dumps(SENT))
	assert answer.status_code == 200, answer.text


@pytest.mark.real_site
@pytest.mark.parametrize(
	("data", "sentence"),
	[
		({"purpose": "<script>alert(1)</script>"}, "as plain text"),
		({"purpose": "x" * 3_000}, "please keep it under"),
		({"arrives_on": "2027-03-09"}, "lies before"),
	],
)
def test_a_guest_is_refused_with_a_sentence(client, data, sentence):
	before = frappe.db.count("Delegation Visit")
	answer = client().call(ACCEPT, web_form="visit-request", data=json.dumps({**SENT, **data}))
	assert 400 <= answer.status_code < 500
	assert sentence in answer.text
	assert frappe.db.count("Delegation Visit") == before


@pytest.mark.real_site
def test_what_the_form_does_not_show_is_left_out(client):
	answer = client().call(
		ACCEPT, web_form="visit-request", data=json.dumps({**SENT, "status": "Accepted", "outcome": "x"})
	)
	assert answer.status_code == 200
	assert (answer.json["message"]["status"], answer.json["message"].get("outcome")) == ("Requested", None)


@pytest.mark.real_site
def test_an_address_that_sends_without_end_is_told_to_wait(client, monkeypatch):
	monkeypatch.setattr(public_forms, "SENT_PER_HOUR", 2)
	answers = [
		client()
		.call(
			ACCEPT,
			web_form="visit-request",
			data=json.dumps({**SENT, "requester_email": f"p{turn}@sakata.example"}),
		)
		.status_code
		for turn in range(3)
	]
	assert answers == [200, 200, 429]


@pytest.mark.real_site
def test_the_page_is_there_for_everybody(client):
	page = client().get("/visit-request/new")
	assert page.status_code == 200
	assert "Requests are public records" in page.text
