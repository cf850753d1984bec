"""What Desk's lists show: every record a person may see, also where a linked person is empty."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER, TRADE
from tests import factories

RECORDS = {
	"Partner City": factories.make_partner_city,
	"City Network": lambda: factories.make_city_network("Port Circle"),
	"MOU": factories.make_agreement,
	"Partner Engagement": factories.make_engagement,
}


def titles_of_links(doctype: str) -> list[str]:
	"""The columns by which Desk's list asks for the titles of what its rows link to."""
	shown = [df for df in frappe.get_meta(doctype).fields if df.fieldtype == "Link" and df.in_list_view]
	linked = {df.fieldname: frappe.get_meta(df.options) for df in shown}
	return [
		f"{field}.{meta.title_field} as {field}_{meta.title_field}"
		for field, meta in linked.items()
		if meta.show_title_field_in_link and meta.title_field
	]


@pytest.mark.real_site
@pytest.mark.parametrize("role", [OFFICER, MANAGER, TRADE])
@pytest.mark.parametrize("doctype", RECORDS)
def test_a_list_shows_a_record_whose_person_is_not_known(doctype, role):
	made = RECORDS[doctype]()
	people = [df.fieldname for df in made.meta.fields if df.fieldtype == "Link" and df.options == "User"]
	made.db_set(dict.fromkeys(people))
	with factories.acting_as(factories.make_person(role).name):
		listed = frappe.get_list(doctype, fields=["name", *titles_of_links(doctype)], limit_page_length=0)
	assert made.name in [row.name for row in listed]
