"""The sandbox's web application, as a browser meets it."""

import io

import frappe
import pytest
from werkzeug.test import Client

pytestmark = [pytest.mark.sandbox_only, pytest.mark.usefixtures("trial")]


@pytest.fixture
def clerk():
	doc = frappe.get_doc(
		doctype="User", email="clerk@city.example", first_name="Clerk", roles=[{"role": "Trial Clerk"}]
	)
	return doc.insert().name


@pytest.fixture
def guest(trial):
	return Client(trial.application)


@pytest.fixture
def browser(trial, clerk):
	client = Client(trial.application)
	sid, client.token = trial.new_session(clerk)
	client.set_cookie("sid", sid)
	return client


def call(client, method, data=None, token=None, **options):
	headers = {"X-Frappe-CSRF-Token": token or getattr(client, "token", "")}
	return client.post(f"/api/method/trial_app.api.{method}", json=data or {}, headers=headers, **options)


def test_a_method_answers_its_value(browser):
	answer = call(browser, "add", {"label": "Blue", "size": "4"})
	assert answer.json == {"message": {"name": "Blue"}}
	assert frappe.db.get_value("Trial Label", "Blue", ["size", "owner"]) == (4, "clerk@city.example")
	assert frappe.session.user == "Administrator"


def test_a_reading_request_writes_nothing(browser):
	assert browser.get("/api/method/trial_app.api.add?label=Blue").status_code == 200
	assert not frappe.db.exists("Trial Label", "Blue")


@pytest.mark.parametrize(
	("method", "data", "status", "kind"),
	[
		("add", {"label": ["a list"]}, 417, "FrappeTypeError"),
		("add", {"label": "x", "size": "many"}, 417, "FrappeTypeError"),
		("add", {"label": "x", "tags": [1]}, 417, "FrappeTypeError"),
		("add", {"label": "forbidden"}, 417, "ValidationError"),
		("hidden", {}, 403, "PermissionError"),
		("missing", {}, 417, "ValidationError"),
		("add", {}, 500, "TypeError"),
	],
)
def test_a_refusal_says_why_in_frappe_s_form(browser, method, data, status, kind):
	answer = call(browser, method, data)
	assert (answer.status_code, answer.json["exc_type"]) == (status, kind)


def test_what_failed_leaves_nothing(browser):
	call(browser, "add", {"label": "kept"})
	call(browser, "add", {"label": "forbidden"})
	assert frappe.get_all("Trial Label", pluck="name") == ["kept"]


def test_guests_reach_only_what_is_for_them(guest):
	assert call(guest, "add", {"label": "x"}).status_code == 403
	assert (
		call(guest, "echo", {"text": "<b>x</b><script>y</script>"})
		.json["message"]
		.startswith("<b>x</b>&lt;script")
	)


def test_writing_needs_the_token_and_the_right_verb(browser):
	assert call(browser, "add", {"label": "x"}, token="wrong").status_code == 400
	assert browser.get("/api/method/trial_app.api.add_by_post?label=x").status_code == 403
	form = {"label": "by form", "csrf_token": browser.token}
	assert browser.post("/api/method/trial_app.api.add_by_post", data=form).json["message"] == "by form"


def test_pages_take_values_from_their_address(guest):
	frappe.get_doc(doctype="Trial Label", label="Blue", size=7).insert()
	page = guest.get("/label/Blue")
	assert page.status_code == 200
	assert "<h1>Blue</h1><p>Size 7</p>" in page.text
	assert "Sandbox, not production" in page.text


def test_pages_redirect_refuse_and_miss(guest):
	assert guest.get("/label/elsewhere").location == "/label/here"
	assert guest.get("/label/private").status_code == 403
	assert guest.get("/nowhere").status_code == 404
	assert guest.get("/label/../api.py").status_code == 404


def test_the_root_leads_to_where_one_can_become_somebody(guest, browser):
	assert guest.get("/").location == "/login"
	assert browser.get("/").location == "/login"


def test_assets_and_files_are_served_to_who_may_see_them(guest, browser):
	assert guest.get("/assets/trial_app/note.txt").text == "an asset"
	assert guest.get("/assets/trial_app/../hooks.py").status_code == 404
	file = frappe.get_doc(doctype="File", file_name="s.txt", content="secret", is_private=1).insert()
	assert guest.get(file.file_url).status_code == 403
	assert browser.get(file.file_url).status_code == 403
	frappe.db.set_value("File", file.name, "owner", "clerk@city.example")
	assert browser.get(file.file_url).text == "secret"


def test_a_file_can_be_uploaded(browser, guest):
	form = {"file": (io.BytesIO(b"words"), "words.txt"), "is_private": "1", "csrf_token": browser.token}
	answer = browser.post("/api/method/upload_file", data=form)
	assert answer.status_code == 200, answer.text
	assert answer.json["message"]["file_url"] == "/private/files/words.txt"
	form["file"] = (io.BytesIO(b"words"), "words.txt")
	assert guest.post("/api/method/upload_file", data=form).status_code == 403


def test_what_is_not_here_says_so(browser):
	answer = browser.get("/api/resource/Trial Label")
	assert answer.status_code == 501
	assert "run this on a bench" in answer.json["exception"]
	assert browser.get("/app").status_code == 501


def test_one_signs_in_as_a_person_by_the_switch(guest, clerk):
	assert clerk in guest.get("/login").text
	answer = guest.post("/sandbox/switch", data={"user": clerk, "redirect_to": "https://elsewhere.example/"})
	assert answer.location == "/login"
	assert f"Signed in as {clerk}" in guest.get("/login").text
	assert guest.get("/api/method/frappe.auth.get_logged_user").json == {"message": clerk}


def test_letters_are_read_in_the_outbox(trial, guest):
	frappe.sendmail(recipients=["a@city.example"], subject="Please <look>", message="<p>Now</p>")
	(letter,) = trial.outbox()
	assert (letter.recipients, letter.subject, letter.message) == (
		["a@city.example"],
		"Please <look>",
		"<p>Now</p>",
	)
	assert "Please &lt;look&gt;" in guest.get("/outbox").text
