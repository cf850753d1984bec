"""Who may arrange that somebody answers for somebody else, for which days, and that it makes no circle."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import date_diff, getdate, nowdate

from city_diplomacy.access.rights import MANAGER, POLICY_ADMIN
from city_diplomacy.domain.route import delegation as rules
from city_diplomacy.domain.route.delegation import DelegationStatus
from city_diplomacy.domain.route.routing import may_hold_seat
from city_diplomacy.partnership_approvals.exceptions import DelegationError, SelfDelegationError
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.registers.record_dates import refuse_backwards

LONGEST_ABSENCE_IN_DAYS = 366
MAY_ARRANGE_FOR_OTHERS = frozenset({MANAGER, POLICY_ADMIN, "System Manager"})


def keep_who_arranged_it(delegation: Any) -> None:
	before = delegation.get_doc_before_save()
	delegation.arranged_by = before.arranged_by if before else frappe.session.user


def check_whose_it_is(delegation: Any) -> None:
	"""Everybody hands over their own seat; the office's manager and the approval administrator any, but not to
	themselves."""
	if frappe.session.user != delegation.delegator and not MAY_ARRANGE_FOR_OTHERS & set(frappe.get_roles()):
		frappe.throw(
			_("You can hand over your own questions only; ask the office to arrange it for {0}.").format(
				delegation.delegator
			),
			frappe.PermissionError,
		)

	if delegation.is_new() and frappe.session.user == delegation.delegate != delegation.delegator:
		frappe.throw(
			_("You cannot arrange to answer for somebody else; {0} or a colleague has to do it.").format(
				delegation.delegator
			),
			SelfDelegationError,
		)


def check_people(delegation: Any) -> None:
	if not delegation.is_new():
		# Who was named stays; an account that was disabled since must not keep it from being ended.
		return
	if delegation.delegator == delegation.delegate:
		frappe.throw(_("Name somebody else to answer while you are away."), DelegationError)
	directory = planning.SiteDirectory()
	for person in (delegation.delegator, delegation.delegate):
		if person == "Administrator" or not may_hold_seat(person, directory):
			frappe.throw(_("{0} has no enabled account of a person.").format(person), DelegationError)


def check_dates(delegation: Any) -> None:
	refuse_backwards(delegation, DelegationError, ("from_date", "to_date"))
	first, last = getdate(delegation.from_date), getdate(delegation.to_date)
	if date_diff(last, first) >= LONGEST_ABSENCE_IN_DAYS:
		frappe.throw(
			_("A delegation lasts {0} days at most; name a new head for longer.").format(
				LONGEST_ABSENCE_IN_DAYS
			),
			DelegationError,
		)
	before = delegation.get_doc_before_save()
	if not before:
		if first < getdate(nowdate()):
			frappe.throw(_("A delegation begins today at the earliest."), DelegationError)
		delegation.status = DelegationStatus.ACTIVE
	elif last > getdate(before.to_date) or (before.status != delegation.status == DelegationStatus.ACTIVE):
		frappe.throw(
			_("A delegation can be ended early or revoked, not prolonged; make a new one instead."),
			DelegationError,
		)


def refuse_circle(delegation: Any) -> None:
	if delegation.status != DelegationStatus.ACTIVE:
		return
	table = frappe.qb.DocType("Approval Delegation")
	others = (
		frappe.qb.from_(table)
		.select("*")
		.where(
			(table.status == DelegationStatus.ACTIVE)
			& (table.to_date >= delegation.from_date)
			& (table.from_date <= delegation.to_date)
			& (table.name != (delegation.name or ""))
		)
		.run(as_dict=True)
	)
	circle = rules.closes_a_circle(
		delegations.as_rule(delegation), [delegations.as_rule(row) for row in others]
	)
	if circle:
		frappe.throw(_("That would go round in a circle: {0}.").format(" → ".join(circle)), DelegationError)
