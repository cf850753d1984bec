"""The numbers beside the connections on a form."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER
from city_diplomacy.partnerships.partners import connections
from tests import factories
from tests.community.factories import make_committee_duty, make_community_programme
from tests.protocol import factories as protocol

# Frappe puts a form's connections together from its dashboard file; the sandbox has no Desk.
pytestmark = pytest.mark.real_site


def counts(doctype: str, name: str) -> dict[str, int]:
	found = connections.count(doctype, name)["count"]["external_links_found"]
	return {row["doctype"]: row["count"] for row in found}


def test_a_city_counts_its_agreements_meetings_and_promises():
	turku = factories.make_partner_city("Turku", "Finland")
	factories.make_agreement(turku)
	frappe.get_doc(
		{
			"doctype": "Partner Engagement",
			"subject": "Call",
			"starts_on": "2026-11-01 10:00:00",
			"partners": [{"partner_type": "Partner City", "partner": turku.name}],
		}
	).insert()
	found = counts("Partner City", turku.name)
	assert (found["MOU"], found["Partner Engagement"], found["Partnership Commitment"]) == (1, 1, 0)


def test_a_city_counts_promises_both_ways():
	turku = factories.make_partner_city("Turku", "Finland")
	meeting = factories.make_engagement(partners=[{"partner_type": "Partner City", "partner": turku.name}])
	made_in = {"source_doctype": meeting.doctype, "source_name": meeting.name}
	factories.make_commitment("Ours", **made_in)
	factories.make_commitment("Theirs", owed_by="Counterpart", **made_in)
	assert counts("Partner City", turku.name)["Partnership Commitment"] == 2


def test_a_network_of_the_same_name_does_not_count_the_city_s_agreements():
	turku = factories.make_partner_city("Turku", "Finland")
	factories.make_agreement(turku)
	network = frappe.get_doc({"doctype": "City Network", "network_name": turku.name}).insert()
	assert network.name == turku.name
	assert counts("City Network", network.name)["MOU"] == 0


def test_a_confidential_agreement_is_not_counted_for_others():
	turku = factories.make_partner_city("Turku", "Finland")
	officer, manager = factories.make_person(OFFICER).name, factories.make_person(MANAGER).name
	with factories.acting_as(officer):
		factories.make_agreement(turku, confidential=1)
		assert counts("Partner City", turku.name)["MOU"] == 1
	with factories.acting_as(manager):
		assert counts("Partner City", turku.name)["MOU"] == 0


@pytest.mark.parametrize(
	"doctype",
	[
		"Partner City",
		"Partner Organisation",
		"City Network",
		"Network Membership",
		"MOU",
		"Partner Engagement",
		"Delegation Visit",
		"International Event",
		"Guest List",
		"Diaspora Organisation",
	],
)
def test_every_connection_names_fields_that_exist(doctype):
	links = frappe.get_meta(doctype).get_dashboard_data()
	for group in links.transactions:
		for other in group["items"]:
			field = links.get("non_standard_fieldnames", {}).get(other, links.fieldname)
			holder = frappe.get_meta(connections._holder_of(other, field))
			assert holder.has_field(field)
			if field in (links.dynamic_links or {}):
				kind, type_field = links.dynamic_links[field]
				type_of = holder.get_field(type_field)
				assert kind in type_of.options.split("\n") or (type_of.fieldtype, type_of.options) == (
					"Link",
					"DocType",
				)


def test_a_mission_counts_its_gifts_and_the_cases_one_may_know_of():
	mission = protocol.make_consular_mission()
	visit = protocol.make_delegation_visit()
	protocol.make_official_gift(consular_mission=mission.name, visit=visit.name)
	protocol.make_consular_case(mission=mission)
	found = counts("Consular Mission", mission.name)
	assert (found["Consular Case"], found["Official Gift"], found["Ceremonial Request"]) == (1, 1, 0)
	assert counts("Delegation Visit", visit.name)["Official Gift"] == 1
	with factories.acting_as(factories.make_person(OFFICER).name):
		assert counts("Consular Mission", mission.name)["Consular Case"] == 0


def test_a_partner_counts_the_gifts_of_both_directions():
	turku = factories.make_partner_city("Turku", "Finland")
	for direction in ("Received", "Given"):
		protocol.make_official_gift(
			direction, direction=direction, partner_type="Partner City", partner=turku.name
		)
	assert counts("Partner City", turku.name)["Official Gift"] == 2


def test_an_organisation_counts_its_programmes_and_duties():
	for organisation in (
		factories.make_partner_organisation("Harbor Committee", "Other"),
		factories.make_diaspora_organisation("Harbor Society"),
	):
		partner = {"partner_type": organisation.doctype, "partner": organisation.name}
		make_community_programme(partners=[partner])
		make_committee_duty(organisation_type=organisation.doctype, organisation=organisation.name)
		found = counts(organisation.doctype, organisation.name)
		assert (found["Community Programme"], found["Committee Duty"]) == (1, 1)
