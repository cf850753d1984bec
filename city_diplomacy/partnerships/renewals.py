"""What the calendar asks of agreements and network memberships: notice, renewal, review, the end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cint, getdate, nowdate
from pypika.terms import ValueWrapper

from city_diplomacy.access.rows import known_records
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnership_approvals.people import department_name, full_names
from city_diplomacy.partnerships.agreement_lists import counterparts_of

# Earlier than any date in the registers; a lower bound leaves out empty dates.
LONG_AGO = date(1000, 1, 1)
IN_FORCE = ("Active", "Suspended")
# What is asked for, in the order in which it stands on one day.
ENDS, GIVE_NOTICE, STAY_A_MEMBER, RENEWS, REVIEW = range(5)


def days_ahead() -> int:
	"""How far the city looks ahead unless somebody asks otherwise, in days."""
	return cint(frappe.get_cached_doc("City Diplomacy Settings").renewal_radar_days)


def ahead(
	days: int, today: date | None = None, owner: str | None = None, start: int = 0, length: int | None = None
) -> list[dict[str, Any]]:
	"""What is due within `days` from today, or overdue, of what the signed-in person may see; soonest first.

	Each row: kind ("Agreement" or "Network Membership"), doctype, name, title, partner, what, due, days_left
	(negative when overdue), owner, owner_name, department, department_name. Of `owner` alone, where one is named;
	`length` rows from `start` on, where not all are wanted. Runs a fixed number of statements for a page of a thousand.
	"""
	today = today or getdate(nowdate())
	found = _together(days, today, owner)
	if found is None:
		return []
	query = (
		frappe.qb.from_(found)
		.select(found.star)
		.orderby(found.due)
		.orderby(found.title)
		.orderby(found.what)
		.orderby(found.name)
	)
	rows = (query.limit(length).offset(start) if length else query).run(as_dict=True)
	parties = counterparts_of({row.name for row in rows if row.doctype == "MOU"})
	names = full_names(row.owner for row in rows)
	words = _words()
	for row in rows:
		if row.doctype == "MOU":
			row.partner = ", ".join(party.party_name or party.party for party in parties.get(row.name, ()))
		row.due, row.what = getdate(row.due), words[row.what]
		row.kind = _("Agreement") if row.doctype == "MOU" else _("Network Membership")
		row.days_left = (row.due - today).days
		row.owner_name = names.get(row.owner, "")
		row.department_name = department_name(row.department)
	return rows


def days_due(days: int, owner: str | None = None) -> dict[date, int]:
	"""How many rows `ahead` has for each day, without reading them."""
	found = _together(days, getdate(nowdate()), owner)
	if found is None:
		return {}
	rows = frappe.qb.from_(found).select(found.due, Count("*")).groupby(found.due).run()
	return {getdate(due): count for due, count in rows}


@frappe.whitelist()
@checked
def count_ahead(filters: Filters = None) -> dict[str, Any]:
	"""For the number card: how many things agreements and memberships ask for within the usual time.

	It counts the rows of the report it opens, with the report's filters as they are at first.
	"""
	days = days_ahead()
	return {
		"value": sum(days_due(days).values()),
		"fieldtype": "Int",
		"route": ["query-report", "Renewal Radar"],
		"route_options": {"days": days, "owner": ""},
	}


def _words() -> dict[int, str]:
	"""What is asked for, as people read it."""
	return {
		ENDS: _("Ends: renew, or let it end"),
		GIVE_NOTICE: _("Give notice, or decide to renew"),
		STAY_A_MEMBER: _("Give notice, or stay a member"),
		RENEWS: _("Membership renews"),
		REVIEW: _("Review"),
	}


def _together(days: int, today: date, owner: str | None) -> Any | None:
	"""A query for the rows of `ahead`, as a table; None for who may see neither agreements nor memberships."""
	until = today + timedelta(days=days)
	queries = [*_of_agreements(today, until, owner), *_of_memberships(today, until, owner)]
	if not queries:
		return None
	together, *others = queries
	for query in others:
		together = together.union_all(query)
	return together.as_("ahead")


def _of_agreements(today: date, until: date, owner: str | None) -> Iterator[Any]:
	known = known_records("MOU", frappe.session.user)
	if known is None:
		return
	mou = frappe.qb.DocType("MOU")
	# A day of notice that has passed asks for nothing any more; the end itself is still shown.
	asked = {
		GIVE_NOTICE: (mou.notice_date, mou.notice_date.between(today, until)),
		REVIEW: (
			mou.next_review_date,
			mou.next_review_date.between(LONG_AGO, until)
			& (mou.expiry_date.isnull() | (mou.next_review_date < mou.expiry_date)),
		),
		ENDS: (mou.expiry_date, mou.expiry_date.between(LONG_AGO, until)),
	}
	for what, (due, condition) in asked.items():
		query = _rows(mou, what, due, mou.title, mou.sponsor, mou.sponsor_department)
		query = query.where(mou.workflow_state.isin(IN_FORCE) & condition & known)
		yield query.where(mou.sponsor == owner) if owner else query


def _of_memberships(today: date, until: date, owner: str | None) -> Iterator[Any]:
	known = known_records("Network Membership", frappe.session.user)
	if known is None:
		return
	member = frappe.qb.DocType("Network Membership")
	asked = {
		STAY_A_MEMBER: (member.notice_date, member.notice_date.between(today, until)),
		RENEWS: (member.renewal_date, member.renewal_date.between(LONG_AGO, until)),
	}
	ours = (member.member_type == "Our City") & member.status.isin(("Member", "Suspended"))
	for what, (due, condition) in asked.items():
		query = _rows(member, what, due, member.network, member.responsible_user, member.owning_department)
		query = query.where(ours & condition & known)
		yield query.where(member.responsible_user == owner) if owner else query


def _rows(table: Any, what: int, due: Any, title: Any, owner: Any, department: Any) -> Any:
	doctype = "MOU" if title.name == "title" else "Network Membership"
	return frappe.qb.from_(table).select(
		ValueWrapper(doctype).as_("doctype"),
		table.name,
		ValueWrapper(what).as_("what"),
		due.as_("due"),
		title.as_("title"),
		title.as_("partner"),
		owner.as_("owner"),
		department.as_("department"),
	)
