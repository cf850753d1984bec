"""The seating of a guest list: planned, kept, changed by hand, drawn; by whoever keeps the list and nobody else."""

import unicodedata
from io import BytesIO
from xml.etree import ElementTree

import frappe
import pytest
from pypdf import PdfReader

from city_diplomacy.access.rights import MAYOR, OFFICER, PROTOCOL
from city_diplomacy.diplomatic_protocol.guests import api, drawing, papers
from city_diplomacy.diplomatic_protocol.guests.exceptions import GuestListError, SeatingError
from city_diplomacy.diplomatic_protocol.guests.papers import Paper
from city_diplomacy.diplomatic_protocol.guests.seating import seating_of
from tests import factories
from tests.pages.reading import Page
from tests.protocol.factories import head, make_consular_mission, make_guest_list, make_invited_guest

HOSTILE = "<script>alert(1)</script>"
API = "city_diplomacy.diplomatic_protocol.guests.api"


def table(label: str = "Table 1", **fields) -> dict:
	return {"table_label": label, "shape": "Round", "seats": 6, **fields}


@pytest.fixture
def dinner():
	"""(the list, its guests by name): a host, two of our side, three visitors, at one round table."""
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		held = make_guest_list(tables=[table()])
		people = {
			"Host": {"side": "Host", "is_host": 1, "precedence_class": "Mayor"},
			"Deputy": {"side": "Host", "precedence_class": "Senior official"},
			"Clerk": {"side": "Host"},
			"Mayor": {"precedence_class": "Mayor"},
			"Vice mayor": {"precedence_class": "Senior official"},
			"Engineer": {},
		}
		return held, {name: make_invited_guest(name, held, **said) for name, said in people.items()}


@pytest.fixture(autouse=True)
def as_chief():
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		yield


def seats(held) -> dict[str, int]:
	rows = frappe.get_all(
		"Invited Guest", {"guest_list": held.name, "seat_table": ["is", "set"]}, ["guest_name", "seat_number"]
	)
	return {row.guest_name: row.seat_number for row in rows}


def why(held, name: str) -> str:
	shown = api.view_seating(held.name)
	return " ".join(
		reason
		for one in shown["tables"]
		for seat in one["seats"]
		if seat["name"] == name
		for reason in seat["why"]
	)


def test_a_plan_is_stored_with_the_guests(dinner):
	held, _guests = dinner
	assert api.plan_seating(held.name) == {"seated": 6, "unseated": 0}
	assert seats(held) == {"Host": 1, "Mayor": 2, "Deputy": 3, "Engineer": 4, "Clerk": 5, "Vice mayor": 6}


def test_every_seat_says_why_in_words_with_the_names_of_now(dinner):
	held, guests = dinner
	api.plan_seating(held.name)
	assert "At the right of Host." in why(held, "Mayor")
	host = frappe.get_doc("Invited Guest", guests["Host"].name)
	host.update({"guest_name": "Mayor Lopez"}).save()
	assert "At the right of Mayor Lopez." in why(held, "Mayor")


def test_who_declines_has_no_seat_and_is_not_planned_for(dinner):
	held, guests = dinner
	api.plan_seating(held.name)
	guest = frappe.get_doc("Invited Guest", guests["Mayor"].name)
	guest.update({"rsvp": "Declined"}).save()
	assert "Mayor" not in seats(held)
	api.plan_seating(held.name)
	assert seats(held)["Vice mayor"] == 2
	with pytest.raises(SeatingError, match="does not come"):
		api.move_guest(guest.name, "Table 1", 2)


def test_the_corps_stands_in_its_order(dinner):
	held, _guests = dinner
	second = make_consular_mission(
		"Consulate-General of Peru", "Peru", officers=[head("P", exequatur="2024-05-01")]
	)
	first = make_consular_mission(officers=[head("J", exequatur="2024-03-01")])
	for name, mission in (("A consul of Peru", second), ("Z consul of Japan", first)):
		make_invited_guest(
			name, held, consular_mission=mission.name, precedence_class="Head of a consular mission"
		)
	held.reload()
	held.update({"tables": [table(seats=8)]}).save()
	api.plan_seating(held.name)
	assert seats(held)["Z consul of Japan"] == 8
	assert "at place 1 of the corps" in why(held, "Z consul of Japan")


