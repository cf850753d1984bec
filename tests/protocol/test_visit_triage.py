"""A request is looked at by the office's rules; a person decides, and the requester reads why in their language."""

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.visits import api, triage
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from tests import factories
from tests.protocol.factories import make_delegation_visit, make_visit_triage_rule

GOOD = {
	"arrives_on": "2027-03-01",
	"leaves_on": "2027-03-02",
	"requested_on": "2026-11-01",
	"requester_kind": "Government",
	"requester_name": "Haruka Sato",
	"requester_organisation": "City of Sakata",
	"requester_email": "sato@sakata.example",
	"benefit": "Berth planning",
}


@pytest.fixture(autouse=True)
def the_rules_alone():
	frappe.db.delete("Visit Triage Rule")
	for position, name, criterion, limit, consequence in (
		(1, "Two weeks", "Notice (days)", 14, "Decline"),
		(2, "Two days", "Length (days)", 2, "Look into it"),
		(3, "Not twice", "Same topic or requester (years)", 2, "Decline"),
	):
		make_visit_triage_rule(
			name,
			position=position,
			criterion=criterion,
			threshold=limit,
			consequence=consequence,
			letter_reason=f"{name}, please.",
		)


def short_notice(**fields):
	return make_delegation_visit(
		**{
			**GOOD,
			"requested_on": "2026-11-20",
			"arrives_on": "2026-11-25",
			"leaves_on": "2026-11-26",
			**fields,
		}
	)


def test_a_good_request_is_proposed_for_acceptance():
	visit = make_delegation_visit(**GOOD)
	assert visit.triage_proposal == "Accept"
	assert [row["reason"] for row in triage.for_form(visit)][1:] == [
		"It lasts 2 days; 2 is the most.",
		"Neither the requester nor the topic from that country was here within 2 years.",
	]


def test_a_request_at_short_notice_is_proposed_for_refusal():
	visit = short_notice()
	assert visit.triage_proposal == "Decline"
	assert "only 5 days ahead" in triage.for_form(visit)[0]["reason"]


def test_who_was_here_is_remembered():
	make_delegation_visit(
		"First",
		**{
			**GOOD,
			"status": "Held",
			"arrives_on": "2026-01-05",
			"leaves_on": "2026-01-06",
			"requester_organisation": "city of  SAKATA",
		},
	)
	visit = make_delegation_visit("Again", **GOOD)
	assert visit.triage_proposal == "Decline"
	assert "The same requester was here within 2 years: First, 2026-01-05." in [
		row["reason"] for row in triage.for_form(visit)
	]


def test_a_proposal_follows_what_is_known():
	visit = make_delegation_visit(**{**GOOD, "leaves_on": "2027-03-05"})
	assert visit.triage_proposal == "Look into it"
	visit.leaves_on = "2027-03-02"
	visit.save()
	assert visit.triage_proposal == "Accept"


def test_a_rule_that_is_disabled_or_over_is_not_asked():
	frappe.db.set_value("Visit Triage Rule", "Two weeks", "disabled", 1)
	assert short_notice().triage_proposal == "Accept"
	frappe.db.set_value("Visit Triage Rule", "Two weeks", {"disabled": 0, "valid_until": "2020-01-01"})
	assert short_notice(requester_organisation="Another").triage_proposal == "Accept"


def test_a_person_confirms():
	visit = short_notice()
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		api.decide(visit.name, 0)
	visit.reload()
	assert visit.status == "Declined"
	assert visit.decided_by == factories.make_person(PROTOCOL).name
	assert visit.decided_on


def test_a_person_overrules_with_a_reason():
	visit = short_notice()
	with pytest.raises(VisitError, match="Triage proposes: Decline"):
		api.decide(visit.name, 1)
	assert frappe.db.get_value("Delegation Visit", visit.name, "status") == "Requested"
	api.decide(visit.name, 1, "The mayor invited them in person.")
	assert frappe.db.get_value("Delegation Visit", visit.name, ["status", "triage_reason"]) == (
		"Accepted",
		"The mayor invited them in person.",
	)


