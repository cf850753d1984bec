"""A file an approval record rests on stays, bytes and row, whoever comes and by whatever way."""

import io
import json
from pathlib import Path

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER
from city_diplomacy.partnership_approvals.exceptions import KeptFileError
from city_diplomacy.partnership_approvals.files import kept as kept_files
from city_diplomacy.partnership_approvals.records import watch
from city_diplomacy.partnerships.agreements import existing, signing
from tests import factories
from tests.approvals import scenes
from tests.files import doors
from tests.files.conftest import scenes_text

pytestmark = pytest.mark.real_site

WORDS = "The parties intend to work together."


@pytest.fixture(scope="module")
def office(arranged) -> str:
	return scenes.office()


@pytest.fixture(scope="module")
def in_clearance(office) -> tuple[str, str]:
	with factories.acting_as(office):
		file = factories.make_file("understanding.txt", WORDS)
	return scenes.under_way(texts=[scenes_text(file)]).name, file.name


@pytest.fixture
def cleared(in_clearance):
	"""An agreement people are clearing, with its text's row in File as its author uploaded it."""
	agreement, file = in_clearance
	return frappe.get_doc("MOU", agreement), frappe.get_doc("File", file)


def rows_at(file_url: str) -> set[str]:
	return set(frappe.get_all("File", {"file_url": file_url}, pluck="name"))


def bytes_at(file_url: str) -> bytes | None:
	path = Path(frappe.get_site_path(*file_url.removeprefix("/").split("/")))
	return path.read_bytes() if path.exists() else None


def kept_row(agreement, file_url: str) -> str:
	return kept_files.kept_for("MOU", agreement.name, file_url).name


def attached_row(agreement, browser, file_url: str) -> str:
	"""The row that hangs on the agreement itself, as an upload from its form does."""
	place = {"attached_to_doctype": "MOU", "attached_to_name": agreement.name, "attached_to_field": "file"}
	return doors.create(browser, file_url=file_url, file_name="understanding.txt", **place).json["data"][
		"name"
	]


def remove_attachment(browser, name):
	return browser.call("frappe.desk.form.utils.remove_attach", fid=name, dt="File", dn=name)


def delete_from_the_list(browser, name):
	return browser.call("frappe.desk.reportview.delete_items", doctype="File", items=json.dumps([name]))


def unzip(browser, name):
	return browser.call("frappe.core.api.file.unzip_file", name=name)


def make_public(browser, name):
	return doors.change(browser, name, is_private=0)


def rename(browser, name):
	return browser.call("frappe.client.rename_doc", doctype="File", old_name=name, new_name="elsewhere")


def point_elsewhere(browser, name):
	return doors.change(browser, name, file_url="/files/nothing.txt", is_private=0)


def say_another_hash(browser, name):
	return doors.change(browser, name, content_hash="0" * 32)


def call_it_a_folder(browser, name):
	return doors.change(browser, name, is_folder=1)


def take_it_off(browser, name):
	return doors.change(browser, name, attached_to_doctype="", attached_to_name="", attached_to_field="")


def save_as_own(browser, name):
	return doors.save_with_another_owner(browser, name, is_private=0)


