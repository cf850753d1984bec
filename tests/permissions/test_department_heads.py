"""Who a department is asked through can read what they are asked about."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT
from tests import factories
from tests.approvals import scenes


@pytest.mark.parametrize("seat", ["department_head", "acting_head", "partnership_liaison"])
def test_an_account_without_a_role_reads_what_its_department_is_asked_and_nothing_else(seat):
	person = factories.make_user("harbor.master@city.example").name
	seats = {"department_head": factories.make_user("harbor.head@city.example").name, seat: person}
	department = factories.make_department("Harbor", **{"head": seats.pop("department_head"), **seats}).name
	scenes.make_policy(
		scenes.rule("Affected department", asked_of="Departments of the Document", table_field="departments")
	)
	asked = scenes.under_way(departments=[{"department": department}])
	other = factories.make_agreement(title="Not the harbor's")
	assert frappe.get_roles(person).count(DEPARTMENT) == 1
	assert frappe.db.get_value("User", person, "user_type") == "Website User"
	with factories.acting_as(person):
		assert frappe.get_doc("MOU", asked.name).has_permission("read")
		assert not frappe.get_doc("MOU", asked.name).has_permission("write")
		assert not frappe.get_doc("MOU", other.name).has_permission("read")


def test_the_role_is_given_once_and_not_to_one_who_reads_already():
	head, trade = factories.make_user("head@city.example").name, factories.make_person("Trade Officer").name
	for person in (head, trade):
		factories.make_department(f"Harbor of {person}", head=person).save()
	roles = {
		person: frappe.get_all("Has Role", {"parent": person, "role": DEPARTMENT}, pluck="name")
		for person in (head, trade)
	}
	assert (len(roles[head]), len(roles[trade])) == (1, 0)
