"""What the calendar asks for: notice, review, the end, and the renewal of memberships."""

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rights import MANAGER, OFFICER
from city_diplomacy.partnerships.agreements import renewals
from city_diplomacy.partnerships.report.renewal_radar import renewal_radar
from tests import factories
from tests.desk.counting import counted_statements


@pytest.fixture
def today() -> date:
	return getdate(nowdate())


@pytest.fixture
def in_force():
	"""A function that makes an agreement in force with the dates given."""

	def make(city: str = "Turku", **dates):
		agreement = factories.make_agreement(factories.make_partner_city(city, "Finland"))
		# The radar reads what is stored; how an agreement comes into force is tested elsewhere.
		frappe.db.set_value("MOU", agreement.name, {"workflow_state": "Active", "docstatus": 1, **dates})
		return agreement.name

	return make


def make_membership(today: date, **fields):
	network = frappe.get_doc({"doctype": "City Network", "network_name": "Desk Harbours"}).insert()
	return frappe.get_doc(
		{"doctype": "Network Membership", "network": network.name, "status": "Member", **fields}
	).insert()


def due_of(name: str, days: int = 180) -> list[tuple[date, int]]:
	return [(row["due"], row["days_left"]) for row in renewals.ahead(days) if row["name"] == name]


def test_notice_review_and_end_are_told_apart_and_sorted_by_day(in_force, today):
	name = in_force(
		notice_date=today + timedelta(10),
		next_review_date=today + timedelta(5),
		expiry_date=today + timedelta(100),
	)
	assert [left for _due, left in due_of(name)] == [5, 10, 100]


def test_a_review_nobody_held_stays_as_overdue(in_force, today):
	name = in_force(next_review_date=today - timedelta(12))
	assert due_of(name) == [(today - timedelta(12), -12)]


def test_a_day_of_notice_that_has_passed_asks_for_nothing(in_force, today):
	name = in_force(notice_date=today - timedelta(1), expiry_date=today + timedelta(30))
	assert due_of(name) == [(today + timedelta(30), 30)]


def test_what_lies_beyond_the_days_asked_for_is_left_out(in_force, today):
	name = in_force(expiry_date=today + timedelta(31))
	assert due_of(name, days=30) == []
	assert len(due_of(name, days=31)) == 1


def test_a_draft_asks_for_nothing(today):
	agreement = factories.make_agreement(expiry_date=today + timedelta(10))
	assert due_of(agreement.name) == []


def test_our_membership_shows_when_it_renews_and_a_partner_s_does_not(today):
	ours = make_membership(today, renewal_date=today + timedelta(40))
	partner = factories.make_partner_city("Gdynia", "Poland")
	theirs = frappe.get_doc(
		{
			"doctype": "Network Membership",
			"network": ours.network,
			"member_type": "Partner City",
			"partner_city": partner.name,
			"renewal_date": today + timedelta(40),
		}
	).insert()
	assert due_of(ours.name) == [(today + timedelta(40), 40)]
	assert due_of(theirs.name) == []


def test_a_confidential_agreement_is_not_told_to_others(in_force, today):
	officer, manager = factories.make_person(OFFICER).name, factories.make_person(MANAGER).name
	name = in_force(expiry_date=today + timedelta(10), confidential=1, sponsor=manager)
	with factories.acting_as(manager):
		assert due_of(name)
	with factories.acting_as(officer):
		assert not due_of(name)


def test_without_days_the_city_s_own_setting_counts(in_force, today):
	frappe.db.set_single_value("City Diplomacy Settings", "renewal_radar_days", 20)
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	near, far = (
		in_force(expiry_date=today + timedelta(20)),
		in_force("Oulu", expiry_date=today + timedelta(21)),
	)
	names = [row["name"] for row in renewal_radar.execute({})[1]]
	assert near in names
	assert far not in names


def test_the_owner_filter_keeps_one_person_s_rows(in_force, today):
	officer = factories.make_person(OFFICER).name
	mine = in_force(expiry_date=today + timedelta(10), sponsor=officer)
	other = in_force("Oulu", expiry_date=today + timedelta(10))
	names = [row["name"] for row in renewal_radar.execute({"owner": officer})[1]]
	assert mine in names
	assert other not in names


def test_the_chart_counts_by_month_with_the_overdue_first(in_force, today):
	in_force(next_review_date=today - timedelta(3), expiry_date=today + timedelta(70))
	_columns, rows, _message, chart = renewal_radar.execute({"days": 100})
	assert chart["data"]["labels"][0] == "Overdue"
	assert sum(chart["data"]["datasets"][0]["values"]) == len(rows)


def test_the_card_counts_the_rows_it_opens(in_force, today):
	before = renewals.count_ahead()["value"]
	in_force(notice_date=today + timedelta(5), expiry_date=today + timedelta(30))
	assert renewals.count_ahead()["value"] == before + 2


def test_the_number_of_statements_does_not_grow_with_the_rows(in_force, today):
	officer = factories.make_person(OFFICER).name
	in_force("Turku", expiry_date=today + timedelta(10))
	with factories.acting_as(officer):
		renewals.ahead(180)
		with counted_statements() as for_few:
			renewals.ahead(180)
	for city in ("Oulu", "Vaasa", "Pori"):
		in_force(city, expiry_date=today + timedelta(10))
	with factories.acting_as(officer), counted_statements() as for_many:
		renewals.ahead(180)
	assert len(for_many) == len(for_few)


def test_the_pages_together_hold_each_row_once(in_force, today):
	for city in ("Oulu", "Vaasa", "Pori"):
		# Several things asked on one day, by several records, on both sides of a page's end.
		day = today + timedelta(10)
		in_force(city, notice_date=day, next_review_date=day, expiry_date=today + timedelta(20))
	make_membership(today, renewal_date=today + timedelta(10))
	every = renewals.ahead(180)
	pages = [row for start in range(0, len(every), 2) for row in renewals.ahead(180, start=start, length=2)]
	assert sorted(_key(row) for row in pages) == sorted(_key(row) for row in every)
	assert [row.due for row in pages] == [row.due for row in every]


def _key(row) -> tuple:
	return row.due, row.what, row.name
