"""What the tests of a file begin with is made once, and each of them finds it as it was made."""

from pathlib import Path

import frappe
import pytest

from tests import factories


@pytest.fixture(scope="module")
def to_do(arranged) -> str:
	return frappe.get_doc({"doctype": "ToDo", "description": "arranged"}).insert().name


@pytest.fixture(scope="module")
def letter(arranged) -> str:
	return factories.make_file("arranged.txt", "As it was made.").name


@pytest.mark.parametrize("turn", [1, 2])
def test_a_record_is_as_it_was_made_though_a_test_commits(to_do, turn):
	assert frappe.db.get_value("ToDo", to_do, "description") == "arranged"
	frappe.db.set_value("ToDo", to_do, "description", f"changed in turn {turn}")
	frappe.db.commit()


@pytest.mark.real_site
@pytest.mark.parametrize("turn", [1, 2])
def test_a_file_is_on_the_disk_though_a_test_deletes_it(letter, turn):
	path = Path(frappe.get_doc("File", letter).get_full_path())
	assert path.read_text() == "As it was made."
	frappe.delete_doc("File", letter)
	frappe.db.commit()
	assert not path.exists()


@pytest.mark.real_site
def test_what_was_not_committed_is_not_to_be_had_by_other_processes(ground, to_do):
	with pytest.raises(RuntimeError, match="another module"), ground.committed():
		pass
