"""The factories lead where their names say, on both grounds."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER
from tests import factories
from tests.grounds import accounts


def test_an_agreement_goes_from_draft_to_ready_to_sign():
	officer = factories.make_person(OFFICER)
	with factories.acting_as(officer.name):
		agreement = factories.make_agreement()
		assert agreement.workflow_state == "Draft"
		agreement = factories.start_clearance(agreement)
	assert agreement.workflow_state == "In Clearance"
	assert [clearance.seat for clearance in factories.clearances_of(agreement, "Pending")] == [
		"City Attorney"
	]
	with factories.acting_as(officer.name):
		agreement = factories.clear_every_stage(agreement)
	assert agreement.workflow_state == "Ready to Sign"


def test_a_reviewer_is_a_website_user_and_a_manager_works_in_desk():
	assert factories.make_user("counsel@city.example", LEGAL).user_type == "Website User"
	assert factories.make_user("chief@city.example", MANAGER).user_type == "System User"


def test_a_department_knows_its_head():
	head = factories.make_user("harbour@city.example")
	department = factories.make_department("Harbour", head=head.name)
	assert frappe.db.get_value("Department", department.name, "department_head") == head.name


def test_the_person_before_acts_again_after_the_block():
	with factories.acting_as("Guest"):
		assert frappe.session.user == "Guest"
	assert frappe.session.user == "Administrator"


@pytest.mark.real_site
def test_every_account_has_what_frappe_gives_to_one_it_inserts():
	"""All but the first of a kind are copies of it in part; see `grounds/accounts.py`."""
	by_frappe, *copied = ("first", "second", "third")
	with factories.acting_as("Administrator"):
		factories.new_user(f"{by_frappe}@city.example", LEGAL).insert()
	for name in copied:
		factories.make_user(f"{name}@city.example", LEGAL)

	assert [_picture_of(name) for name in copied] == [_picture_of(by_frappe)] * 2


def _picture_of(name: str) -> dict[str, list[dict]]:
	"""The rows of an account, of its kind alone: without its name, other keys and times."""
	email = f"{name}@city.example"
	tables = {"User": "name", "Has Role": "parent", **accounts.BESIDE}
	own = ("name", "parent", "creation", "modified")
	return {
		doctype: [
			{
				key: str(value).replace(name.title(), "…").replace(name, "…")
				for key, value in row.items()
				if key not in own
			}
			for row in frappe.get_all(doctype, {column: email}, ["*"], limit_page_length=0)
		]
		for doctype, column in tables.items()
	}
