"""Another's private file is nobody's for knowing its address, its name, or its hash."""

import json

import frappe
import pytest

from tests import factories
from tests.approvals import scenes
from tests.files import doors

pytestmark = pytest.mark.real_site


def with_hash(browser, *, file_url, **_fields):
	"""A link that says it has the bytes of another's file."""
	known = frappe.db.get_value("File", {"file_url": file_url}, "content_hash")
	return doors.create(
		browser,
		file_url="https://elsewhere.example/x.txt",
		file_name="x.txt",
		content_hash=known,
		is_private=1,
	)


def with_hash_and_nothing_else(browser, *, file_url, **_fields):
	known = frappe.db.get_value("File", {"file_url": file_url}, "content_hash")
	return doors.create(browser, file_name="x.txt", content="", content_hash=known, is_private=1)


def with_bytes_of_its_own(browser, *, file_url, **_fields):
	return doors.create(browser, file_url=file_url, file_name="x.txt", content="harmless", is_private=1)


def with_this_host_before_it(browser, *, file_url, **_fields):
	return doors.create(browser, file_url=frappe.utils.get_url(file_url), file_name="x.txt")


def with_another_host_before_it(browser, *, file_url, **_fields):
	return doors.create(browser, file_url="http://elsewhere.example" + file_url, file_name="x.txt")


def in_signs(browser, *, file_url, **_fields):
	return doors.create(browser, file_url=file_url.replace("e", "%65"), file_name="x.txt")


def attach_to_a_contact(browser, *, file_url, **_fields):
	"""Frappe hangs the file in an Attach field on the record that is saved, past File's own permissions."""
	return browser.post("/api/resource/Contact", first_name="Me", image=file_url)


def attach_to_oneself(browser, *, file_url, **_fields):
	return browser.request("PUT", f"/api/resource/User/{browser.user}", json={"user_image": file_url})


def attach_by_name(browser, *, file_url, **_fields):
	name = frappe.db.get_value("File", {"file_url": file_url})
	return browser.call(
		"frappe.utils.file_manager.add_attachments",
		doctype="User",
		name=browser.user,
		attachments=json.dumps([name]),
	)


def send_by_mail(browser, *, file_url, **_fields):
	name = frappe.db.get_value("File", {"file_url": file_url})
	return browser.call(
		"frappe.core.doctype.communication.email.make",
		doctype="User",
		name=browser.user,
		subject="Mine",
		content="See attached",
		recipients=browser.user,
		attachments=json.dumps([name]),
	)


DOORS = [
	doors.create,
	doors.create_as_folder,
	doors.insert,
	doors.link,
	doors.point_own_file_at,
	with_hash,
	with_hash_and_nothing_else,
	with_bytes_of_its_own,
	with_this_host_before_it,
	with_another_host_before_it,
	in_signs,
	attach_to_a_contact,
	attach_to_oneself,
	attach_by_name,
	send_by_mail,
]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_private_file_stays_closed(client, weak, letter, door):
	browser = client(weak)
	before = frappe.db.get_value("File", letter.name, ["file_url", "attached_to_name", "owner"])
	door(browser, file_url=letter.file_url)
	assert not doors.can_open(browser, letter.file_url)
	names = frappe.get_all("File", {"owner": weak}, pluck="name")
	assert not any("mayor" in reading_of(browser, name) for name in names)
	assert frappe.db.get_value("File", letter.name, ["file_url", "attached_to_name", "owner"]) == before


def reading_of(browser, name: str) -> str:
	"""What the person gets of a File of theirs by every way of reading one."""
	url = frappe.db.get_value("File", name, "file_url") or ""
	answers = [
		browser.read("frappe.core.api.file.zip_files", files=json.dumps([name])),
		browser.read("download_file", file_url=url),
		browser.get(
			"/api/method/download_file", file_url=url.replace("elsewhere.example", "test.localhost:8000")
		),
	]
	return " ".join(unpacked(answer) for answer in answers)


