"""The calendar somebody subscribes to: what opens it, what is in it, and what another program reads there."""

from datetime import date, datetime, timedelta, timezone

import frappe
import pytest
import vobject
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, DEPARTMENT, MANAGER, OFFICER, PROTOCOL, TRADE
from city_diplomacy.calendar_feeds import api, feeds, headers, sources
from city_diplomacy.calendar_feeds.exceptions import FeedError
from city_diplomacy.calendar_feeds.rendering import calendar_text
from city_diplomacy.domain.calendar.entries import MOST, span_on
from city_diplomacy.partnership_approvals.exceptions import EngineRecordError
from city_diplomacy.registers.declared import DECLARED
from city_diplomacy.registers.record_dates import today
from tests import factories
from tests.clock import set_to
from tests.community.factories import make_committee_duty, make_community_programme
from tests.desk.counting import counted_statements
from tests.events.factories import make_international_event
from tests.protocol.factories import (
	delegate,
	item,
	make_ceremonial_request,
	make_consular_mission,
	make_delegation_visit,
	make_guest_list,
)

FEED = "city_diplomacy.calendar_feeds.api.feed"
MARKER = "Zanzibarrel"


@pytest.fixture(autouse=True)
def in_march():
	with set_to("2027-03-01 09:00:00"):
		yield


@pytest.fixture
def officer() -> str:
	return factories.make_person(OFFICER).name


def token_of(person: str) -> str:
	with factories.acting_as(person):
		return api.make_address()["address"].partition("token=")[2]


def read(client, token: str):
	return client().read(FEED, token=token)


def calendar(person: str) -> vobject.base.Component:
	"""A person's calendar as an independent program reads it."""
	return vobject.readOne(
		calendar_text(sources.entries_for(person, span_on(today())), "Harbor City").decode()
	)


def events(person: str) -> dict[str, vobject.base.Component]:
	return {one.summary.value: one for one in calendar(person).contents.get("vevent", [])}


# what opens it


def test_an_address_opens_the_calendar_of_whoever_made_it(client, officer):
	factories.make_commitment("Send figures", due_date="2027-03-05")
	answer = read(client, token_of(officer))
	assert answer.status_code == 200
	assert "SUMMARY:Due: Send figures" in answer.text


def test_the_token_is_stored_nowhere(officer):
	token = token_of(officer)
	stored = frappe.get_all(feeds.DOCTYPE, {"user": officer}, ["*"])
	assert [row.token_hash for row in stored] == [feeds.hashed(token)]
	assert token.partition("-")[2] not in str(stored)


def test_another_address_ends_the_one_before(client, officer):
	first, second = token_of(officer), token_of(officer)
	assert [read(client, one).status_code for one in (first, second)] == [404, 200]
	assert frappe.db.count(feeds.DOCTYPE, {"user": officer}) == 1


def test_a_revoked_address_opens_nothing_until_there_is_another(client, officer):
	token = token_of(officer)
	with factories.acting_as(officer):
		api.revoke()
		with pytest.raises(FeedError):
			api.revoke()
	assert read(client, token).status_code == 404
	assert read(client, token_of(officer)).status_code == 200


@pytest.mark.parametrize("change", [{"enabled": 0}, {"user_type": "Website User"}])
def test_who_left_has_no_calendar_any_more(client, officer, change):
	token = token_of(officer)
	frappe.db.set_value("User", officer, change)
	assert read(client, token).status_code == 404
	with pytest.raises(FeedError):
		feeds.make_address(officer)


def test_every_token_that_opens_nothing_gets_one_answer(client, officer):
	token = token_of(officer)
	wrong = [f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}", f"{'0' * 10}-{'A' * 43}", "x", "", "<b>"]
	answers = [read(client, one) for one in wrong]
	assert {answer.status_code for answer in answers} == {404}
	assert len({answer.text for answer in answers}) == 1


def test_wrong_tokens_are_counted(client, officer):
	token = token_of(officer)
	codes = [read(client, "x").status_code for _time in range(api.WRONG_PER_HOUR + 1)]
	assert codes == [404] * api.WRONG_PER_HOUR + [429]
	assert read(client, token).status_code == 200


def test_whose_calendar_it_is_does_not_depend_on_who_is_signed_in(client, officer):
	factories.make_commitment("Send figures", due_date="2027-03-05")
	nobody = factories.make_user("nobody@city.example").name
	answer = client(nobody).read(FEED, token=token_of(officer))
	assert "Send figures" in answer.text


@pytest.mark.parametrize("verb", ["make_address", "revoke"])
def test_who_has_no_role_gets_no_address(client, verb):
	nobody = factories.make_user("nobody@city.example").name
	assert client(nobody).call(f"city_diplomacy.calendar_feeds.api.{verb}").status_code == 403
	assert not frappe.db.exists(feeds.DOCTYPE, {"user": nobody})


