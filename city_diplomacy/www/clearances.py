"""My clearances: what is asked of me, the most urgent first, and what I decided lately."""

import frappe
from frappe import _
from frappe.utils import nowdate

from city_diplomacy.domain.route.delegation import DelegationStatus
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.people.colleagues import colleagues_of
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.views import approvals, inbox_pages
from city_diplomacy.templates.page import address_with, asked_page, begin, day, moment, require_sign_in
from city_diplomacy.templates.route_drawing import DECISIONS

DECIDED_SHOWN = 10


def get_context(context) -> None:
	require_sign_in("/clearances")
	page = begin(context, _("My clearances"), here="clearances")
	inbox = inbox_pages.page_of(frappe.session.user, asked_page())
	page["inbox"] = {
		**inbox,
		"previous": address_with("/clearances", {}, inbox["page"] - 1),
		"next": address_with("/clearances", {}, inbox["page"] + 1),
	}
	for kind in inbox["counts"]:
		page["inbox"][kind] = [_shown(row) for row in inbox[kind]]
	page["decided"] = decided_by_me()
	page["may_hand_over"] = frappe.has_permission("Approval Delegation", "create")
	page["colleagues"] = colleagues_of(frappe.session.user) if page["may_hand_over"] else []
	page["delegations"] = my_delegations()
	page["may_see_commitments"] = frappe.has_permission("Partnership Commitment", "read")
	page["today"] = nowdate()


def _shown(row: dict) -> dict:
	return {
		**row,
		"due": day(row["due"]),
		"asked_on": day(row["asked_on"]),
		"link": f"/clearance/{row['clearance']}",
	}


def decided_by_me() -> list[dict]:
	"""The last answers of the person signed in; their own words, so no further permission is needed."""
	rows = frappe.get_all(
		"Approval Clearance",
		filters={"decided_by": frappe.session.user, "state": ClearanceState.DECIDED},
		fields=["name", "seat", "reference_doctype", "reference_name", "decision", "decided_on"],
		order_by="decided_on desc",
		limit=DECIDED_SHOWN,
	)
	titles = approvals.titles_of(rows)
	return [
		{
			"link": f"/clearance/{row.name}",
			"seat": row.seat,
			"title": titles[(row.reference_doctype, row.reference_name)],
			"icon": DECISIONS[row.decision][0],
			"words": _(DECISIONS[row.decision][1]),
			"decided_on": moment(row.decided_on),
		}
		for row in rows
	]


def my_delegations() -> list[dict]:
	"""Absences to come or running in which this person hands over or stands in; their own, so no further permission
	is needed: who is away may have no role, and somebody else may have arranged it."""
	rows = frappe.get_all(
		"Approval Delegation",
		filters={"status": DelegationStatus.ACTIVE, "to_date": (">=", nowdate())},
		or_filters={"delegator": frappe.session.user, "delegate": frappe.session.user},
		fields=["name", "delegator", "delegate", "from_date", "to_date", "reason", "arranged_by"],
		order_by="from_date asc",
	)
	people = ("delegator", "delegate", "arranged_by")
	names = full_names(row[who] for row in rows for who in people if row[who])
	return [
		{
			"name": row.name,
			"mine": row.delegator == frappe.session.user,
			"words": _("{0} answers for you").format(names[row.delegate])
			if row.delegator == frappe.session.user
			else _("You answer for {0}").format(names[row.delegator]),
			"from_date": day(row.from_date),
			"to_date": day(row.to_date),
			"reason": row.reason,
			"arranged_by": names[row.arranged_by]
			if row.arranged_by and row.arranged_by != row.delegator
			else "",
		}
		for row in rows
	]
