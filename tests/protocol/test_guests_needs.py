"""What guests eat and need is deleted 30 days after their list's day, wherever it was kept."""

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL
from city_diplomacy.diplomatic_protocol.guests import needs
from city_diplomacy.guest_links import api as links_api
from tests import factories
from tests.clock import set_to
from tests.guest_links.sending import open_form, post, token_of
from tests.protocol.factories import make_guest_list, make_invited_guest

NEEDS = "XQNOSHELLFISHXQ"


def kept_of(guest) -> str:
	links = frappe.get_all("Guest Link", {"reference_name": guest.name}, pluck="name")
	return frappe.as_json(
		[
			frappe.get_all("Invited Guest", {"guest_list": guest.guest_list}, ["*"]),
			frappe.get_all("Version", {"docname": guest.name}, ["data"]),
			frappe.get_all("Guest Link Answer", {"parent": ["in", links or [""]]}, ["*"]),
		]
	)


@pytest.mark.parametrize(("day", "is_kept"), [("2027-03-31", True), ("2027-04-01", False)])
def test_needs_are_deleted_thirty_days_after(day, is_kept):
	guest = make_invited_guest(diet=NEEDS, access_needs=NEEDS)
	with set_to(f"{day} 02:00:00"):
		needs.delete_needs()
	assert (NEEDS in kept_of(guest)) is is_kept
	assert "Haruka Sato" in kept_of(guest)


def test_they_leave_the_history_and_the_answers_too(client):
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		guest = make_invited_guest(email="sato@sakata.example", may_bring=1)
		link = links_api.send(guest.doctype, guest.name, "Will you come", "Haruka Sato", guest.email)["link"]
		form = open_form(client(), token_of(link))
	said = {"answer": "yes", "diet": NEEDS, "companion_guest_name": "Yui", "companion_access_needs": NEEDS}
	assert (
		post(
			client(), token_of(link), form | {f"q_{name}": value for name, value in said.items()}
		).status_code
		== 200
	)
	guest.reload()
	guest.update({"diet": f"{NEEDS} and more"}).save()
	assert kept_of(guest).count(NEEDS) >= 4
	with set_to("2027-04-01 02:00:00"):
		needs.delete_needs()
	assert NEEDS not in kept_of(guest)


def test_what_is_entered_later_is_deleted_again():
	guest = make_invited_guest(diet=NEEDS)
	with set_to("2027-04-01 02:00:00"):
		needs.delete_needs()
		assert frappe.db.get_value("Guest List", guest.guest_list, "needs_deleted_on")
		guest.reload()
		guest.update({"diet": NEEDS}).save()
	with set_to("2027-04-02 02:00:00"):
		needs.delete_needs()
	assert NEEDS not in kept_of(guest)


def test_they_go_in_lots(monkeypatch):
	monkeypatch.setattr(needs, "AT_ONCE", 2)
	left = []
	monkeypatch.setattr(needs, "enqueue_next", lambda method, after: left.append(after))
	guests = [
		make_invited_guest(f"Guest {number}", make_guest_list(f"List {number}"), diet=NEEDS)
		for number in range(3)
	]
	with set_to("2027-04-01 02:00:00"):
		needs.delete_needs()
		assert left == [guests[1].guest_list]
		needs.delete_needs(left[0])
	assert not any(NEEDS in kept_of(guest) for guest in guests)
