"""A city is in a network once; dues have a currency; notice is due before the renewal."""

import frappe
import pytest

from city_diplomacy.partnerships.exceptions import MembershipError
from tests.factories import make_city_network, make_membership, make_partner_city


def test_our_city_is_a_member_of_a_network_once():
	network = make_city_network()
	make_membership(network)
	with pytest.raises(MembershipError, match="Our city is already recorded"):
		make_membership(network)


def test_a_partner_is_a_member_beside_us():
	network, city = make_city_network(), make_partner_city()
	make_membership(network)
	theirs = make_membership(network, partner_city=city.name)
	with pytest.raises(MembershipError, match=theirs.name):
		make_membership(network, partner_city=city.name)


def test_the_database_itself_refuses_a_second_membership():
	network = make_city_network()
	make_membership(network)
	second = frappe.copy_doc(frappe.get_doc("Network Membership", {"network": network.name}))
	second.flags.ignore_validate = True
	second.partner_city = ""
	with pytest.raises(frappe.UniqueValidationError):
		second.insert()


def test_a_partner_s_membership_names_the_partner():
	with pytest.raises(MembershipError, match="Choose the partner city"):
		make_membership(member_type="Partner City")


def test_our_own_membership_names_no_partner():
	city = make_partner_city()
	membership = make_membership()
	membership.partner_city = city.name
	membership.save()
	assert not membership.partner_city


def test_dues_without_a_currency_are_in_the_city_s():
	assert make_membership(dues=5000).currency == frappe.db.get_value(
		"Company", frappe.get_all("Company", pluck="name")[0], "default_currency"
	)


def test_notice_is_counted_back_from_the_renewal():
	network = make_city_network(notice_days=90)
	membership = make_membership(network, renewal_date="2027-06-30")
	assert str(membership.notice_date) == "2027-04-01"


def test_notice_after_the_renewal_is_refused():
	with pytest.raises(MembershipError, match=r"^Renewal date \(.*\) lies before Give notice by \("):
		make_membership(renewal_date="2027-06-30", notice_date="2027-07-01")
