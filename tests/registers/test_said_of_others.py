"""What the site says of itself, its country and language, is not said of others that leave it open."""

import frappe
import pytest

from tests import factories
from tests.static.sources import of_others

pytestmark = pytest.mark.real_site


@pytest.fixture
def site_in_kenya():
	"""A site whose country is Kenya and whose language is German."""
	frappe.db.set_default("country", "Kenya")
	frappe.db.set_default("language", "de")
	frappe.local.new_doc_templates = {}


@pytest.mark.parametrize(("doctype", "field"), of_others())
def test_a_new_record_about_others_leaves_open_what_the_site_says_of_itself(site_in_kenya, doctype, field):
	assert not frappe.new_doc(doctype).get(field)


def test_the_city_s_own_settings_still_take_it(site_in_kenya):
	assert frappe.new_doc("MOU").get("currency") == frappe.defaults.get_global_default("currency")


def test_over_rest_an_organisation_without_a_country_stays_without(site_in_kenya, client):
	answer = client("Administrator").post(
		"/api/resource/Partner Organisation", organisation_name="Port of Nowhere", kind="Port"
	)
	assert answer.status_code == 200, answer.text
	assert not frappe.db.get_value("Partner Organisation", answer.get_json()["data"]["name"], "country")


def test_over_rest_a_city_without_a_country_is_asked_for_it(site_in_kenya, client):
	answer = client("Administrator").post("/api/resource/Partner City", city_name="Nowhere")
	assert answer.status_code == 417
	assert "country" in answer.text.lower()
	assert not frappe.db.exists("Partner City", {"city_name": "Nowhere"})


def test_an_import_leaves_the_country_open_or_asks_for_it(site_in_kenya):
	organisations = imported("Partner Organisation", "Organisation name,Kind", "Port of Nowhere,Port")
	assert [log.success for log in organisations] == [1]
	assert not frappe.db.get_value(
		"Partner Organisation", {"organisation_name": "Port of Nowhere"}, "country"
	)
	(city,) = imported("Partner City", "City name,Country", "Nowhere,")
	assert not city.success
	assert not frappe.db.exists("Partner City", {"city_name": "Nowhere"})


def imported(doctype: str, heading: str, row: str) -> list:
	from frappe.core.doctype.data_import.data_import import start_import

	job = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": doctype,
			"import_type": "Insert New Records",
			"import_file": factories.make_file("import.csv", f"{heading}\n{row}\n").file_url,
			"mute_emails": 1,
		}
	).insert()
	start_import(job.name)
	return frappe.get_all("Data Import Log", {"data_import": job.name}, ["success", "messages"])