def test_people_know_of_their_own_feed_alone(officer):
	other = factories.make_person(TRADE).name
	token_of(officer)
	token_of(other)
	with factories.acting_as(officer):
		assert frappe.get_list(feeds.DOCTYPE, pluck="user") == [officer]
		assert not frappe.get_doc(feeds.DOCTYPE, {"user": other}).has_permission("read")


def test_nobody_writes_one_by_hand(officer):
	token_of(officer)
	doc = frappe.get_doc(feeds.DOCTYPE, {"user": officer})
	doc.status = "Revoked"
	with pytest.raises(EngineRecordError):
		doc.save()
	with pytest.raises(EngineRecordError):
		frappe.get_doc({"doctype": feeds.DOCTYPE, "user": officer}).insert()


# what is in it


def test_nothing_of_a_confidential_agreement_is_told(client):
	manager = factories.make_person(MANAGER).name
	with factories.acting_as(manager):
		agreement = factories.make_agreement(title=MARKER, confidential=1, sponsor=manager)
		frappe.db.set_value("MOU", agreement.name, {"owner": manager, "needed_by": "2027-03-20"})
		factories.make_commitment(
			f"{MARKER} promise", source_doctype="MOU", source_name=agreement.name, due_date="2027-03-20"
		)
		engagement = factories.make_engagement(
			f"{MARKER} meeting", "2027-03-20 10:00", agreement=agreement.name
		)
		make_guest_list(
			f"{MARKER} dinner", event_date="2027-03-20", about_type=engagement.doctype, about=engagement.name
		)
	assert len([title for title in events(manager) if MARKER in title]) == 4
	for role in (OFFICER, TRADE, PROTOCOL, COMMUNITY, AUDITOR):
		answer = read(client, token_of(factories.make_person(role).name))
		assert answer.status_code == 200
		assert MARKER not in answer.text
		assert agreement.name not in answer.text


def test_what_becomes_confidential_leaves_the_calendar(client, officer):
	manager = factories.make_person(MANAGER).name
	with factories.acting_as(manager):
		agreement = factories.make_agreement(title=MARKER, needed_by="2027-03-20")
	token = token_of(officer)
	assert MARKER in read(client, token).text
	frappe.db.set_value("MOU", agreement.name, {"confidential": 1, "sponsor": manager, "owner": manager})
	assert MARKER not in read(client, token).text


def test_registers_somebody_has_no_role_for_are_not_in_their_calendar():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	make_ceremonial_request("Independence Day", needed_on="2027-03-20")
	factories.make_commitment("Theirs", due_date="2027-03-05")
	assert events(head) == {}


def test_every_register_with_a_calendar_puts_something_into_it(officer):
	city = factories.make_partner_city()
	factories.make_agreement(title="Ports", needed_by="2027-03-20")
	factories.make_commitment("Send figures", due_date="2027-03-05")
	factories.make_engagement("Call", "2027-03-05 10:00")
	make_delegation_visit(partners=[{"partner_type": "Partner City", "partner": city.name}])
	make_international_event(starts_on="2027-05-04", ends_on="2027-05-08")
	make_community_programme(
		sessions=[
			{
				"subject": "Verbs",
				"held_on": "2027-03-09",
				"starts_at": "18:00:00",
				"place": "Library",
				"offered_places": 9,
			}
		]
	)
	make_committee_duty(due_date="2027-05-31")
	make_consular_mission(national_day_month="April", national_day_day=29)
	make_ceremonial_request("Independence Day", needed_on="2027-03-20")
	make_guest_list("Reception", event_date="2027-03-03", starts_at="18:30:00")
	manager = factories.make_person(MANAGER).name
	found = [len(source(span_on(today()), manager)) for source in sources.declared()]
	assert len(found) == len([one for one in DECLARED if one.feed])
	assert min(found) >= 1


def test_the_words_are_in_the_language_of_whose_calendar_it_is(officer):
	frappe.db.set_value("User", officer, "language", "de")
	frappe.clear_document_cache("User", officer)
	make_delegation_visit("Bürgermeister, 名古屋市; نوّاب")
	before = frappe.local.lang
	assert any(title.endswith(": Bürgermeister, 名古屋市; نوّاب") for title in events(officer))
	assert frappe.local.lang == before


def test_too_many_entries_are_cut_and_the_calendar_says_so(officer, monkeypatch):
	monkeypatch.setattr(sources, "MOST", 3)
	for number in range(5):
		factories.make_commitment(f"Promise {number}", due_date=f"2027-03-0{number + 2}")
	titles = {title for title in events(officer) if title.startswith(("Due: Promise", "More than"))}
	assert titles == {
		"Due: Promise 0",
		"Due: Promise 1",
		"Due: Promise 2",
		"More than 3 entries: from here on some are left out; see the calendar in Desk.",
	}
	assert MOST > 100