def test_the_form_alone_overrules_nothing_either():
	visit = short_notice()
	visit.status = "Accepted"
	with pytest.raises(VisitError, match="Triage proposes"):
		visit.save()


def test_nobody_types_a_proposal():
	visit = short_notice()
	visit.triage_proposal = "Accept"
	visit.set("triage_findings", [])
	visit.save()
	assert visit.triage_proposal == "Decline"
	assert len(visit.triage_findings) == 3


def test_what_was_found_stays_with_the_decision():
	visit = short_notice()
	api.decide(visit.name, 0)
	frappe.db.delete("Visit Triage Rule")
	visit.reload()
	visit.outcome = "They come next year."
	visit.save()
	assert visit.triage_proposal == "Decline"
	assert len(visit.triage_findings) == 3


def test_decided_is_decided():
	visit = short_notice()
	api.decide(visit.name, 0)
	with pytest.raises(VisitError, match="Declined already"):
		api.decide(visit.name, 1, "After all")


def test_who_may_not_write_decides_nothing():
	visit = short_notice()
	with factories.acting_as(factories.make_person(TRADE).name), pytest.raises(frappe.PermissionError):
		api.decide(visit.name, 0)


def test_the_refusal_says_what_a_diplomat_may_read():
	visit = short_notice()
	api.decide(visit.name, 0)
	letter = api.draft_letter(visit.name)
	assert letter["kind"] == "Declined"
	assert "Two weeks, please." in letter["message"]
	assert "Triage" not in letter["message"]
	assert "Dear Haruka Sato" in letter["message"]


def test_a_reason_of_ones_own_takes_the_place_of_the_rules():
	visit = short_notice()
	api.decide(visit.name, 0, letter_reason="The city council is in recess.")
	message = api.draft_letter(visit.name)["message"]
	assert "in recess" in message
	assert "Two weeks" not in message


def test_no_letter_before_a_decision():
	with pytest.raises(VisitError, match="Decide on"):
		api.draft_letter(short_notice().name)


def test_a_letter_goes_out_once_it_was_read_and_is_noted():
	visit = short_notice()
	api.decide(visit.name, 0)
	letter = api.draft_letter(visit.name)
	api.send_letter(visit.name, letter["subject"], letter["message"] + "\n\n<script>alert(1)</script>")
	(sent,) = factories.outbox()
	assert "sato@sakata.example" in str(sent)
	assert "<script>" not in str(sent)
	visit.reload()
	assert [(row.kind, row.email) for row in visit.letters] == [("Declined", "sato@sakata.example")]


def test_nobody_types_a_letter_that_was_not_sent():
	visit = short_notice()
	visit.append("letters", {"kind": "Accepted", "email": "x@example.org"})
	visit.save()
	assert visit.reload().letters == []


def test_the_letter_is_in_the_language_of_who_asked(monkeypatch):
	said = {}
	visit = short_notice(requester_language="fr")
	api.decide(visit.name, 0)
	monkeypatch.setattr(
		"city_diplomacy.diplomatic_protocol.visits.letters.language_for",
		lambda wanted: said.setdefault("wanted", wanted),
	)
	assert api.draft_letter(visit.name)["language"] == "fr"
	assert said == {"wanted": "fr"}


def test_outbound_visits_are_not_triaged():
	visit = make_delegation_visit(direction="Outbound", requested_on="2026-11-01")
	assert not visit.triage_proposal
	assert visit.triage_findings == []


def test_a_new_site_has_rules():
	from city_diplomacy.setup.visit_rules import TRIAGE_RULES, seed_triage_rules

	seed_triage_rules()
	seed_triage_rules()
	assert frappe.db.count("Visit Triage Rule") == len(TRIAGE_RULES) + 3
