"""An address that leaves the folder of files is refused before a byte is copied, whoever sends it."""

from pathlib import Path

import frappe
import pytest

from tests import factories
from tests.files import doors

pytestmark = pytest.mark.real_site

OUT_OF_THE_FOLDER = [
	"/private/files/../../site_config.json",
	"/files/../../site_config.json",
	"/private/files/%2e%2e/%2e%2e/site_config.json",
	"/private/files/%252e%252e/%252e%252e/site_config.json",
	"/private/files/..\\..\\site_config.json",
	"/private/files/./../../site_config.json",
	"/private/../site_config.json",
	"/etc/passwd",
	"site_config.json",
	"/private/files/\x00site_config.json",
	"http://test.localhost:8000/private/files/../../site_config.json",
	"http://elsewhere.example/files/../../site_config.json",
]
DOORS = [doors.create, doors.create_as_folder, doors.insert, doors.link, doors.point_own_file_at]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("address", OUT_OF_THE_FOLDER)
def test_nothing_outside_the_folder_is_copied_or_named(client, reviewer, address, door):
	browser = client(reviewer)
	files = doors.stored_files()
	answer = door(browser, file_url=address)
	assert 400 <= answer.status_code < 500, answer.text
	secret = frappe.conf.db_password.encode()
	assert not any(secret in content for path, content in doors.stored_files().items() if path not in files)
	assert not frappe.get_all("File", {"owner": reviewer, "file_url": ["like", "%site_config%"]})


def test_a_link_that_leads_out_of_the_folder_is_not_followed(client, weak):
	shortcut = Path(frappe.get_site_path("public", "files", "shortcut.json"))
	shortcut.symlink_to(Path(frappe.get_site_path("site_config.json")).resolve())
	try:
		files = doors.stored_files()
		answer = doors.create(client(weak), file_url="/files/shortcut.json", file_name="x.json")
		assert answer.status_code == 417
		assert set(doors.stored_files()) == set(files)
	finally:
		shortcut.unlink()


@pytest.mark.parametrize("address", OUT_OF_THE_FOLDER)
def test_the_administrator_is_refused_as_well(address):
	files = doors.stored_files()
	with pytest.raises(frappe.ValidationError):
		factories.make_file("copy.json", None, file_url=address)
	assert set(doors.stored_files()) == set(files)


def test_a_link_to_another_site_stays_possible(client, weak):
	answer = doors.create(
		client(weak), file_url="https://elsewhere.example/a%20paper.pdf", file_name="paper.pdf"
	)
	assert answer.status_code == 200
	assert answer.json["data"]["file_url"].startswith("https://elsewhere.example/")
