"""A small city to open pages of."""

import frappe
import pytest

from city_diplomacy.partnerships.agreements import existing
from tests import factories


@pytest.fixture
def officer():
	return factories.make_person("International Affairs Officer").name


@pytest.fixture
def attorney():
	return factories.make_person("Legal Reviewer").name


@pytest.fixture
def manager():
	return factories.make_person("International Affairs Manager").name


@pytest.fixture
def outsider():
	return factories.make_user("outsider@elsewhere.example").name


@pytest.fixture
def in_clearance(officer, attorney):
	"""An agreement the city attorney is asked about."""
	with factories.acting_as(officer):
		return factories.start_clearance(
			factories.make_agreement(
				title="Understanding on shore power", recitals="<p>Whereas ports matter</p>"
			)
		)


@pytest.fixture
def asked(in_clearance):
	"""The city attorney's clearance."""
	return factories.clearances_of(in_clearance, "Pending")[0]


@pytest.fixture
def publish(manager):
	"""A function that makes an agreement in force and publishes it with the given switches."""

	def make(title="Friendship agreement", partner=None, **fields):
		partner = partner or factories.the_usual_partner_city()
		switches = {key: fields.pop(key) for key in list(fields) if key.startswith("publish")}
		with factories.acting_as(manager):
			scan = factories.make_file(f"{frappe.generate_hash(length=8)}.txt", frappe.generate_hash())
			values = {
				"title": title,
				"agreement_type": factories.make_agreement_type().name,
				"purpose": "A purpose only some may read.",
				"sponsor": manager,
				"signed_on": "2011-06-14",
				"parties": [
					{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
					{"side": "Counterpart", "party_type": partner.doctype, "party": partner.name},
				],
				**fields,
			}
			answer = existing.record_existing(values, scan.file_url, "Signed long ago.", "Active")
			agreement = frappe.get_doc("MOU", answer["name"])
			agreement.update({"publish": 1, **switches})
			return agreement.save()

	return make