def test_a_guest_moved_by_hand_changes_seats_and_stays_when_planned_again(dinner):
	held, guests = dinner
	api.plan_seating(held.name)
	api.move_guest(guests["Engineer"].name, "Table 1", 2)
	assert (seats(held)["Engineer"], seats(held)["Mayor"]) == (2, 4)
	assert why(held, "Engineer") == "Placed by hand, and kept there."
	assert "Changed seats with Engineer" in why(held, "Mayor")
	api.plan_seating(held.name)
	assert seats(held)["Engineer"] == 2
	with pytest.raises(SeatingError, match="placed there by hand"):
		api.move_guest(guests["Clerk"].name, "Table 1", 2)


def test_what_a_move_breaks_is_said_before_it_is_made(dinner):
	held, guests = dinner
	spouse = make_invited_guest("Spouse", held, accompanies=guests["Mayor"].name)
	held.reload()
	held.update({"tables": [table(seats=8)]}).save()
	api.plan_seating(held.name)
	before = seats(held)
	broken = api.what_move_breaks(spouse.name, "Table 1", 3)
	assert "Spouse sits beside Mayor, whom they accompany." in broken
	assert seats(held) == before


def test_who_is_kept_apart_is_seated_apart(dinner):
	held, guests = dinner
	pair = {"guest": guests["Host"].name, "other_guest": guests["Mayor"].name}
	held.reload()
	held.update({"kept_apart": [pair]}).save()
	api.plan_seating(held.name)
	assert seats(held)["Mayor"] not in (2, 6)
	held.reload()
	held.update({"kept_apart": [{**pair, "other_guest": make_invited_guest("Elsewhere").name}]})
	with pytest.raises(GuestListError, match="two different guests on this list"):
		held.save()


def test_guests_follow_a_table_that_is_renamed_and_leave_seats_that_are_gone(dinner):
	held, _guests = dinner
	api.plan_seating(held.name)
	held.reload()
	held.tables[0].update({"table_label": "Head table", "seats": 4})
	held.save()
	labels = set(
		frappe.get_all(
			"Invited Guest", {"guest_list": held.name, "seat_number": [">", 0]}, pluck="seat_table"
		)
	)
	assert labels == {"Head table"}
	assert seats(held) == {"Host": 1, "Mayor": 2, "Deputy": 3, "Engineer": 4}
	held.reload()
	held.update({"tables": []}).save()
	assert seats(held) == {}
	with pytest.raises(SeatingError, match="Enter the tables first"):
		api.plan_seating(held.name)


def test_a_guest_is_taken_off_their_seat(dinner):
	held, guests = dinner
	api.plan_seating(held.name)
	api.free_seat(guests["Clerk"].name)
	assert "Clerk" not in seats(held)
	assert [one["name"] for one in api.view_seating(held.name)["without_seat"]] == ["Clerk"]


@pytest.mark.parametrize(("label", "seat"), [("Table 1", 7), ("Table 1", 0), ("Table 9", 1)])
def test_there_is_no_such_seat(dinner, label, seat):
	_held, guests = dinner
	with pytest.raises(SeatingError, match="no such seat"):
		api.move_guest(guests["Clerk"].name, label, seat)


def test_the_drawing_is_text_that_can_be_read_and_reached(dinner):
	held, guests = dinner
	guest = frappe.get_doc("Invited Guest", guests["Mayor"].name)
	guest.update({"guest_name": "محمد بن راشد"}).save()
	held.reload()
	held.update({"list_title": "R & D"}).save()
	api.plan_seating(held.name)
	shown = api.view_seating(held.name)
	picture = ElementTree.fromstring(shown["svg"])
	name = "{http://www.w3.org/2000/svg}"
	assert picture.find(f"{name}title").text == "Seating: R & D"
	assert "6 seats, 6 of them taken" in picture.find(f"{name}desc").text
	places = [one for one in picture.iter(f"{name}g") if one.get("class") == "seat"]
	assert len(places) == 6
	assert all(one.get("tabindex") == "0" and one.get("aria-label") for one in places)
	assert places[1].get("aria-label") == "Table 1, seat 2: محمد بن راشد"


def test_words_in_the_drawing_are_words(dinner):
	held, guests = dinner
	frappe.db.set_value("Invited Guest", guests["Mayor"].name, "guest_name", HOSTILE)
	api.plan_seating(held.name)
	svg = api.view_seating(held.name)["svg"]
	assert "<script" not in svg
	assert "&lt;script&gt;" in svg


