"""Guest lists: what a list and a guest accept and refuse, and who may know of them."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, MANAGER, MAYOR, OFFICER, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.guests.exceptions import InvitedGuestError
from city_diplomacy.registers.errors import RecordInUseError
from tests import factories
from tests.clock import set_to
from tests.events.factories import make_international_event
from tests.protocol.factories import make_delegation_visit, make_guest_list, make_invited_guest

MARKER = "XQSECRETGUESTXQ"


def known(user: str, doctype: str) -> list[str]:
	with factories.acting_as(user):
		return frappe.get_list(doctype, pluck="name", limit_page_length=0)


def of_role(role: str) -> str:
	return factories.make_user("other@city.example", role).name


@pytest.mark.parametrize("make", [make_delegation_visit, make_international_event, factories.make_engagement])
def test_a_list_is_about_each_kind_of_occasion(make):
	about = make()
	assert make_guest_list(about_type=about.doctype, about=about.name).about == about.name


@pytest.mark.parametrize("make", [make_delegation_visit, make_international_event, factories.make_engagement])
def test_an_occasion_with_a_guest_list_is_not_deleted(make):
	about = make()
	make_guest_list(about_type=about.doctype, about=about.name)
	with pytest.raises(RecordInUseError, match="is about it"):
		about.delete()


@pytest.mark.parametrize("role", [PROTOCOL, MANAGER, OFFICER])
def test_who_keeps_protocol_keeps_lists_and_guests(role):
	with factories.acting_as(of_role(role)):
		guest = make_invited_guest(diet="No pork")
		guest.access_needs = "Step-free ways"
		assert guest.save().access_needs == "Step-free ways"


@pytest.mark.parametrize(
	("role", "reads"), [(MAYOR, True), (AUDITOR, True), (TRADE, False), (COMMUNITY, False)]
)
def test_who_else_reads_them(role, reads):
	guest = make_invited_guest()
	user = of_role(role)
	for doctype, name in (("Guest List", guest.guest_list), ("Invited Guest", guest.name)):
		assert bool(frappe.has_permission(doctype, "read", name, user=user)) is reads
		assert not frappe.has_permission(doctype, "write", name, user=user)


@pytest.fixture
def hidden():
	"""A guest on the list of a meeting about a confidential agreement."""
	sponsor = factories.make_user("sponsor@city.example", MANAGER).name
	agreement = factories.make_agreement(confidential=1, sponsor=sponsor)
	meeting = factories.make_engagement(agreement=agreement.name)
	guest_list = make_guest_list(MARKER, about_type=meeting.doctype, about=meeting.name)
	return make_invited_guest(MARKER, guest_list, diet=MARKER, email="secret@city.example")


def test_a_list_is_as_hidden_as_its_occasion(hidden):
	officer, sponsor = of_role(OFFICER), "sponsor@city.example"
	open_guest = make_invited_guest("Ken Abe")
	assert known(officer, "Guest List") == [open_guest.guest_list]
	assert known(officer, "Invited Guest") == [open_guest.name]
	assert hidden.guest_list in known(sponsor, "Guest List")
	assert hidden.name in known(sponsor, "Invited Guest")


def test_guests_are_as_hidden_as_the_occasion_their_list_is_moved_to(hidden):
	officer, guest = of_role(OFFICER), make_invited_guest("Ken Abe")
	moved = frappe.get_doc("Guest List", guest.guest_list)
	meeting = frappe.db.get_value("Guest List", hidden.guest_list, "about")
	moved.update({"about_type": "Partner Engagement", "about": meeting})
	moved.save()
	assert known(officer, "Invited Guest") == []
	moved.update({"about_type": None, "about": None})
	moved.save()
	assert known(officer, "Invited Guest") == [guest.name]


def test_the_occasion_of_a_guest_is_not_typed(hidden):
	guest = frappe.get_doc("Invited Guest", hidden.name)
	guest.update({"about_type": None, "about": None})
	guest.save()
	assert known(of_role(OFFICER), "Invited Guest") == []


def doors(hidden) -> list[tuple[str, dict]]:
	"""Where Frappe would answer with something of a hidden guest or their list, and what is sent there."""
	found = []
	for doctype, name in (("Guest List", hidden.guest_list), ("Invited Guest", hidden.name)):
		found += [
			(f"/api/resource/{doctype}/{name}", {}),
			(f"/api/resource/{doctype}", {"fields": '["*"]'}),
			("/api/method/frappe.client.get", {"doctype": doctype, "name": name}),
			("/api/method/frappe.desk.search.get_link_title", {"doctype": doctype, "docname": name}),
			("/api/method/frappe.desk.search.search_link", {"doctype": doctype, "txt": "SECRET"}),
		]
	return found


@pytest.mark.real_site
def test_nothing_of_a_hidden_list_is_told_at_any_door(hidden, client):
	others, sponsors = client(of_role(OFFICER)), client("sponsor@city.example")
	for path, sent in doors(hidden):
		assert MARKER in sponsors.get(path, **sent).get_data(as_text=True), path
		assert MARKER not in others.get(path, **sent).get_data(as_text=True), path


def test_a_hidden_guest_is_not_counted(hidden):
	for user, count in ((of_role(OFFICER), 0), ("sponsor@city.example", 1)):
		with factories.acting_as(user):
			assert len(frappe.get_list("Invited Guest", {"email": "secret@city.example"})) == count


def test_nobody_puts_a_guest_on_a_hidden_list_or_a_list_on_a_hidden_occasion(hidden):
	meeting = frappe.db.get_value("Guest List", hidden.guest_list, "about")
	seen_list = make_guest_list()
	with factories.acting_as(of_role(OFFICER)):
		with pytest.raises(frappe.LinkValidationError):
			make_invited_guest("Ken Abe", frappe._dict(name=hidden.guest_list))
		with pytest.raises(frappe.LinkValidationError):
			make_guest_list("Probe", about_type="Partner Engagement", about=meeting)
		with pytest.raises(frappe.LinkValidationError):
			make_invited_guest("Ken Abe", seen_list, accompanies=hidden.name)


def test_two_of_one_name_are_told_apart_by_their_organisations():
	guest = make_invited_guest("Ken Abe", organisation="City of Nagoya")
	on_it = frappe._dict(name=guest.guest_list)
	with pytest.raises(InvitedGuestError, match="stands on this list already"):
		make_invited_guest("  ken ABE ", on_it, organisation="City of  Nagoya")
	make_invited_guest("Ken Abe", on_it, organisation="Port of Nagoya")
	make_invited_guest("Ken Abe", organisation="City of Nagoya")


def test_companions_and_interpreters_are_with_others_on_the_same_list():
	guest = make_invited_guest()
	on_it = frappe._dict(name=guest.guest_list)
	companion = make_invited_guest("Yui Sato", on_it, accompanies=guest.name)
	make_invited_guest("Mia Lopez", on_it, interprets_for=guest.name, side="Host")
	with pytest.raises(InvitedGuestError, match="on the same list"):
		make_invited_guest("Elsewhere", accompanies=guest.name)
	with pytest.raises(InvitedGuestError, match="no companion of their own"):
		make_invited_guest("Third", on_it, accompanies=companion.name)
	guest.accompanies = companion.name
	with pytest.raises(InvitedGuestError, match="no companion of their own"):
		guest.save()
	companion.interprets_for = companion.name
	with pytest.raises(InvitedGuestError, match="another guest"):
		companion.save()


def test_a_time_is_kept_as_it_is_read():
	assert make_guest_list(starts_at="9:05:00").starts_at == "09:05"
	assert not make_guest_list("Another").starts_at


def test_a_list_has_one_host():
	host = make_invited_guest("Mayor Lopez", side="Host", is_host=1)
	on_it = frappe._dict(name=host.guest_list)
	with pytest.raises(InvitedGuestError, match="Mayor Lopez is the host already"):
		make_invited_guest("Deputy", on_it, side="Host", is_host=1)
	host.guest_of_honour = 1
	with pytest.raises(InvitedGuestError, match="at once"):
		host.save()


def test_who_came_is_noted_once_the_day_has_come():
	guest = make_invited_guest(rsvp="Accepted")
	assert guest.answered_on
	guest.rsvp = "Attended"
	with set_to("2027-03-01 22:00"):
		assert guest.save().rsvp == "Attended"


def test_a_guest_stays_on_their_list():
	guest = make_invited_guest()
	guest.guest_list = make_guest_list("Another").name
	with pytest.raises(InvitedGuestError, match="stays on their list"):
		guest.save()
