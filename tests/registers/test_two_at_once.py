"""Two people, or one person twice, at the same moment: one record is made, and the other is told."""

from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, TRADE
from city_diplomacy.partnerships import api
from tests import factories
from tests.approvals import scenes
from tests.approvals.workers import Job, Workers

pytestmark = pytest.mark.real_site
MAKE_LEAD = "city_diplomacy.trade_promotion.api.make_lead"


@pytest.fixture
def workers(committed) -> Iterator[Workers]:
	workers = Workers(2)
	yield workers
	workers.dismiss()


def store_draft(**values) -> str:
	return frappe.get_doc({"doctype": "MOU", **values}).insert().name


@pytest.mark.parametrize("order", ["at_once", "in_turn"])
def test_of_two_renewals_stored_at_once_one_is_refused(workers, order):
	officer, manager = scenes.office(), scenes.manager()
	agreement = factories.make_agreement(title="Runs out")
	# How it comes into force is tested elsewhere.
	frappe.db.set_value("MOU", agreement.name, {"workflow_state": "Active", "docstatus": 1})
	with factories.acting_as(officer):
		draft = api.draft_renewal(agreement=agreement.name)
	frappe.db.commit()
	reads = ("MOU", agreement.name)
	jobs = [Job(user, f"{__name__}.store_draft", draft, reads=reads) for user in (officer, manager)]
	answers = getattr(workers, order)(jobs)
	assert sorted(answer.went_well for answer in answers) == [False, True]
	(refused,) = (answer for answer in answers if not answer.went_well)
	assert "renews it already" in refused.sentence
	frappe.db.rollback()
	assert frappe.db.count("MOU", {"supersedes": agreement.name}) == 1


@pytest.mark.parametrize("second", [TRADE, MANAGER])
def test_a_trade_lead_converted_twice_at_once_is_one_lead_and_says_so(workers, second):
	trade, other = factories.make_person(TRADE).name, factories.make_person(second).name
	with factories.acting_as(trade):
		lead = factories.make_trade_lead("Twice Robotics")
	factories.make_party_screening(lead)
	frappe.db.commit()
	jobs = [
		Job(user, MAKE_LEAD, {"trade_lead": lead.name}, reads=("Trade Lead", lead.name))
		for user in (trade, other)
	]
	first, late = workers.in_turn(jobs)
	assert first.went_well, first
	assert late.error == "TradeLeadError", late
	assert "press once more" in late.sentence
	assert workers.in_turn(jobs)[1].went_well
	frappe.db.rollback()
	assert frappe.db.count("Lead", {"company_name": "Twice Robotics"}) == 1
