"""Guests answer by a link whether they come: for themselves and a companion, at once, and not after the day to answer by."""

import frappe
import pytest

from city_diplomacy.access.rights import MAYOR, PROTOCOL
from city_diplomacy.diplomatic_protocol.guests import api as guests_api
from city_diplomacy.diplomatic_protocol.guests import will_you_come
from city_diplomacy.diplomatic_protocol.guests.exceptions import GuestListError
from city_diplomacy.guest_links import api, schedule
from city_diplomacy.guest_links.exceptions import GuestLinkError
from tests import factories
from tests.clock import set_to
from tests.guest_links.sending import open_form, post, token_of
from tests.pages.reading import open_page
from tests.protocol.factories import make_guest_list, make_invited_guest

MARKER = "XQNOTFORGUESTSXQ"
EMAIL = "sato@sakata.example"


@pytest.fixture
def chief():
	return factories.make_person(PROTOCOL).name


@pytest.fixture
def guest(chief):
	with factories.acting_as(chief):
		guest_list = make_guest_list(remarks=MARKER, place="Harbor Hall", host_name="Mayor Lopez")
		make_invited_guest("Ken Abe", guest_list, remarks=MARKER)
		return make_invited_guest("Haruka Sato", guest_list, email=EMAIL, remarks=MARKER, may_bring=1)


@pytest.fixture
def token(guest, chief):
	with factories.acting_as(chief):
		return token_of(ask(guest))


def ask(guest) -> str:
	return api.send(guest.doctype, guest.name, will_you_come.KEY, guest.guest_name, EMAIL)["link"]


def stored(guest):
	return frappe.get_doc(guest.doctype, guest.name)


def companions(guest) -> list:
	names = frappe.get_all(guest.doctype, {"accompanies": guest.name}, pluck="name")
	return [frappe.get_doc(guest.doctype, name) for name in names]


def answer(client, token, **said):
	form = open_form(client(), token)
	return post(client(), token, form | {f"q_{name}": value for name, value in said.items()})


def test_asked_is_invited_and_nothing_of_the_offices_is_shown(guest, token, client):
	assert stored(guest).rsvp == "Invited"
	page = open_page(client(), f"/link/{token}")
	assert "Harbor Hall" in page.text
	assert MARKER not in page.text
	assert "Ken Abe" not in page.text


def test_accepting_with_a_companion_stands_in_the_list_at_once(guest, token, client, chief):
	said = {
		"answer": "yes",
		"diet": "No pork",
		"companion_guest_name": "佐藤 結衣",
		"companion_diet": "Vegan",
	}
	assert answer(client, token, **said).status_code == 200
	held = stored(guest)
	assert (held.rsvp, held.diet) == ("Accepted", "No pork")
	assert held.answered_on
	(companion,) = companions(guest)
	assert (companion.guest_name, companion.diet, companion.rsvp) == ("佐藤 結衣", "Vegan", "Accepted")
	assert (companion.guest_list, companion.side) == (guest.guest_list, "Visiting")
	assert frappe.db.exists("Notification Log", {"for_user": chief, "subject": ["like", "%has answered%"]})


def test_declining_takes_the_companion_along(guest, token, client, chief):
	answer(client, token, answer="yes", companion_guest_name="Yui Sato")
	with factories.acting_as(chief):
		again = token_of(ask(guest))
	assert open_form(client(), again)["q_companion_guest_name"] == "Yui Sato"
	assert answer(client, again, answer="no").status_code == 200
	assert stored(guest).rsvp == "Declined"
	assert [one.rsvp for one in companions(guest)] == ["Declined"]


def test_a_companion_who_does_not_come_after_all(guest, token, client, chief):
	answer(client, token, answer="yes", companion_guest_name="Yui Sato")
	with factories.acting_as(chief):
		again = token_of(ask(guest))
	cleared = {"companion_guest_name": "", "companion_diet": ""}
	assert answer(client, again, answer="yes", **cleared).status_code == 200
	assert stored(guest).rsvp == "Accepted"
	assert [one.rsvp for one in companions(guest)] == ["Declined"]


@pytest.mark.parametrize(
	("said", "sentence"),
	[
		({}, "please answer this"),
		({"answer": "perhaps"}, "please choose one of the answers"),
		({"answer": "yes", "companion_diet": "Vegan"}, "write the name of your companion"),
		({"answer": "yes", "companion_guest_name": "ken  ABE"}, "is invited already"),
		({"answer": "yes", "diet": "x" * 141}, "under 140 characters"),
	],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(guest, token, client, said, sentence):
	reply = answer(client, token, **said)
	assert 400 <= reply.status_code < 500
	assert sentence in reply.get_data(as_text=True)
	assert stored(guest).rsvp == "Invited"
	assert companions(guest) == []


def test_who_may_not_bring_somebody_is_not_asked_for_a_companion(guest, chief, client):
	with factories.acting_as(chief):
		guest.may_bring = 0
		guest.save()
		token = token_of(ask(guest))
	assert not any("companion" in name for name in open_form(client(), token))


def test_nobody_is_asked_after_the_day_to_answer_by(guest, token, client, chief):
	with set_to("2027-02-21 09:00"):
		with factories.acting_as(chief), pytest.raises(GuestLinkError, match="day to answer by was"):
			ask(guest)
		assert client().get(f"/link/{token}").status_code in (404, 410)


def test_nobody_is_asked_while_the_list_is_not_inviting(guest, chief):
	frappe.get_doc("Guest List", guest.guest_list).update({"status": "Closed"}).save()
	with factories.acting_as(chief), pytest.raises(GuestLinkError, match="while a list is Inviting"):
		ask(guest)


def test_many_are_asked_at_once_and_once(guest, chief):
	with factories.acting_as(chief):
		told = guests_api.ask_all(guest.guest_list)
	frappe.db.commit()
	assert told == {"sending": 1, "without_address": ["Ken Abe"]}
	assert [set(letter.recipients) for letter in factories.outbox()] == [{EMAIL}]
	assert stored(guest).rsvp == "Invited"
	frappe.get_doc("Invited Guest", {"guest_name": "Ken Abe"}).update({"rsvp": "Declined"}).save()
	with factories.acting_as(chief), pytest.raises(GuestListError, match="was asked"):
		guests_api.ask_all(guest.guest_list)


def test_who_only_reads_lists_asks_nobody(guest, client):
	browser = client(factories.make_person(MAYOR).name)
	path = "/api/method/city_diplomacy.diplomatic_protocol.guests.api.ask_all"
	assert browser.post(path, guest_list=guest.guest_list).status_code == 403
	assert stored(guest).rsvp == "Not asked"


def test_the_letters_of_a_job_go_in_the_name_of_who_asked(guest, chief):
	schedule.issue(guest.doctype, guest.name, will_you_come.KEY, chief)
	assert stored(guest).rsvp == "Invited"
	assert any(EMAIL in letter.recipients for letter in factories.outbox())


def test_who_only_reads_guests_sends_no_link(guest):
	with factories.acting_as(factories.make_person(MAYOR).name), pytest.raises(frappe.PermissionError):
		ask(guest)
