"""What a membership has to say before it is stored: which city is in which network, since when, and by when to give notice."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.calendar import terms
from city_diplomacy.domain.partnerships.memberships import OUR_CITY, MembershipStatus
from city_diplomacy.partnerships.exceptions import MembershipError
from city_diplomacy.registers.record_dates import date_of, keep_known_part, refuse_future


def settle_member(membership: Any) -> None:
	"""Our own city is no Partner City; a partner's membership names the partner.

	The empty text, not NULL, stands for our city: the unique index treats two NULLs as different.
	"""
	if membership.member_type == OUR_CITY:
		membership.partner_city = ""
	elif not membership.partner_city:
		frappe.throw(
			_("Choose the partner city that is a member of {0}.").format(membership.network), MembershipError
		)


def refuse_second_membership(membership: Any) -> None:
	"""Raises MembershipError when the city is in the network already; its status tells whether it left."""
	other = frappe.db.get_value(
		"Network Membership",
		{
			"network": membership.network,
			"partner_city": membership.partner_city,
			"name": ["!=", membership.name or ""],
		},
		"name",
	)
	if other:
		frappe.throw(
			_("{0} is already recorded as a member of {1} in {2}; change that record instead.").format(
				membership.partner_city or _("Our city"), membership.network, other
			),
			MembershipError,
		)


def settle_since(membership: Any) -> None:
	keep_known_part(membership, "since", "since_precision")
	if membership.status != MembershipStatus.APPLIED:
		refuse_future(membership, "since")


def set_notice_date(membership: Any) -> None:
	"""Count the network's notice back from the renewal, unless somebody has entered a day."""
	if membership.notice_date or not membership.renewal_date:
		return
	notice_days = cint(frappe.db.get_value("City Network", membership.network, "notice_days"))
	if notice_days:
		membership.notice_date = terms.notice_deadline(date_of(membership, "renewal_date"), notice_days)
