"""Records and uploads from before get what new ones get."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.files import kept as kept_files
from city_diplomacy.patches.v1_0 import keep_files_of_records
from tests import factories
from tests.approvals import scenes
from tests.files.conftest import scenes_text

OF_RECORDS = ("Approval Route", "Approval Clearance")


@pytest.fixture
def old_records():
	"""A record with a text, a replaced text and a letter, as it was before the engine kept rows of its own."""
	scenes.make_policy(scenes.rule("Attorney", role="Legal Reviewer", recorded_decision_allowed=1))
	with factories.acting_as(scenes.office()):
		files = [factories.make_file(f"text-{number}.txt", f"Text {number}.") for number in (1, 2)]
	agreement = scenes.under_way(texts=[scenes_text(files[0])])
	with factories.acting_as(scenes.office()):
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.texts[0].file = files[1].file_url
		agreement.save()
	with factories.acting_as(factories.make_person(MANAGER).name):
		letter = factories.make_file("letter.txt", "We agree.")
		clearance = factories.clearances_of(agreement, "Pending")[0].name
		decide.record_decision(clearance, "Clear", "By letter.", letter.file_url)
	kept = _kept()
	frappe.db.delete("File", {"attached_to_doctype": ["in", OF_RECORDS]})
	return kept


def _kept() -> list[tuple]:
	fields = ["file_url", "attached_to_doctype", "attached_to_name", "attached_to_field", "owner"]
	rows = frappe.get_all("File", {"attached_to_doctype": ["in", OF_RECORDS]}, fields, as_list=True)
	return sorted(tuple(row) for row in rows)


def test_what_old_records_rest_on_is_kept(old_records):
	assert _kept() == []
	keep_files_of_records.execute()
	assert _kept() == old_records
	assert len(old_records) == 3


def test_it_may_run_twice(old_records):
	keep_files_of_records.execute()
	keep_files_of_records.execute()
	assert _kept() == old_records


@pytest.mark.real_site
def test_an_old_upload_is_closed_to_strangers(client, letter, weak):
	frappe.db.set_value("File", letter.name, "attached_to_field", None)
	keep_files_of_records.execute()
	browser = client(weak)
	browser.post("/api/resource/Contact", first_name="Me", image=letter.file_url)
	assert browser.get(letter.file_url).status_code == 403
	assert not frappe.db.get_value("File", letter.name, "attached_to_doctype")


def test_the_engine_s_own_doctypes_are_known_by_their_class():
	assert all(kept_files.is_of_engine(doctype) for doctype in (*OF_RECORDS, "Ledger Head", "Legal Hold"))
	assert not any(kept_files.is_of_engine(doctype) for doctype in ("MOU", "Council Action", "ToDo", None))
