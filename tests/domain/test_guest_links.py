"""When a link opens and is sent again, and what answers a form."""

from datetime import date, datetime, timedelta

import pytest

from city_diplomacy.domain.guest_links.answers import Fault, Field, Kind, changed, read
from city_diplomacy.domain.guest_links.links import (
	HTTP_STATUS,
	LinkStatus,
	MailStatus,
	Refusal,
	counted_since,
	mail_status_of,
	next_mail_on,
	refusal_of,
)

NOON = datetime(2026, 12, 1, 12)
NAME = Field("name", "Name", required=True, held="Harbor Society")
TEXT = Field("text", "Text", Kind.TEXT, held="one\ntwo")
CHOICE = Field("kind", "Kind", Kind.CHOICE, held="A", choices=(("A", "a"), ("B", "b")))
BOX = Field("box", "Box", Kind.CHECK)
FORM = (NAME, TEXT, CHOICE, BOX)
AS_HELD = {"name": "Harbor Society", "text": "one\r\ntwo", "kind": "A"}


@pytest.mark.parametrize(
	("status", "seconds_left", "refusal"),
	[
		(LinkStatus.WAITING, 1, None),
		(LinkStatus.WAITING, 0, Refusal.EXPIRED),
		(LinkStatus.EXPIRED, 1, Refusal.EXPIRED),
		(LinkStatus.ANSWERED, 1, Refusal.ANSWERED),
		(LinkStatus.ANSWERED, -1, Refusal.ANSWERED),
		(LinkStatus.REVOKED, 1, Refusal.REVOKED),
		(LinkStatus.REPLACED, 1, Refusal.REPLACED),
	],
)
def test_why_a_link_does_not_open(status, seconds_left, refusal):
	assert refusal_of(status, NOON + timedelta(seconds=seconds_left), NOON) is refusal


def test_every_refusal_has_a_status_of_the_client():
	assert HTTP_STATUS.keys() == set(Refusal)
	assert {status // 100 for status in HTTP_STATUS.values()} == {4}


def test_three_mails_follow_the_first_a_week_apart():
	days = [next_mail_on(date(2026, 12, 1), number, every_days=7, at_most=4) for number in range(1, 5)]
	assert days == [date(2026, 12, 8)] * 3 + [None]


@pytest.mark.parametrize(
	("queue", "status"),
	[("Not Sent", MailStatus.IN_QUEUE), ("Sent", MailStatus.SENT), ("Error", MailStatus.NOT_DELIVERED), (None, MailStatus.NOT_DELIVERED)],
)  # fmt: skip
def test_what_the_queue_says(queue, status):
	assert mail_status_of(queue) is status


def test_mails_count_against_the_most_for_as_long_as_all_of_them_take():
	assert counted_since(NOON, every_days=7, at_most=4) == datetime(2026, 11, 3, 12)


def test_a_form_sent_as_it_is_changes_nothing():
	answers, faults = read(FORM, AS_HELD)
	assert answers == {"name": "Harbor Society", "text": "one\ntwo", "kind": "A", "box": ""}
	assert (changed(FORM, answers), faults) == ([], [])


def test_what_was_changed_is_told_and_a_box_is_no_change():
	answers, _faults = read(FORM, {**AS_HELD, "kind": "B", "box": "1"})
	assert [field.name for field in changed(FORM, answers)] == ["kind"]
	assert answers["box"] == "1"


@pytest.mark.parametrize(
	("sent", "fault"),
	[
		({"name": " "}, Fault.MISSING),
		({"name": None}, Fault.MISSING),
		({"name": "x" * 141}, Fault.TOO_LONG),
		({"text": "x" * 2001}, Fault.TOO_LONG),
		({"kind": "C"}, Fault.NO_CHOICE),
		({"kind": ["A"]}, Fault.NO_TEXT),
		({"text": "a\x00"}, Fault.NO_TEXT),
	],
)
def test_what_does_not_answer_a_form(sent, fault):
	_answers, faults = read(FORM, {**AS_HELD, **sent})
	assert [found for _field, found in faults] == [fault]


@pytest.mark.parametrize(
	"sent", [{"name": "x" * 140}, {"text": "x" * 2000}, {"text": "x\r\n" * 999 + "yz"}, {"kind": None}]
)
def test_an_answer_may_be_as_long_as_its_field_and_a_line_end_counts_once(sent):
	_answers, faults = read(FORM, {**AS_HELD, **sent})
	assert faults == []


def test_what_is_no_text_is_answered_as_nothing():
	answers, _faults = read(FORM, {**AS_HELD, "text": ["one"]})
	assert answers["text"] == ""


def test_what_the_form_does_not_ask_is_left_out():
	answers, _faults = read(FORM, {**AS_HELD, "owner": "somebody"})
	assert "owner" not in answers


def test_markup_becomes_words():
	answers, _faults = read([NAME], {"name": "<b>Harbor</b>"})
	assert "<" not in answers["name"]
