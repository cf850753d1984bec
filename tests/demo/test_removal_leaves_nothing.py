"""A city that is loaded and removed leaves the site as it was."""

from pathlib import Path

import frappe

from city_diplomacy.demo import city, removal
from city_diplomacy.demo.book import read_book
from city_diplomacy.partnership_approvals.files.uploaded import file_at
from tests import factories
from tests.demo.test_removal import active_policies, count, settings


def test_removal_leaves_the_site_as_it_was(small_city):
	before = count(), settings(), active_policies()
	city.load_city(force=True, folder=small_city)
	report = removal.remove_city()
	assert not report.stays
	counted, was_set, active = before
	assert {kind: number for kind, number in count().items() if number != counted[kind]} == {}
	assert settings() == was_set
	assert active_policies() == active
	assert not removal.remove_city().removed


def test_files_are_gone_from_the_disk_once_the_removal_is_committed_and_not_before(small_city):
	city.load_city(force=True, folder=small_city)
	frappe.db.commit()
	files = [
		Path(frappe.get_doc("File", entry.name).get_full_path())
		for entry in read_book()
		if entry.doctype == "File"
	]
	removal.remove_city()
	frappe.db.rollback()
	assert files
	assert all(file.is_file() for file in files)
	removal.remove_city()
	frappe.db.commit()
	assert not any(file.is_file() for file in files)


def test_a_list_somebody_screened_against_stays_with_its_file(small_city):
	city.load_city(force=True, folder=small_city)
	(entry,) = (entry for entry in read_book() if entry.doctype == "Restricted Party List")
	screening = factories.make_party_screening(method="Against Our Lists")
	assert [row.restricted_party_list for row in screening.lists] == [entry.name]
	report = removal.remove_city()
	assert [kept[:2] for kept in report.stays] == [("Restricted Party List", entry.name)]
	file = file_at(frappe.db.get_value("Restricted Party List", entry.name, "file"))
	assert Path(file.get_full_path()).is_file()