WAYS = [
	doors.delete,
	remove_attachment,
	delete_from_the_list,
	unzip,
	make_public,
	rename,
	point_elsewhere,
	say_another_hash,
	call_it_a_folder,
	take_it_off,
	save_as_own,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("account", ["the author", "everybody's roles", "Administrator"])
def test_the_text_people_clear_stays(client, cleared, office, way, account):
	agreement, file = cleared
	person = {"the author": office, "everybody's roles": scenes.all_roles_but_the_systems()}.get(
		account, account
	)
	rows = [kept_row(agreement, file.file_url), attached_row(agreement, client(office), file.file_url)]
	before = {row.name: row for row in _stored(rows)}
	for row in rows:
		way(client(person), row)
	assert {row.name: row for row in _stored(rows)} == before
	assert bytes_at(file.file_url) == WORDS.encode()


def _stored(names):
	fields = ["name", "owner", "file_url", "is_private", "is_folder", "content_hash", *kept_files.ATTACHED]
	return frappe.get_all("File", {"name": ["in", names]}, fields)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_author_s_own_row_may_go_and_the_bytes_stay(client, cleared, office, way):
	_agreement, file = cleared
	way(client(office), file.name)
	assert bytes_at(file.file_url) == WORDS.encode()
	assert rows_at(file.file_url)


def test_deleting_every_other_row_leaves_the_bytes(client, cleared, office):
	agreement, file = cleared
	browser = client(office)
	doors.delete(browser, file.name)
	twin = doors.upload(browser, "twin.txt", WORDS)
	assert twin["file_url"] == file.file_url
	doors.delete(browser, twin["name"])
	assert bytes_at(file.file_url) == WORDS.encode()
	assert rows_at(file.file_url) >= {kept_row(agreement, file.file_url)}


def test_whoever_uploads_the_same_words_does_not_move_them(client, cleared, reviewer):
	"""Frappe moves the bytes of every File with the same hash when one of them is made public."""
	agreement, file = cleared
	browser = client(reviewer)
	twin = doors.upload(browser, "twin.txt", WORDS)["name"]
	public = doors.create(browser, file_name="public.txt", content=WORDS, is_private=0).json["data"]["name"]
	assert doors.change(browser, twin, is_private=0).status_code == 403
	assert doors.change(browser, public, is_private=1).status_code == 403
	assert bytes_at(file.file_url) == WORDS.encode()
	assert kept_row(agreement, file.file_url)


def test_nor_does_the_administrator(client, cleared):
	_agreement, file = cleared
	browser = client("Administrator")
	twin = doors.upload(browser, "twin.txt", WORDS)["name"]
	assert doors.change(browser, twin, is_private=0).status_code == 403
	assert bytes_at(file.file_url) == WORDS.encode()


def test_a_text_a_draft_names_stays_where_its_author_put_it(client, office):
	"""Frappe moves the bytes and leaves the address in the row of the table."""
	with factories.acting_as(office):
		file = factories.make_file("draft.txt", "A draft.")
		factories.make_agreement(texts=[scenes_text(file)])
	assert doors.change(client(office), file.name, is_private=0).status_code == 403
	assert bytes_at(file.file_url) == b"A draft."


def test_the_text_of_a_draft_is_not_made_public_by_a_twin_either(client, office, reviewer):
	with factories.acting_as(office):
		file = factories.make_file("draft.txt", "A draft.")
		factories.make_agreement(confidential=1, texts=[scenes_text(file)])
	browser = client(reviewer)
	twin = doors.upload(browser, "twin.txt", "A draft.")["name"]
	assert doors.change(browser, twin, is_private=0).status_code == 403
	assert client().get("/files/draft.txt").status_code == 404


def test_a_stranger_s_private_file_is_not_made_public_by_a_twin(client, letter, weak):
	browser = client(weak)
	twin = doors.upload(browser, "twin.txt", "Between the office and the mayor.")["name"]
	assert doors.change(browser, twin, is_private=0).status_code == 403
	assert frappe.db.get_value("File", letter.name, "is_private") == 1


def test_a_thumbnail_is_no_way_to_delete_another_s_file(client, cleared, weak, letter):
	_agreement, file = cleared
	browser = client(weak)
	for url in (file.file_url, letter.file_url):
		own = doors.upload(browser, "mine.txt", frappe.generate_hash())["name"]
		doors.change(browser, own, thumbnail_url=url)
		doors.delete(browser, own)
		created = doors.upload(browser, "mine.txt", frappe.generate_hash(), thumbnail_url=url)["name"]
		doors.delete(browser, created)
	assert bytes_at(file.file_url) == WORDS.encode()
	assert bytes_at(letter.file_url)


def test_the_thumbnail_frappe_makes_is_not_mistaken_for_another_s_file(client, office):
	"""Of /private/files/map.png it is map_small.png, which may be somebody's upload."""
	with factories.acting_as(office):
		small = factories.make_file("map_small.png", _picture(3))
		large = factories.make_file("map.png", _picture(600))
		large.db_set("thumbnail_url", small.file_url)
		large.delete()
	assert bytes_at(small.file_url) == _picture(3)


def test_deleting_a_file_in_a_folder_spares_the_one_of_its_name(letter):
	"""Frappe looks for what it deletes among the private files, by the last part of the address."""
	folder = Path(frappe.get_site_path("public", "files", "imported"))
	folder.mkdir()
	name = letter.file_url.rpartition("/")[2]
	try:
		(folder / name).write_text("Imported.")
		imported = factories.make_file("imported.txt", "Imported.", is_private=0)
		imported.db_set("file_url", f"/files/imported/{name}")
		imported.delete()
		assert bytes_at(letter.file_url)
	finally:
		(folder / name).unlink(missing_ok=True)
		folder.rmdir()


def test_another_row_with_another_hash_keeps_the_bytes(letter, office):
	"""Frappe asks whether another File has the same hash, not whether it has the same address."""
	with factories.acting_as(office):
		again = factories.make_file("again.txt", None, file_url=letter.file_url)
		frappe.db.set_value("File", letter.name, "content_hash", "0" * 32)
		again.delete()
	assert bytes_at(letter.file_url)


def _picture(size: int) -> bytes:
	from PIL import Image

	written = io.BytesIO()
	Image.new("RGB", (size, size), "red").save(written, "PNG")
	return written.getvalue()


@pytest.mark.parametrize(
	"name", ["under?signing.txt", "under%signing.txt", "under#signing.txt", "under\\signing.txt"]
)
def test_an_upload_does_not_write_over_a_file_whose_name_looks_alike(client, office, weak, name):
	"""Frappe looks whether a name is free before it replaces the signs it does not store."""
	with factories.acting_as(office):
		file = factories.make_file("under_standing.txt", WORDS)
	upload = doors.upload(client(weak), name, "Quite another text.")
	assert bytes_at(file.file_url) == WORDS.encode()
	assert upload["file_url"] != file.file_url
	assert bytes_at(upload["file_url"]) == b"Quite another text."


def test_an_image_is_made_smaller_by_nobody_who_may_not_write_it(client, office, weak):
	"""A method of a document takes the document from the client: its name, its address, its owner."""
	picture = _picture(3000)
	with factories.acting_as(office):
		file = factories.make_file("map.png", picture)
	browser = client(weak)
	own = doors.upload(browser, "own.txt")["name"]
	forged = frappe.get_doc("File", own).as_dict()
	forged.update({"file_name": "map.png", "file_url": "/private/files/map.png", "file_size": 9})
	browser.post("/api/method/run_doc_method", docs=frappe.as_json(forged), method="optimize_file")
	theirs = frappe.get_doc("File", file.name).as_dict()
	theirs["owner"] = weak
	browser.post("/api/method/run_doc_method", docs=frappe.as_json(theirs), method="optimize_file")
	assert bytes_at(file.file_url) == picture
	own = frappe.get_doc("File", own)
	assert (own.file_name, own.get_content()) == ("own.txt", "own words")


def test_an_own_image_can_still_be_made_smaller(client, office):
	with factories.acting_as(office):
		file = factories.make_file("photo.png", _picture(3000))
	answer = client(office).post(
		"/api/method/run_doc_method", dt="File", dn=file.name, method="optimize_file"
	)
	assert answer.status_code == 200, answer.text
	assert len(bytes_at(frappe.db.get_value("File", file.name, "file_url"))) < len(_picture(3000))


def test_a_file_is_shown_in_another_folder_without_harm(client, cleared, office):
	agreement, file = cleared
	row = attached_row(agreement, client(office), file.file_url)
	assert doors.change(client(office), row, folder="Home").status_code == 200
	assert frappe.db.get_value("File", row, "folder") == "Home"


def test_what_people_decided_on_stays_after_the_text_was_replaced(cleared, office):
	"""An earlier round was about these words; its record rests on them still."""
	agreement, file = cleared
	with factories.acting_as(office):
		other = factories.make_file("second.txt", "Another text.")
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.texts[0].file = other.file_url
		agreement.save()
	for url in (file.file_url, other.file_url):
		with pytest.raises(KeptFileError):
			frappe.delete_doc("File", kept_row(agreement, url), force=True)


def test_a_draft_nobody_has_seen_keeps_nothing(client, office):
	with factories.acting_as(office):
		file = factories.make_file("draft.txt", "A draft.")
		factories.make_agreement(texts=[scenes_text(file)])
	assert doors.delete(client(office), file.name).status_code == 202


# whatever else has its hash in the ledger


def test_the_signed_copy_and_the_source_stay(client):
	manager = factories.make_person(MANAGER).name
	agreement = scenes.ready_to_sign()
	with factories.acting_as(manager):
		copy, source = factories.make_file("signed.txt", "Signed."), factories.make_file("scan.txt", "Scan.")
		signing.sign(agreement.name, frappe.utils.nowdate(), copy.file_url)
		values = frappe.get_doc("MOU", agreement.name).as_dict()
		wanted = ("title", "purpose", "agreement_type", "sponsor", "parties")
		given = {field: values[field] for field in wanted}
		given["parties"] = [
			{key: row.get(key) for key in ("side", "party_type", "party")} for row in values["parties"]
		]
		old = existing.record_existing(
			{**given, "title": "Old", "signed_on": "2011-06-14"},
			source.file_url,
			"From the archive.",
			"Active",
		)
	for name, file in ((agreement.name, copy), (old["name"], source)):
		kept = kept_files.kept_for("MOU", name, file.file_url)
		for row in {kept.name, *rows_at(file.file_url)} - {file.name}:
			assert doors.delete(client(manager), row).status_code == 403
			assert doors.change(client("Administrator"), row, is_private=0).status_code == 403


def test_exported_heads_stay(client):
	scenes.under_way()
	(name,) = watch.export_heads()
	for way in WAYS:
		way(client("Administrator"), name)
	assert frappe.get_doc("File", name).attached_to_doctype == "City Diplomacy Settings"
	assert json.loads(frappe.get_doc("File", name).get_content())["heads"]