def unpacked(answer) -> str:
	import io
	import zipfile

	if answer.status_code == 200 and answer.data[:2] == b"PK":
		with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
			return " ".join(archive.read(name).decode() for name in archive.namelist())
	return answer.text if answer.status_code == 200 else ""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_the_text_of_a_confidential_agreement_stays_closed(client, reviewer, text, door):
	_agreement, file = text
	browser = client(reviewer)
	door(browser, file_url=file.file_url)
	assert not doors.can_open(browser, file.file_url)


def test_what_is_not_there_is_refused_in_the_same_words(client, weak, letter):
	browser = client(weak)
	there = doors.create(browser, file_url=letter.file_url, file_name="x.txt")
	absent = doors.create(browser, file_url="/private/files/no-such-letter.txt", file_name="x.txt")
	assert there.status_code == absent.status_code == 403
	assert there.json["exc_type"] == absent.json["exc_type"] == "ForeignFileError"


def test_a_file_one_may_read_can_be_attached_again(client, text):
	_agreement, file = text
	answer = doors.create(client(scenes.office()), file_url=file.file_url, file_name="again.txt")
	assert answer.status_code == 200, answer.text
	assert answer.json["data"]["file_url"] == file.file_url


def test_an_upload_of_one_s_own_still_goes_on_the_record_it_was_made_for(client):
	"""As Desk does it: the upload first, then the record that names it."""
	browser = client(scenes.office())
	upload = doors.upload(browser, "portrait.txt")
	saved = browser.post("/api/resource/Contact", first_name="Someone", image=upload["file_url"])
	assert saved.status_code == 200, saved.text
	attached = {"attached_to_doctype": "Contact", "attached_to_name": saved.json["data"]["name"]}
	assert frappe.db.exists(
		"File", {"file_url": upload["file_url"], **attached, "attached_to_field": "image"}
	)


def test_server_code_that_has_the_bytes_may_store_them_for_anybody(weak, letter):
	from frappe.utils.file_manager import save_file

	with factories.acting_as(weak):
		for name, content in (
			("new.txt", "Written by a job."),
			("known.txt", "Between the office and the mayor."),
		):
			assert save_file(name, content, None, None, is_private=1).file_url


@pytest.mark.parametrize(
	"changes", [{"is_private": 0}, {"file_name": "mine.txt"}, {"attached_to_name": "Me"}]
)
def test_saying_that_one_owns_it_does_not_help(client, weak, letter, changes):
	"""Frappe judges the right to save by the copy the client sends, its owner included."""
	before = frappe.get_doc("File", letter.name).as_dict()
	answer = doors.save_with_another_owner(client(weak), letter.name, **changes)
	assert answer.status_code == 403
	assert frappe.get_doc("File", letter.name).as_dict() == before


@pytest.mark.parametrize("column", ["content_hash", "thumbnail_url", "is_folder"])
def test_what_the_server_works_out_is_not_sent(client, weak, letter, column):
	browser = client(weak)
	own = doors.upload(browser, "mine.txt")["name"]
	sent = {"content_hash": letter.content_hash, "thumbnail_url": letter.file_url, "is_folder": 1}[column]
	before = frappe.db.get_value("File", own, column)
	assert doors.change(browser, own, **{column: sent}).status_code == 403
	assert frappe.db.get_value("File", own, column) == before


def test_nor_with_a_new_file(client, weak, letter):
	answer = with_hash(client(weak), file_url=letter.file_url)
	assert frappe.db.get_value("File", answer.json["data"]["name"], "content_hash") is None


def test_a_file_without_a_hash_is_not_given_to_who_sends_none(client, weak, letter):
	"""Frappe takes two files without a hash for the same one."""
	frappe.db.set_value("File", letter.name, "content_hash", None)
	browser = client(weak)
	doors.create(browser, file_name="x.txt", content="", is_private=1)
	assert not doors.can_open(browser, letter.file_url)