@pytest.mark.parametrize(
	("method", "arguments"),
	[("plan_seating", {}), ("move_guest", {"table": "Table 1", "seat": 1}), ("free_seat", {})],
)
def test_who_only_reads_lists_changes_no_seat(dinner, client, method, arguments):
	held, guests = dinner
	sent = {
		**arguments,
		**({"guest": guests["Clerk"].name} if method != "plan_seating" else {"guest_list": held.name}),
	}
	browser = client(factories.make_person(MAYOR).name)
	assert browser.call(f"{API}.{method}", **sent).status_code == 403
	assert seats(held) == {}


def test_nobody_sees_the_seating_of_a_list_they_may_not_know_of(client):
	with factories.acting_as("Administrator"):
		sponsor = factories.make_user("sponsor@city.example", OFFICER).name
		agreement = factories.make_agreement(confidential=1, sponsor=sponsor)
		meeting = factories.make_engagement(agreement=agreement.name)
		held = make_guest_list(about_type=meeting.doctype, about=meeting.name, tables=[table()])
		guest = make_invited_guest("XQSECRETXQ", held)
	browser = client(factories.make_person(OFFICER).name)
	for method, sent in (
		("view_seating", {"guest_list": held.name}),
		("what_move_breaks", {"guest": guest.name, "table": "Table 1", "seat": 1}),
	):
		answer = browser.read(f"{API}.{method}", **sent)
		assert answer.status_code == 403
		assert "XQSECRETXQ" not in answer.get_data(as_text=True)


# papers

NAMES = ("محمد بن راشد آل مكتوم", "דוד כהן", "佐藤 結衣", "O’Neil & Sons <x>")


@pytest.fixture
def named(dinner):
	held, guests = dinner
	for name, called in zip(("Mayor", "Vice mayor", "Engineer", "Clerk"), NAMES, strict=True):
		frappe.get_doc("Invited Guest", guests[name].name).update({"guest_name": called}).save()
	api.plan_seating(held.name)
	return frappe.get_doc("Guest List", held.name)


@pytest.mark.parametrize("paper", list(Paper))
def test_each_paper_has_every_name_in_its_direction(named, paper):
	page = Page(papers.html_of(seating_of(named), paper))
	for name in ("Host", "Deputy", *NAMES[:3]):
		assert name in page.text
	turned = {attributes.get("dir") for tag, attributes in page.elements if tag in ("p", "span")}
	assert turned - {None} == {"ltr", "rtl"}


def test_who_has_no_seat_has_a_badge_and_no_place_card(named):
	make_invited_guest("Latecomer", named)
	assert "Latecomer" not in papers.html_of(seating_of(named), Paper.CARDS)
	assert "Latecomer" in papers.html_of(seating_of(named), Paper.BADGES)


@pytest.mark.parametrize(
	("words", "direction"),
	[("محمد", "rtl"), ("דוד", "rtl"), ("佐藤", "ltr"), ("(محمد)", "rtl"), ("123", "ltr")],
)
def test_the_direction_of_a_name(words, direction):
	assert papers.direction_of_words(words) == direction


def test_there_is_no_such_paper(named):
	with pytest.raises(SeatingError, match="Choose what is to be printed"):
		api.print_paper(named.name, "passports")


@pytest.mark.real_site
@pytest.mark.parametrize("paper", list(Paper))
def test_a_paper_is_a_pdf_with_the_names(named, paper):
	api.print_paper(named.name, str(paper))
	pages = PdfReader(BytesIO(frappe.local.response.filecontent)).pages
	# Fonts may have one glyph for a character and for the radical that looks like it.
	text = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in pages))
	assert "Host" in text
	assert "佐藤" in text


@pytest.mark.parametrize(
	("name", "shown"),
	[
		("Ken Abe", "Ken Abe"),
		("Anna-Maria van der Hoogenband", "Anna-Maria van de…"),
		("アレクサンドラ・ヴィクトリア", "アレクサンドラ・…"),
		("محمد بن راشد آل مكتوم", "محمد بن راشد آل م…\u200f"),
	],
)
def test_a_long_name_is_shortened_in_the_drawing(name, shown):
	assert drawing._shortened(name) == shown
