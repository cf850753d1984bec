"""Links are sent again until somebody answers, at most so often, and their mails are followed."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime, nowdate

from city_diplomacy.domain.guest_links.links import LinkStatus, MailStatus
from city_diplomacy.guest_links import api, links, schedule
from city_diplomacy.guest_links.exceptions import GuestLinkError, TooManyMailsError
from tests import factories
from tests.approvals.scenes import set_settings
from tests.guest_links.sending import ADDRESS, VERIFY, entry, link_of, open_form, post, send, token_of

QUEUE = "Email Queue"


def a_week_passes() -> None:
	"""Everything about links lies seven days further back."""
	for row in frappe.get_all(links.DOCTYPE, fields=["name", "creation", "expires_on", "next_mail_on"]):
		frappe.db.set_value(
			links.DOCTYPE,
			row.name,
			{
				"creation": row.creation - timedelta(days=7),
				"expires_on": row.expires_on - timedelta(days=7),
				"next_mail_on": add_days(row.next_mail_on, -7) if row.next_mail_on else None,
			},
			update_modified=False,
		)


def run_the_night() -> None:
	schedule.run()
	frappe.db.commit()


def numbers_of(doc) -> list[int]:
	rows = frappe.get_all(links.DOCTYPE, {"reference_name": doc.name}, ["number"])
	return sorted(row.number for row in rows)


def test_a_link_is_valid_for_a_week_and_sent_again_after_it(sent):
	_doc, link, _token = sent
	row = link_of(link)
	assert timedelta(days=6) < row.expires_on - now_datetime() <= timedelta(days=7)
	assert (row.number, getdate(row.next_mail_on)) == (1, getdate(add_days(nowdate(), 7)))


def test_the_settings_say_how_long_and_how_often(officer):
	set_settings(link_valid_days=3, link_mails_at_most=2, link_mail_every_days=5)
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	with factories.acting_as(officer):
		link, _token = send(entry())
	row = link_of(link)
	assert timedelta(days=2) < row.expires_on - now_datetime() <= timedelta(days=3)
	assert getdate(row.next_mail_on) == getdate(add_days(nowdate(), 5))


def test_four_mails_in_three_weeks_and_then_silence(client, sent, officer):
	doc, link, token = sent
	for _week in range(6):
		a_week_passes()
		run_the_night()
	assert numbers_of(doc) == [1, 2, 3, 4]
	assert len(factories.outbox()) == 4
	sent_about_it = frappe.get_all(links.DOCTYPE, {"reference_name": doc.name}, pluck="name")
	assert frappe.db.count("Error Log", {"reference_name": ["in", sent_about_it]}) == 0
	assert link_of(link).status == LinkStatus.REPLACED
	newest = frappe.get_all(links.DOCTYPE, {"number": 4}, ["name", "issued_by", "status", "next_mail_on"])[0]
	assert (newest.issued_by, newest.status, newest.next_mail_on) == (officer, LinkStatus.EXPIRED, None)
	assert client().get(f"/link/{token}").status_code == 410


def test_each_mail_has_a_link_of_its_own_and_the_last_one_opens(client, sent):
	doc, _link, token = sent
	a_week_passes()
	run_the_night()
	newer = frappe.get_all(links.DOCTYPE, {"reference_name": doc.name, "number": 2}, pluck="name")[0]
	assert token_of(newer) != token
	assert client().get(f"/link/{token_of(newer)}").status_code == 200


def test_nobody_is_written_to_again_who_answered(client, sent):
	doc, _link, token = sent
	guest = client()
	post(guest, token, open_form(guest, token))
	a_week_passes()
	run_the_night()
	assert numbers_of(doc) == [1]


def test_nobody_is_written_to_again_whose_link_was_revoked(sent, officer):
	doc, link, _token = sent
	with factories.acting_as(officer):
		api.revoke(link)
	a_week_passes()
	run_the_night()
	assert numbers_of(doc) == [1]


def test_the_night_run_twice_sends_once(sent):
	doc, _link, _token = sent
	a_week_passes()
	run_the_night()
	run_the_night()
	assert numbers_of(doc) == [1, 2]


def test_mails_are_capped_for_people_too(sent, officer):
	doc, link, _token = sent
	with factories.acting_as(officer):
		for _turn in range(3):
			link = api.send_again(link)["link"]
		with pytest.raises(TooManyMailsError, match="written to 4 times"):
			api.send_again(link)
		with pytest.raises(TooManyMailsError):
			api.send(doc.doctype, doc.name, VERIFY, "Somebody", "Office@Harbor.Example")
	assert numbers_of(doc) == [1, 2, 3, 4]


def test_what_was_answered_is_not_sent_again(client, sent, officer):
	_doc, link, token = sent
	guest = client()
	post(guest, token, open_form(guest, token))
	with factories.acting_as(officer):
		for act in (api.send_again, api.revoke):
			with pytest.raises(GuestLinkError):
				act(link)


def test_a_year_later_it_begins_anew(client, sent, officer):
	doc, _link, token = sent
	guest = client()
	post(guest, token, open_form(guest, token))
	with factories.acting_as(officer):
		later, _token = send(doc)
	assert link_of(later).number == 1


@pytest.mark.parametrize(
	("queue", "mail"),
	[
		("Sent", MailStatus.SENT),
		("Error", MailStatus.NOT_DELIVERED),
		("Sending", MailStatus.IN_QUEUE),
	],
)
def test_how_the_mail_fared_is_kept(sent, officer, queue, mail):
	doc, link, _token = sent
	queued = link_of(link).email_queue
	frappe.db.set_value(QUEUE, queued, {"status": queue, "error": "Traceback\n550 no such mailbox"})
	with factories.acting_as(officer):
		[shown] = api.about(doc.doctype, doc.name)["links"]
	assert shown["mail_status"] == mail
	schedule.follow_mails()
	frappe.db.delete(QUEUE, {"name": queued})
	schedule.follow_mails()
	kept = link_of(link)
	if mail == MailStatus.IN_QUEUE:
		# The log of mails was cleared before anybody followed this one.
		assert kept.mail_status == MailStatus.NOT_DELIVERED
	else:
		assert (kept.mail_status, kept.mail_error) == (mail, "550 no such mailbox")


def test_who_sent_it_is_told_of_a_mail_that_was_not_delivered_once(sent, officer):
	_doc, link, _token = sent
	frappe.db.set_value(QUEUE, link_of(link).email_queue, "status", "Error")
	schedule.follow_mails()
	schedule.follow_mails()
	told = frappe.get_all("Notification Log", {"for_user": officer}, pluck="subject")
	assert len(told) == 1
	assert "office@harbor.example" in told[0]


def test_a_letter_that_has_left_keeps_no_link(sent):
	_doc, link, _token = sent
	queued = link_of(link).email_queue
	assert ADDRESS.search(factories.outbox()[0].body)
	frappe.db.set_value(QUEUE, queued, "status", "Sent")
	schedule.follow_mails()
	assert frappe.db.get_value(QUEUE, queued, "message") == schedule.TAKEN_OUT


def test_a_letter_that_is_still_to_be_sent_keeps_its_link(sent):
	_doc, link, token = sent
	schedule.follow_mails()
	assert link_of(link).mail_status == MailStatus.IN_QUEUE
	assert token_of(link) == token


def test_letters_that_are_stuck_hide_none_that_has_left(officer, monkeypatch):
	monkeypatch.setattr(schedule, "AT_ONCE", 2)
	with factories.acting_as(officer):
		sent = [send(entry(f"Society {number}"), f"office@{number}.example")[0] for number in range(8)]
	in_order = sorted(sent)
	stuck, left = [*in_order[:3], in_order[5]], [*in_order[3:5], *in_order[6:]]
	for name in stuck:
		frappe.db.set_value(links.DOCTYPE, name, "modified", "2020-01-01", update_modified=False)
	for name in left:
		frappe.db.set_value(QUEUE, link_of(name).email_queue, "status", "Sent")
	schedule.follow_mails()
	frappe.db.commit()
	assert [link_of(name).mail_status for name in left] == [MailStatus.SENT] * 4
	assert [link_of(name).mail_status for name in stuck] == [MailStatus.IN_QUEUE] * 4
	kept = {name: frappe.db.get_value(QUEUE, link_of(name).email_queue, "message") for name in sent}
	assert [name for name in in_order if kept[name] != schedule.TAKEN_OUT] == sorted(stuck)
