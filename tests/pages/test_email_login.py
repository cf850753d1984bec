"""From the letter to the clearance without a password: Frappe's own e-mail login link, and back to the page."""

import re
from urllib.parse import quote

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MAYOR
from city_diplomacy.partnership_approvals.native.sign_in import wanted_page
from tests import factories
from tests.pages.reading import open_page

SEND = "frappe.www.login.send_login_link"


@pytest.fixture
def by_letter():
	frappe.db.set_single_value("System Settings", "login_with_email_link", 1)
	frappe.clear_document_cache("System Settings", "System Settings")


def ask_for_link(browser, email: str, login_page: str) -> str:
	"""The key in the letter that Frappe sends from its login page."""
	answer = browser.request(
		"POST",
		"/",
		data={"cmd": SEND, "email": email},
		headers={"Referer": f"http://{frappe.local.site}{login_page}"},
	)
	assert answer.status_code == 200, answer.get_data(as_text=True)
	letter = next(letter for letter in reversed(factories.outbox()) if email in letter.recipients)
	return re.search(r"login_via_key\?key=(\w+)", letter.body)[1]


def follow(browser, key: str):
	return browser.read("frappe.www.login.login_via_key", key=key)


@pytest.mark.real_site
def test_the_link_leads_to_the_clearance_the_letter_was_about(client, by_letter, asked, attorney):
	path = f"/clearance/{asked.name}"
	sent_to = client().get(path).headers["Location"]
	key = ask_for_link(client(), attorney, sent_to[sent_to.index("/login?") :])

	another_browser = client()
	landed = follow(another_browser, key)

	assert landed.status_code == 302
	assert landed.headers["Location"].endswith(path)
	assert "Understanding on shore power" in open_page(another_browser, path).text


@pytest.mark.real_site
def test_where_he_wanted_to_go_is_remembered_once(client, by_letter, asked, attorney):
	login_page = "/login?redirect-to=" + quote(f"/clearance/{asked.name}")
	follow(client(), ask_for_link(client(), attorney, login_page))

	landed = follow(client(), ask_for_link(client(), attorney, "/login"))

	assert landed.headers["Location"].endswith("/clearances")


@pytest.mark.real_site
def test_somebody_of_elsewhere_lands_where_frappe_leads_him(client, by_letter, outsider):
	landed = follow(client(), ask_for_link(client(), outsider, "/login"))

	assert landed.headers["Location"].endswith("/me")


def sign_in_with_password(browser, email: str):
	from frappe.utils.password import update_password

	update_password(email, "a long enough sentence 26")
	return browser.request(
		"POST", "/", data={"cmd": "login", "usr": email, "pwd": "a long enough sentence 26"}
	)


@pytest.mark.real_site
@pytest.mark.parametrize("role", [LEGAL, MAYOR, CLERK, DEPARTMENT])
def test_a_reviewer_who_signs_in_by_themselves_lands_on_their_clearances(client, role):
	answer = sign_in_with_password(client(), factories.make_person(role).name)

	assert answer.json["home_page"] == "/clearances"


@pytest.mark.real_site
def test_others_land_where_frappe_leads_them(client, officer, outsider):
	assert sign_in_with_password(client(), outsider).json["home_page"] != "/clearances"
	home_page = sign_in_with_password(client(), officer).json["home_page"]
	assert home_page.strip("/").startswith(("app", "desk"))


@pytest.mark.real_site
def test_a_link_used_up_leads_nowhere(client, by_letter, asked, attorney):
	key = ask_for_link(client(), attorney, f"/login?redirect-to=/clearance/{asked.name}")
	follow(client(), key)

	assert follow(client(), key).status_code == 403


@pytest.mark.parametrize(
	("address", "page"),
	[
		("http://city.example/login?redirect-to=%2Fclearance%2Fabc#login-with-email-link", "/clearance/abc"),
		("http://city.example/login?redirect-to=/clearances", "/clearances"),
		("http://city.example/login?redirect-to=/agreement/MOU-2026-0001", "/agreement/MOU-2026-0001"),
		("http://city.example/login?redirect-to=/notification-preferences", "/notification-preferences"),
		("http://city.example/login", None),
		("http://city.example/login?redirect-to=", None),
		("http://city.example/login?redirect-to=/app/mou", None),
		("http://city.example/login?redirect-to=https://evil.example/clearance/x", None),
		("http://city.example/login?redirect-to=//evil.example/clearance/x", None),
		("http://city.example/login?redirect-to=/clearance/..%2F..%2Fapi%2Fmethod%2Flogout", None),
		("http://city.example/login?redirect-to=/%5Cevil.example/clearance/", None),
		("http://city.example/login?redirect-to=/clearance/" + "x" * 400, None),
		(None, None),
	],
)
def test_only_our_own_pages_are_gone_back_to(address, page):
	assert wanted_page(address) == page


@pytest.mark.parametrize("path", ["/agreement/MOU-2026-9999", "/notification-preferences"])
def test_a_guest_who_follows_a_letter_is_sent_to_sign_in_first(client, path):
	answer = client().get(path, sign_in=1)

	assert answer.status_code == 302
	assert answer.headers["Location"].endswith(f"/login?redirect-to={path}")
