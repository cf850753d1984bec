"""The public form for ceremonies: what it takes from whoever has no account, and what it refuses with nothing written."""

import json
from pathlib import Path

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL
from city_diplomacy.diplomatic_protocol.ceremonies import api, public
from city_diplomacy.registers.record_dates import today
from tests import factories
from tests.protocol.factories import make_ceremonial_request, make_ceremonial_rule

ACCEPT = "frappe.website.doctype.web_form.web_form.accept"
FORM = Path(public.__file__).parents[1] / "web_form/ceremonial_request/ceremonial_request.json"
SENT = {
	"kind": "Proclamation",
	"occasion": "Independence Day of Peru",
	"needed_on": "2999-07-28",
	"organisation": "Peruvian Society",
	"contact_name": "Rosa Quispe",
	"contact_email": "rosa@society.example",
	"requested_text": "Whereas Peruvians have lived here for a century.",
}


def send(**changes):
	"""What Frappe's Web Form does with what a guest sends."""
	with factories.acting_as("Guest"):
		return frappe.get_doc({"doctype": "Ceremonial Request", **SENT, **changes}).insert(
			ignore_permissions=True
		)


def test_a_request_is_taken_and_protocol_is_told():
	chief = factories.make_person(PROTOCOL).name
	request = send()
	assert (request.status, request.requested_on, request.request_owner) == ("Requested", today(), None)
	(told,) = frappe.get_all(
		"Notification Log", {"document_name": request.name, "for_user": chief}, pluck="subject"
	)
	assert told == "Peruvian Society asks for a ceremony (Proclamation): Independence Day of Peru."


def test_one_that_comes_late_is_taken_and_a_person_decides():
	make_ceremonial_rule()
	request = send(needed_on=today())
	assert request.breaks_rule
	assert api.findings(request.name) == ["It was not asked 30 days ahead (Proclamations)."]


def test_a_text_that_is_too_long_is_refused_while_it_can_be_shortened():
	make_ceremonial_rule(longest_text=20)
	before = frappe.db.count("Ceremonial Request")
	with pytest.raises(frappe.ValidationError, match="longer than 20 characters"):
		send()
	assert frappe.db.count("Ceremonial Request") == before
	assert make_ceremonial_request(requested_text="x" * 21).breaks_rule


@pytest.mark.parametrize(
	("changes", "sentence"),
	[
		({"status": "Accepted"}, "does not ask for Status"),
		({"our_text": "Whereas"}, "does not ask for Our text"),
		({"decision_reason": "Granted"}, "does not ask for Reason"),
		({"request_owner": "Administrator"}, "does not ask for Owner"),
		({"occasion": " "}, "Please fill in: Occasion"),
		({"needed_on": None}, "Please fill in: Day it is for"),
		({"needed_on": "in spring"}, "is not a date"),
		({"needed_on": "2020-01-01"}, "lies before"),
		({"requested_text": "x" * 5_001}, "please keep it under 5000"),
		({"requested_text": "<img src=x onerror=alert(1)>"}, "as plain text"),
		({"organisation": {"a": 1}}, "cannot hold a value of this kind"),
		({"contact_email": "nowhere"}, "is not an e-mail address"),
		({"kind": "Parade"}, "cannot be"),
		({"country": "Atlantis"}, "Atlantis"),
	],
)
def test_what_is_not_asked_for_or_does_not_fit_is_refused(changes, sentence):
	before = frappe.db.count("Ceremonial Request")
	with pytest.raises(frappe.ValidationError):
		send(**changes)
	assert sentence in " ".join([str(entry["message"]) for entry in frappe.get_message_log()])
	assert frappe.db.count("Ceremonial Request") == before


def test_the_form_shows_what_may_be_sent_and_nothing_else():
	fields = json.loads(FORM.read_text())["web_form_fields"]
	shown = {row["fieldname"]: row for row in fields if row["fieldtype"] != "Section Break"}
	assert set(shown) == set(public.FORM.longest)
	assert {name for name, row in shown.items() if row["reqd"]} == set(public.FORM.required)
	options = frappe.get_meta("Ceremonial Request").get_field("kind").options
	assert shown["kind"]["options"] == options


def test_the_draft_is_for_those_who_may_read_the_request():
	make_ceremonial_rule(draft="Whereas {organisation}")
	request = make_ceremonial_request()
	assert api.draft(request.name) == {"text": "Whereas Harbor Society"}
	with (
		factories.acting_as(factories.make_user("stranger@city.example").name),
		pytest.raises(frappe.PermissionError),
	):
		api.draft(request.name)


@pytest.mark.parametrize(
	("fields", "words"),
	[
		({}, "and answer it soon"),
		(
			{"status": "Declined", "decision_reason": "It is a private matter."},
			"We cannot grant it: It is a private",
		),
		({"status": "Accepted", "our_text": "Whereas one\nWhereas two"}, "glad to grant"),
	],
)
def test_a_letter_to_whoever_asked_says_how_the_request_stands(fields, words):
	letter = api.letter(make_ceremonial_request(**fields).name)
	assert letter["recipient"] == "ana@society.example"
	assert letter["subject"] == "Proclamation: Independence Day"
	assert words in letter["message"]
	assert letter["message"].startswith("Dear Ana Pop,")
	assert letter["message"].endswith("Whereas one\nWhereas two") is ("our_text" in fields)


def test_a_letter_is_for_those_who_may_read_the_request():
	request = make_ceremonial_request()
	with (
		factories.acting_as(factories.make_user("stranger@city.example").name),
		pytest.raises(frappe.PermissionError),
	):
		api.letter(request.name)


@pytest.mark.real_site
def test_a_guest_asks_without_an_account(client):
	answer = client().call(ACCEPT, web_form="ceremonial-request", data=json.dumps(SENT))
	assert answer.status_code == 200, answer.text
	assert "Requests are public records" in client().get("/ceremonial-request/new").text


@pytest.mark.real_site
@pytest.mark.parametrize(
	("data", "sentence"),
	[
		({"requested_text": "<script>alert(1)</script>"}, "as plain text"),
		({"needed_on": "2020-01-01"}, "lies before"),
	],
)
def test_a_guest_is_refused_with_a_sentence(client, data, sentence):
	answer = client().call(ACCEPT, web_form="ceremonial-request", data=json.dumps({**SENT, **data}))
	assert 400 <= answer.status_code < 500
	assert sentence in answer.text
	assert not frappe.db.count("Ceremonial Request", {"contact_email": SENT["contact_email"]})
