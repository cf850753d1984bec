"""Attaching is writing: on the record, into an Attach field, and never on a record of the engine."""

import io
import json

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER
from tests import factories
from tests.approvals import scenes
from tests.files import doors

pytestmark = pytest.mark.real_site


def attached_to(doctype: str, name: str) -> list[str]:
	return frappe.get_all("File", {"attached_to_doctype": doctype, "attached_to_name": name}, pluck="name")


def by_rest(browser, doctype, name):
	return doors.create(
		browser, file_name="mine.txt", content="mine", attached_to_doctype=doctype, attached_to_name=name
	)


def by_the_client_method(browser, doctype, name):
	return browser.call(
		"frappe.client.attach_file", filename="mine.txt", filedata="mine", doctype=doctype, docname=name
	)


def by_moving_an_own_file(browser, doctype, name):
	own = doors.upload(browser, "mine.txt")["name"]
	return doors.change(browser, own, attached_to_doctype=doctype, attached_to_name=name)


def by_value(browser, doctype, name):
	own = doors.upload(browser, "mine.txt")["name"]
	return browser.call(
		"frappe.client.set_value",
		doctype="File",
		name=own,
		fieldname=json.dumps({"attached_to_doctype": doctype, "attached_to_name": name}),
	)


def by_list_of_names(browser, doctype, name):
	own = doors.upload(browser, "mine.txt")["name"]
	return browser.call(
		"frappe.utils.file_manager.add_attachments", doctype=doctype, name=name, attachments=json.dumps([own])
	)


DOORS = [by_rest, by_the_client_method, by_moving_an_own_file, by_value, by_list_of_names]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_whoever_may_not_write_an_agreement_attaches_nothing_to_it(client, door):
	attorney = factories.make_person(LEGAL).name
	agreement = scenes.under_way()
	before = attached_to("MOU", agreement.name)
	answer = door(client(attorney), "MOU", agreement.name)
	assert answer.status_code == 403, answer.text
	assert attached_to("MOU", agreement.name) == before


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_nobody_attaches_to_a_record_of_the_engine(client, door):
	agreement = scenes.under_way()
	clearance = factories.clearances_of(agreement)[0]
	entry = scenes.entries_of(agreement)[0]
	browser = client(scenes.all_roles_but_the_systems())
	for doctype, name in (
		("Approval Route", scenes.route_of(agreement).name),
		("Approval Clearance", clearance.name),
		("Approval Decision", entry.name),
		("City Diplomacy Settings", "City Diplomacy Settings"),
	):
		before = attached_to(doctype, name)
		assert door(browser, doctype, name).status_code == 403
		assert attached_to(doctype, name) == before


def test_the_administrator_does_not_either():
	route = scenes.route_of(scenes.under_way())
	with pytest.raises(frappe.PermissionError):
		factories.make_file(attached_to_doctype="Approval Route", attached_to_name=route.name)


def test_nothing_is_laid_ready_for_an_agreement_still_to_come(client, weak):
	answer = by_rest(client(weak), "MOU", "MOU-2031-0001")
	assert answer.status_code == 403
	assert attached_to("MOU", "MOU-2031-0001") == []


def test_the_form_of_a_new_agreement_takes_its_file_along(client):
	browser = client(scenes.office())
	answer = by_rest(browser, "MOU", "new-mou-kqzvbtxwpa")
	assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
	("doctype", "column"),
	[("MOU", "title"), ("MOU", "owner"), ("MOU", "workflow_state"), ("Contact", "first_name")],
)
def test_a_toggle_of_privacy_writes_into_no_other_column(client, doctype, column):
	browser = client(scenes.office())
	with factories.acting_as(scenes.office()):
		doc = factories.make_agreement() if doctype == "MOU" else factories.make_contact("Nobody")
	before = frappe.db.get_value(doctype, doc.name, column)
	place = {"attached_to_doctype": doctype, "attached_to_name": doc.name, "attached_to_field": column}
	answer = doors.create(browser, file_name="mine.txt", content="mine", is_private=1, **place)
	assert answer.status_code == 417, answer.text
	own = doors.upload(browser, "mine.txt")["name"]
	assert doors.change(browser, own, is_private=0, **place).status_code == 417
	assert frappe.db.get_value(doctype, doc.name, column) == before


def test_nor_where_a_column_happens_to_hold_the_address(client):
	browser = client(scenes.office())
	own = doors.upload(browser, "mine.txt")
	with factories.acting_as(scenes.office()):
		agreement = factories.make_agreement(title=own["file_url"])
	place = {"attached_to_doctype": "MOU", "attached_to_name": agreement.name}
	doors.change(browser, own["name"], **place)
	doors.change(browser, own["name"], is_private=0)
	assert frappe.db.get_value("MOU", agreement.name, "title") == own["file_url"]


def test_the_file_of_a_row_is_attached_under_the_row_s_column(client):
	"""A form sends the column of its table for a file chosen there."""
	with factories.acting_as(scenes.office()):
		agreement = factories.make_agreement()
	place = {"attached_to_doctype": "MOU", "attached_to_name": agreement.name, "attached_to_field": "file"}
	answer = doors.create(
		client(scenes.office()), file_name="text.txt", content="text", is_private=1, **place
	)
	assert answer.status_code == 200, answer.text


def test_the_manager_cannot_write_over_who_prepared_an_agreement(client):
	agreement = scenes.under_way()
	route = scenes.route_of(agreement)
	browser = client(factories.make_person(MANAGER).name)
	place = {
		"attached_to_doctype": "Approval Route",
		"attached_to_name": route.name,
		"attached_to_field": "prepared_by",
	}
	own = doors.upload(browser, "mine.txt")["name"]
	assert doors.change(browser, own, is_private=0, **place).status_code == 403
	assert scenes.route_of(agreement).prepared_by == route.prepared_by


def test_a_guest_who_may_upload_attaches_nothing_to_an_agreement(client):
	"""Frappe asks no permission of guests once the site lets them upload."""
	agreement = scenes.under_way()
	frappe.db.set_single_value("System Settings", "allow_guests_to_upload_files", 1)
	frappe.clear_document_cache("System Settings", "System Settings")
	before = attached_to("MOU", agreement.name)
	answer = client().request(
		"POST",
		"/api/method/upload_file",
		data={"file": (io.BytesIO(b"mine"), "mine.txt"), "doctype": "MOU", "docname": agreement.name},
	)
	assert 400 <= answer.status_code < 500
	assert attached_to("MOU", agreement.name) == before


def test_a_picture_pasted_into_a_comment_still_hangs_on_the_agreement(client):
	"""Whoever may comment may do so with a picture, by Frappe's own code."""
	attorney = factories.make_person(LEGAL).name
	agreement = scenes.under_way()
	before = len(attached_to("MOU", agreement.name))
	picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
	answer = client(attorney).call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype="MOU",
		reference_name=agreement.name,
		content=f'<p>See <img src="data:image/png;filename=pix.png;base64,{picture}"></p>',
		comment_email=attorney,
		comment_by=attorney,
	)
	assert answer.status_code == 200, answer.text
	assert len(attached_to("MOU", agreement.name)) == before + 1