def test_statements_do_not_grow_with_the_records(officer):
	def statements() -> int:
		with counted_statements() as sent:
			sources.entries_for(officer, span_on(today()))
		# A site keeps its settings in memory, which the sandbox reads each time.
		return len([one for one in sent if "tabSingles" not in one])

	def add(number: int) -> None:
		factories.make_commitment(f"Promise {number}", due_date="2027-03-05")
		make_delegation_visit(
			f"Visit {number}", delegates=[delegate("Ana Lopez")], programme=[item("Talks", "10:00", "11:00")]
		)

	add(0)
	statements()
	few = statements()
	for number in range(1, 8):
		add(number)
	assert statements() == few


# what another program reads


def test_moments_are_right_when_the_clocks_change_in_both_cities(officer):
	make_delegation_visit(
		arrives_on="2027-03-13",
		leaves_on="2027-03-29",
		delegates=[delegate("Ana Lopez")],
		programme=[
			item("Before in New York", "09:00", "10:00", day="2027-03-13"),
			item("After in New York", "09:00", "10:00", day="2027-03-15"),
			item("Before in Berlin", "09:00", "10:00", day="2027-03-27", time_zone="Europe/Berlin"),
			item("After in Berlin", "09:00", "10:00", day="2027-03-28", time_zone="Europe/Berlin"),
		],
	)
	found = events(officer)
	hours = {
		title: found[title].dtstart.value.astimezone(timezone.utc).hour
		for title in found
		if title.startswith(("Before", "After"))
	}
	assert hours == {
		"Before in New York": 14,
		"After in New York": 13,
		"Before in Berlin": 8,
		"After in Berlin": 7,
	}
	zones = {zone.tzid.value for zone in calendar(officer).contents["vtimezone"]}
	assert {"America/New_York", "Europe/Berlin"} <= zones


def test_days_are_days_and_the_last_one_counts(officer):
	make_delegation_visit(arrives_on="2027-03-13", leaves_on="2027-03-15")
	whole = events(officer)["Inbound: Mayor of Nagoya"]
	assert (whole.dtstart.value, whole.dtend.value) == (date(2027, 3, 13), date(2027, 3, 16))
	assert not isinstance(whole.dtstart.value, datetime)


def test_a_cancelled_visit_says_so_for_a_while_under_the_same_uid(officer):
	visit = make_delegation_visit(arrives_on="2027-03-13", leaves_on="2027-03-15")
	title = "Inbound: Mayor of Nagoya"
	before = events(officer)[title]
	frappe.db.set_value("Delegation Visit", visit.name, {"status": "Cancelled"})
	later = frappe.utils.now_datetime() + timedelta(minutes=5)
	frappe.db.set_value("Delegation Visit", visit.name, "modified", later, update_modified=False)
	after = events(officer)[title]
	assert (before.status.value, after.status.value) == ("TENTATIVE", "CANCELLED")
	assert before.uid.value == after.uid.value
	assert int(after.sequence.value) > int(before.sequence.value)
	assert after.last_modified.value > before.last_modified.value
	old = later - timedelta(days=100)
	frappe.db.set_value("Delegation Visit", visit.name, "modified", old, update_modified=False)
	assert title not in events(officer)


def test_the_same_records_are_the_same_text(officer):
	make_delegation_visit(delegates=[delegate("Ana Lopez")], programme=[item("Talks", "10:00", "11:00")])
	assert str(calendar(officer).serialize()) == str(calendar(officer).serialize())


def test_an_address_of_a_record_is_that_of_its_form(officer):
	commitment = factories.make_commitment("Send figures", due_date="2027-03-05")
	assert events(officer)["Due: Send figures"].url.value == frappe.utils.get_url_to_form(
		commitment.doctype, commitment.name
	)


# what a calendar program is told beside it


def answered(status: int, path: str = feeds.METHOD, **sent: str) -> Response:
	response = Response(b"BEGIN:VCALENDAR", status=status)
	request = Request(EnvironBuilder(path=path, headers=sent).get_environ())
	headers.finish(response, request)
	return response


def test_a_calendar_that_is_as_it_was_is_not_sent_again():
	first = answered(200)
	assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
	assert answered(200, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
	assert answered(200, **{"If-None-Match": '"another"'}).status_code == 200


def test_a_refusal_says_no_more_than_it_must():
	refused = answered(404)
	assert refused.get_data() == b"Not found"
	assert refused.headers["Cache-Control"] == "private, no-cache"
	assert "ETag" not in refused.headers


def test_no_other_answer_is_touched():
	assert answered(404, path="/api/method/frappe.ping").get_data() == b"BEGIN:VCALENDAR"


@pytest.mark.real_site
def test_an_unchanged_calendar_is_not_sent_again_by_the_site(client, officer):
	token, program = token_of(officer), client()
	first = program.read(FEED, token=token)
	assert first.headers["Content-Type"].startswith("text/calendar")
	again = program.request(
		"GET", f"{feeds.METHOD}?token={token}", headers={"If-None-Match": first.headers["ETag"]}
	)
	assert (again.status_code, again.get_data()) == (304, b"")
	assert program.read(FEED, token="x").get_data() == b"Not found"
