"""One row about a record is known to the same people as in a list of such rows."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER
from city_diplomacy.access.rows import is_known, known_rows_of
from tests import factories


def row_about(kind: str | None, name: str | None, **values) -> str:
	row = {
		"doctype": "ToDo",
		"name": frappe.generate_hash(length=10),
		"description": "Read it",
		"reference_type": kind,
		"reference_name": name,
		"owner": "Administrator",
		**values,
	}
	frappe.get_doc(row).db_insert()
	return row["name"]


def is_listed(name: str, user: str) -> bool:
	todo = frappe.qb.DocType("ToDo")
	found = frappe.qb.from_(todo).select(todo.name)
	return bool(found.where((todo.name == name) & known_rows_of("ToDo", user)).run())


@pytest.fixture
def confidential():
	with factories.acting_as(factories.make_person(MANAGER).name):
		return factories.make_agreement(confidential=1).name


@pytest.mark.parametrize(
	"spelling",
	["MOU", "mou", "MoU ", "MÔU"],
)
def test_a_row_about_what_one_may_not_know_is_not_known_however_its_doctype_is_written(
	confidential, spelling
):
	row, officer = row_about(spelling, confidential), factories.make_person(OFFICER).name
	assert not is_known("ToDo", row, officer)
	assert not is_listed(row, officer)
	manager = factories.make_person(MANAGER).name
	assert is_known("ToDo", row, manager) == is_listed(row, manager)


@pytest.mark.parametrize(("kind", "name"), [(None, None), ("", ""), ("Customer", "Somebody")])
def test_a_row_about_nothing_guarded_is_known_like_in_the_list(kind, name):
	row, officer = row_about(kind, name), factories.make_person(OFFICER).name
	assert is_known("ToDo", row, officer)
	assert is_listed(row, officer)


def test_a_row_that_is_ones_own_is_known_whatever_it_is_about(confidential):
	officer = factories.make_person(OFFICER).name
	row = row_about("MOU", confidential, allocated_to=officer)
	assert is_known("ToDo", row, officer)
	assert is_listed(row, officer)


def test_a_row_about_a_record_that_is_gone_is_not_known():
	row, officer = row_about("MOU", "MOU-1999-0001"), factories.make_person(OFFICER).name
	assert not is_known("ToDo", row, officer)
	assert not is_listed(row, officer)


def test_a_row_that_is_not_there_is_not_known(confidential):
	assert not is_known("ToDo", "nothing of that name", factories.make_person(MANAGER).name)
