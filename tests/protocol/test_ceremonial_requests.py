"""Ceremonial requests: measured by the rules in force, granted against one with a reason alone."""

import pytest

from city_diplomacy.diplomatic_protocol.ceremonies import requests, rules
from city_diplomacy.diplomatic_protocol.exceptions import CeremonialRequestError
from tests.protocol.factories import make_ceremonial_request, make_ceremonial_rule


def said(request) -> list[str]:
	return [rules.said_of(finding) for finding in rules.findings(request)]


def test_a_request_that_keeps_the_rules_is_accepted_without_a_word():
	make_ceremonial_rule()
	request = make_ceremonial_request()
	assert (request.status, request.breaks_rule) == ("Requested", 0)
	request.status = "Accepted"
	assert request.save().status == "Accepted"


def test_an_organisation_has_one_of_a_kind_in_a_year_however_it_is_spelt():
	make_ceremonial_rule()
	make_ceremonial_request()
	again = make_ceremonial_request("Flag Day", organisation="HARBOR  society", needed_on="2026-12-31")
	assert said(again) == [
		"The organisation has asked for as many of this kind as the city grants in a year, 1 (Proclamations)."
	]
	for changes in ({"needed_on": "2027-01-01"}, {"organisation": "Another"}, {"kind": "Letter"}):
		assert not make_ceremonial_request("Other", **changes).breaks_rule


def test_what_was_declined_does_not_count():
	make_ceremonial_rule()
	make_ceremonial_request(status="Declined", decision_reason="It is no public occasion.")
	assert not make_ceremonial_request("Again").breaks_rule


def test_granting_against_a_rule_needs_a_reason():
	make_ceremonial_rule()
	late = make_ceremonial_request(needed_on="2026-05-10")
	assert said(late) == ["It was not asked 30 days ahead (Proclamations)."]
	late.status = "Accepted"
	with pytest.raises(CeremonialRequestError, match="does not keep a rule"):
		late.save()
	late.reload()
	late.status = "Accepted"
	late.decision_reason = "The president comes sooner."
	assert late.save().status == "Accepted"


def test_the_longer_of_both_texts_is_measured():
	make_ceremonial_rule(longest_text=10, notice_days=0)
	request = make_ceremonial_request(requested_text="Short", our_text="Rather too long")
	assert said(request) == ["The text is longer than 10 characters (Proclamations)."]


def test_the_draft_is_the_rules_text_filled_in():
	make_ceremonial_rule(draft="Whereas {organisation} keeps {occasion} on {date}, {nobody}")
	request = make_ceremonial_request()
	assert (
		requests.draft_for(request)
		== "Whereas Harbor Society keeps Independence Day on 15 June 2026, {nobody}"
	)
	assert requests.draft_for(make_ceremonial_request(kind="Letter")) == ""
