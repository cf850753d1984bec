"""A renewal, an amendment or a review begins from the agreement in force, with nothing typed twice."""

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, nowdate

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, TRADE
from city_diplomacy.access.unknown import UnknownRecordError
from city_diplomacy.partnerships import api
from city_diplomacy.partnerships.exceptions import AgreementError, EngagementError
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def in_force():
	"""An agreement of the officer that was signed today and ends in a year, reviewed every three months."""
	scenes.make_policy(
		scenes.rule("Harbor", user=factories.make_user("harbor@city.example", DEPARTMENT).name)
	)
	return scenes.in_force(
		topics=[],
		departments=[{"department": factories.make_department("Harbor Affairs").name}],
		signatories=[{"side": "Ours", "signatory": "Ada Berg", "capacity": "Mayor"}],
		term_months=12,
		notice_days=30,
		review_interval_months=3,
	)


def stored(values: dict):
	return frappe.get_doc({"doctype": "MOU", **values}).insert()


def by_the_officer(method, agreement, **arguments):
	with factories.acting_as(scenes.office()):
		return method(agreement=agreement.name, **arguments)


def test_a_renewal_begins_the_day_after_and_takes_the_place_of_the_old_one(in_force):
	values = by_the_officer(api.draft_renewal, in_force)
	with factories.acting_as(scenes.office()):
		renewal = stored(values)
	assert renewal.supersedes == in_force.name
	assert getdate(renewal.effective_date) == getdate(add_days(in_force.expiry_date, 1))
	assert (renewal.workflow_state, renewal.title) == ("Draft", in_force.title)
	assert [row.party for row in renewal.parties] == [row.party for row in in_force.parties]
	assert [row.department for row in renewal.departments] == [row.department for row in in_force.departments]
	assert [(row.signatory, row.signed_on) for row in renewal.signatories] == [("Ada Berg", None)]
	assert [renewal.signed_on, renewal.texts, renewal.signed_copy] == [None, [], None]


def test_an_amendment_stands_under_the_agreement_and_ends_with_it(in_force):
	with factories.acting_as(scenes.office()):
		amendment = stored(api.draft_amendment(agreement=in_force.name))
	assert amendment.parent_agreement == in_force.name
	assert getdate(amendment.expiry_date) == getdate(in_force.expiry_date)
	assert in_force.title in amendment.title


def test_an_amendment_of_what_has_ended_is_not_over_before_it_begins(in_force):
	ended = add_days(frappe.utils.nowdate(), -30)
	frappe.db.set_value("MOU", in_force.name, {"workflow_state": "Expired", "expiry_date": ended})
	assert by_the_officer(api.draft_amendment, in_force)["expiry_date"] is None


def test_an_agreement_is_renewed_by_one_draft_at_a_time(in_force):
	with factories.acting_as(scenes.office()):
		first = stored(api.draft_renewal(agreement=in_force.name))
		with pytest.raises(AgreementError, match=first.name):
			api.draft_renewal(agreement=in_force.name)


def test_a_review_is_an_engagement_about_the_agreement_and_moves_the_next_one(in_force):
	answer = by_the_officer(api.record_review, in_force, held_on=nowdate(), outcome="Goes on as it is.")
	review = frappe.get_doc("Partner Engagement", answer["name"])
	assert (review.engagement_type, review.agreement, review.outcome) == (
		"Review",
		in_force.name,
		"Goes on as it is.",
	)
	assert [row.partner for row in review.partners] == [factories.the_usual_partner_city().name]
	in_force.reload()
	# Counted from the day it took effect: an agreement of the 30th does not drift to the 28th after a February.
	assert getdate(in_force.next_review_date) == getdate(add_months(in_force.effective_date, 6))
	assert in_force.workflow_state == "Active"


def test_the_next_review_may_be_set_by_hand(in_force):
	chosen = add_days(nowdate(), 40)
	by_the_officer(api.record_review, in_force, held_on=nowdate(), outcome="Soon again.", next_review=chosen)
	in_force.reload()
	assert getdate(in_force.next_review_date) == getdate(chosen)


def test_a_review_needs_an_outcome_and_a_day_that_has_come(in_force):
	with pytest.raises(EngagementError, match="what came of"):
		by_the_officer(api.record_review, in_force, held_on=nowdate(), outcome="  ")
	with pytest.raises(AgreementError, match="cannot lie in the future"):
		by_the_officer(api.record_review, in_force, held_on=add_days(nowdate(), 1), outcome="Good.")


def test_a_draft_is_neither_renewed_nor_reviewed(in_force):
	draft = scenes.draft_by(scenes.office())
	for method, more in (
		(api.draft_renewal, {}),
		(api.draft_amendment, {}),
		(api.record_review, {"held_on": nowdate(), "outcome": "Good."}),
	):
		with pytest.raises(AgreementError, match="in force"):
			by_the_officer(method, draft, **more)


@pytest.mark.parametrize("role", [AUDITOR, TRADE])
@pytest.mark.parametrize("method", ["draft_renewal", "draft_amendment", "record_review"])
def test_who_only_reads_agreements_starts_nothing(in_force, client, role, method):
	browser = client(factories.make_person(role).name)
	answer = browser.call(
		f"city_diplomacy.partnerships.api.{method}",
		agreement=in_force.name,
		**({"held_on": nowdate(), "outcome": "Good."} if method == "record_review" else {}),
	)
	assert answer.status_code == 403


def test_a_confidential_agreement_is_unknown_to_the_rest_of_the_office(in_force):
	# What is stored is read; how an agreement becomes confidential is tested elsewhere.
	frappe.db.set_value("MOU", in_force.name, {"confidential": 1, "sponsor": scenes.manager()})
	frappe.db.set_value("MOU", in_force.name, "owner", scenes.manager())
	other = factories.make_user("other.officer@city.example", "International Affairs Officer").name
	with factories.acting_as(other):
		for method in (api.draft_renewal, api.draft_amendment):
			with pytest.raises(UnknownRecordError):
				method(agreement=in_force.name)
		with pytest.raises(UnknownRecordError):
			api.record_review(agreement=in_force.name, held_on=nowdate(), outcome="Good.")
