"""The report of exceptions lists what left the ordinary way, and nothing that went it."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import CLERK, DEPARTMENT, MANAGER
from city_diplomacy.partnership_approvals.api import council
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.report.approval_exceptions import approval_exceptions
from city_diplomacy.partnerships.agreements.existing import record_existing
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def manager() -> str:
	return factories.make_person(MANAGER).name


def listed(manager: str, **filters) -> list[tuple[str, str]]:
	with factories.acting_as(manager):
		return [(row["event"], row["reference_name"]) for row in approval_exceptions.execute(filters)[1]]


def recorded(manager: str, **values) -> str:
	"""An agreement entered without clearances."""
	partner = factories.the_usual_partner_city()
	values = {
		"title": "From the archive",
		"purpose": "Learn from each other.",
		"agreement_type": factories.make_agreement_type().name,
		"parties": [
			{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
			{"side": "Counterpart", "party_type": partner.doctype, "party": partner.name},
		],
		**values,
	}
	with factories.acting_as(manager):
		scan = factories.make_file("scan.txt").file_url
		return record_existing(values, scan, "Signed before this system.")["name"]


def test_a_council_s_ordinary_vote_is_none(manager):
	factories.make_person(CLERK)
	scenes.make_policy(
		scenes.rule("City Council", role=CLERK, workflow_state="Council Decision", mandatory=1)
	)
	agreement = scenes.under_way()
	with factories.acting_as(factories.make_person(CLERK).name):
		council.record_council_action(
			clearance=scenes.clearance_for(agreement, "City Council").name,
			outcome="Adopted",
			file_number="26-0012",
			council_meeting_date=nowdate(),
			instrument="Resolution",
			instrument_number="2026-7",
			ayes=5,
			noes=2,
		)
	assert agreement.name not in [name for _event, name in listed(manager)]


def test_an_answer_given_for_somebody_away_is_one(manager):
	head, deputy = (factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("head", "deputy"))
	with factories.acting_as(head):
		frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": head,
				"delegate": deputy,
				"from_date": nowdate(),
				"to_date": add_days(nowdate(), 7),
				"reason": "On leave.",
			}
		).insert()
	scenes.make_policy(scenes.rule("Harbor", user=head))
	agreement = scenes.under_way()
	with factories.acting_as(deputy):
		decide.decide(scenes.clearance_for(agreement, "Harbor").name, "Clear")
	assert ("Decided", agreement.name) in listed(manager)


def test_an_agreement_signed_before_the_city_asked_for_clearances_is_none(manager):
	old = recorded(manager, signed_on="1998-07-19")
	assert old not in [name for _event, name in listed(manager)]
	assert ("Existing Agreement Recorded", old) in listed(manager, event="Existing Agreement Recorded")


def test_one_signed_around_the_clearances_the_city_asks_for_is_one(manager):
	scenes.make_policy(scenes.rule("Harbor", user=factories.make_user("h@city.example", DEPARTMENT).name))
	route = scenes.route_of(scenes.under_way())
	# The city has asked for clearances for a month.
	frappe.db.set_value(
		"Approval Decision", {"route": route.name}, "happened_on", add_days(nowdate(), -30) + " 09:00:00"
	)
	around = recorded(manager, signed_on=add_days(nowdate(), -2))
	assert ("Existing Agreement Recorded", around) in listed(manager)
