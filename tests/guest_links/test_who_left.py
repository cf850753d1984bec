"""Letters do not go on in the name of whoever left, and somebody who can act is told in their place."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import COMMUNITY, MANAGER, OFFICER, TRADE
from city_diplomacy.domain.guest_links.links import LinkStatus
from city_diplomacy.guest_links import links, schedule
from tests import factories
from tests.guest_links.sending import VERIFY, entry, link_of, open_form, post, send

QUEUE = "Email Queue"


@pytest.fixture
def colleague():
	return factories.make_user("officer@city.example", OFFICER).name


@pytest.fixture
def manager():
	return factories.make_user("manager@city.example", MANAGER).name


def leaves(user: str) -> None:
	frappe.db.set_value("User", user, "enabled", 0)


def loses_the_role(user: str) -> None:
	frappe.db.delete("Has Role", {"parent": user, "role": COMMUNITY})
	frappe.clear_cache(user=user)


def is_due(link: str) -> None:
	frappe.db.set_value(links.DOCTYPE, link, "next_mail_on", add_days(nowdate(), -1))


def told(*users: str) -> list[tuple[str, str]]:
	rows = frappe.get_all(
		"Notification Log", {"for_user": ["in", users]}, ["for_user", "subject"], order_by="for_user asc"
	)
	return [(row.for_user, row.subject) for row in rows]


@pytest.mark.parametrize("happens", [leaves, loses_the_role])
def test_nothing_is_sent_again_in_the_name_of_whoever_may_no_longer_send_it(
	sent, officer, colleague, happens
):
	_doc, link, _token = sent
	is_due(link)
	happens(officer)
	schedule.run()
	frappe.db.commit()
	row = link_of(link)
	assert (row.status, row.next_mail_on) == (LinkStatus.WAITING, None)
	assert len(factories.outbox()) == 1
	[(reader, words)] = told(officer, colleague)
	assert reader == colleague
	assert "may no longer send it" in words
	assert "Maria Santos" in words


def test_while_they_are_here_it_is_sent_again_and_nobody_else_is_told(sent, officer, colleague):
	_doc, link, _token = sent
	is_due(link)
	schedule.run()
	frappe.db.commit()
	assert len(factories.outbox()) == 2
	assert told(officer, colleague) == []


def test_of_many_none_is_sent_in_the_name_of_whoever_left_meanwhile(sent, officer, colleague):
	doc, _link, _token = sent
	leaves(officer)
	schedule.issue(doc.doctype, doc.name, VERIFY, officer)
	assert len(factories.outbox()) == 1
	[(reader, words)] = told(officer, colleague)
	assert reader == colleague
	assert doc.name in words


def test_the_records_owner_is_told_before_everybody_who_may_act(officer, colleague, manager):
	with factories.acting_as(colleague):
		doc = entry()
	with factories.acting_as(officer):
		link, _token = send(doc)
	is_due(link)
	leaves(officer)
	schedule.run()
	frappe.db.commit()
	assert [reader for reader, _words in told(officer, colleague, manager)] == [colleague]


def test_of_a_mail_that_was_not_delivered_somebody_who_is_here_is_told(sent, officer, colleague, manager):
	_doc, link, _token = sent
	leaves(officer)
	other = factories.make_user("trade@city.example", TRADE).name
	frappe.db.set_value(QUEUE, link_of(link).email_queue, "status", "Error")
	schedule.follow_mails()
	assert [reader for reader, _words in told(officer, colleague, manager, other)] == [manager, colleague]


def test_of_an_answer_somebody_who_is_here_is_told(client, sent, officer, colleague):
	_doc, link, token = sent
	leaves(officer)
	guest = client()
	post(guest, token, open_form(guest, token))
	assert link_of(link).status == LinkStatus.ANSWERED
	assert [reader for reader, _words in told(officer, colleague)] == [colleague]


def test_where_nobody_is_left_administrator_is_told(client, sent, officer):
	_doc, _link, token = sent
	leaves(officer)
	guest = client()
	post(guest, token, open_form(guest, token))
	assert [reader for reader, _words in told(officer, "Administrator")] == ["Administrator"]
