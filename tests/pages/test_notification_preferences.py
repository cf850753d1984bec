"""The page on which somebody without Desk says when they want to be told."""

import frappe
import pytest

from city_diplomacy.partnership_approvals.notices.preferences import choice_of
from tests.pages.reading import open_page

CHOOSE = "city_diplomacy.partnership_approvals.api.choose_notifications"
# As the page sends it: everything is text.
MORNINGS = {"clearance": "", "deliver": "Daily Digest", "digest_hour": "9", "reminders": "0"}


def test_it_shows_the_citys_choice_until_one_is_made_and_is_linked_from_the_list(client, attorney):
	frappe.db.set_single_value("City Diplomacy Settings", "digest_hour", 11)
	browser = client(attorney)

	page = open_page(browser, "/notification-preferences")

	assert selected(page) == {"At Once", "11", "1"}
	assert open_page(browser, "/clearances").all("a", href="/notification-preferences")


def test_what_is_chosen_is_kept_and_shown(client, attorney):
	browser = client(attorney)

	for _twice in range(2):
		answer = browser.call(CHOOSE, **MORNINGS)
		assert answer.status_code == 200, answer.get_data(as_text=True)

	page = open_page(browser, "/notification-preferences")
	assert selected(page) == {"Daily Digest", "9", "0"}
	assert choice_of(attorney).deliver == "Daily Digest"


@pytest.mark.parametrize(
	"wrong",
	[
		{"digest_hour": "24"},
		{"digest_hour": "-1"},
		{"deliver": "Never"},
		{"deliver": "<script>"},
	],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client, attorney, wrong):
	answer = client(attorney).call(CHOOSE, **{**MORNINGS, **wrong})

	assert 400 <= answer.status_code < 500
	assert answer.json["_server_messages"]
	assert not frappe.db.exists("Approval Notification Preference", attorney)


def test_a_guest_is_sent_to_sign_in_and_keeps_nothing(client):
	answer = client().get("/notification-preferences")
	assert answer.headers["Location"].endswith("/login?redirect-to=/notification-preferences")
	assert client().call(CHOOSE, **MORNINGS).status_code == 403


def test_without_the_pages_token_nothing_is_kept(client, attorney):
	answer = client(attorney).post(f"/api/method/{CHOOSE}", csrf_token=False, **MORNINGS)
	assert answer.status_code == 400
	assert not frappe.db.exists("Approval Notification Preference", attorney)


def selected(page) -> set[str]:
	return {option["value"] for option in page.all("option") if "selected" in option}
