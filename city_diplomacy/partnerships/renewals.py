"""What the calendar asks of agreements and network memberships: notice, renewal, review, the end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnership_approvals.people import department_name, full_names
from city_diplomacy.partnerships.agreement_lists import counterparts_of

# Earlier than any date in the registers; a lower bound leaves out empty dates.
LONG_AGO = date(1000, 1, 1)
IN_FORCE = ("Active", "Suspended")


def days_ahead() -> int:
	"""How far the city looks ahead unless somebody asks otherwise, in days."""
	return cint(frappe.get_cached_doc("City Diplomacy Settings").renewal_radar_days)


def ahead(days: int, today: date | None = None) -> list[dict[str, Any]]:
	"""What is due within `days` from today, or overdue, of what the signed-in person may see; soonest first.

	Each row: kind ("Agreement" or "Network Membership"), doctype, name, title, partner, what, due, days_left
	(negative when overdue), owner, owner_name, department, department_name. Runs a fixed number of statements.
	"""
	today = today or getdate(nowdate())
	until = today + timedelta(days=days)
	rows = [*_of_agreements(today, until), *_of_memberships(today, until)]
	rows.sort(key=lambda row: (row["due"], row["title"], row["what"]))
	names = full_names(row["owner"] for row in rows)
	for row in rows:
		row["days_left"] = (row["due"] - today).days
		row["owner_name"] = names.get(row["owner"], "")
		row["department_name"] = department_name(row["department"])
	return rows


@frappe.whitelist()
@checked
def count_ahead(filters: Filters = None) -> dict[str, Any]:
	"""For the number card: how many things agreements and memberships ask for within the usual time.

	It counts the rows of the report it opens, with the report's filters as they are at first.
	"""
	days = days_ahead()
	return {
		"value": len(ahead(days)),
		"fieldtype": "Int",
		"route": ["query-report", "Renewal Radar"],
		"route_options": {"days": days, "owner": ""},
	}


def _of_agreements(today: date, until: date) -> Iterator[dict[str, Any]]:
	window = ["between", [LONG_AGO, until]]
	agreements = frappe.get_list(
		"MOU",
		filters={"workflow_state": ["in", IN_FORCE]},
		or_filters={"notice_date": window, "next_review_date": window, "expiry_date": window},
		fields=[
			"name",
			"title",
			"sponsor",
			"sponsor_department",
			"notice_date",
			"next_review_date",
			"expiry_date",
		],
		order_by="name asc",
		limit_page_length=0,
	)
	parties = counterparts_of([row.name for row in agreements])
	for row in agreements:
		about = {
			"kind": _("Agreement"),
			"doctype": "MOU",
			"name": row.name,
			"title": row.title,
			"partner": ", ".join(party.party_name or party.party for party in parties.get(row.name, ())),
			"owner": row.sponsor,
			"department": row.sponsor_department,
		}
		for due, what in _asked_by(row, today):
			if due <= until:
				yield {**about, "due": due, "what": what}


def _asked_by(row: Any, today: date) -> Iterator[tuple[date, str]]:
	notice, review, expiry = (
		getdate(row[field]) if row[field] else None
		for field in ("notice_date", "next_review_date", "expiry_date")
	)
	# A day of notice that has passed asks for nothing any more; the end itself is still shown.
	if notice and notice >= today:
		yield notice, _("Give notice, or decide to renew")
	if review and not (expiry and review >= expiry):
		yield review, _("Review")
	if expiry:
		yield expiry, _("Ends: renew, or let it end")


def _of_memberships(today: date, until: date) -> Iterator[dict[str, Any]]:
	window = ["between", [LONG_AGO, until]]
	memberships = frappe.get_list(
		"Network Membership",
		filters={"member_type": "Our City", "status": ["in", ("Member", "Suspended")]},
		or_filters={"notice_date": window, "renewal_date": window},
		fields=["name", "network", "notice_date", "renewal_date", "owning_department", "responsible_user"],
		order_by="name asc",
		limit_page_length=0,
	)
	for row in memberships:
		about = {
			"kind": _("Network Membership"),
			"doctype": "Network Membership",
			"name": row.name,
			"title": row.network,
			"partner": row.network,
			"owner": row.responsible_user,
			"department": row.owning_department,
		}
		if row.notice_date and today <= getdate(row.notice_date) <= until:
			yield {**about, "due": getdate(row.notice_date), "what": _("Give notice, or stay a member")}
		if row.renewal_date and getdate(row.renewal_date) <= until:
			yield {**about, "due": getdate(row.renewal_date), "what": _("Membership renews")}
