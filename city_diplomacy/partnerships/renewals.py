"""What the calendar asks of agreements and network memberships: notice, renewal, review, the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion, Field
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
	rows = _page(_asked(days, today, owner), start, length)
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
	counts: dict[date, int] = {}
	for asked in _asked(days, getdate(nowdate()), owner):
		for day, count in asked.days():
			counts[getdate(day)] = counts.get(getdate(day), 0) + count
	return counts


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


@dataclass(frozen=True)
class Asked:
	"""One thing the calendar asks of the records of a DocType: of which, and on which day of theirs."""

	doctype: str
	what: int
	due: Field
	of: Criterion
	title: Field
	owner: Field
	department: Field

	def page(self, rows: int | None) -> list[Any]:
		"""The first `rows` records it is asked of, or all, in the order of the index over the day."""
		query = self._query(
			ValueWrapper(self.doctype).as_("doctype"),
			self.due.table.name,
			ValueWrapper(self.what).as_("what"),
			self.due.as_("due"),
			self.title.as_("title"),
			self.title.as_("partner"),
			self.owner.as_("owner"),
			self.department.as_("department"),
		)
		query = query.orderby(self.due).orderby(self.due.table.name)
		return (query.limit(rows) if rows else query).run(as_dict=True)

	def days(self) -> list[tuple[date, int]]:
		"""The days on which it is asked, and of how many records."""
		return self._query(self.due, Count("*")).groupby(self.due).run()

	def _query(self, *columns: Any) -> Any:
		return frappe.qb.from_(self.due.table).select(*columns).where(self.of)


def _asked(days: int, today: date, owner: str | None) -> list[Asked]:
	"""What is asked within `days` of the records the signed-in person may see, or of those of `owner` alone."""
	until = today + timedelta(days=days)
	return [*_of_agreements(today, until, owner), *_of_memberships(today, until, owner)]


def _page(asked: list[Asked], start: int, length: int | None) -> list[Any]:
	"""The rows from `start` on, soonest first; none of the queries reads further than the page can reach."""
	rows = [row for one in asked for row in one.page(start + length if length else None)]
	rows.sort(key=lambda row: (row.due, row.what, row.name))
	page = rows[start : start + length] if length else rows
	return sorted(page, key=lambda row: (row.due, row.title, row.what))


def _of_agreements(today: date, until: date, owner: str | None) -> Iterator[Asked]:
	known = known_records("MOU", frappe.session.user)
	if known is None:
		return
	mou = frappe.qb.DocType("MOU")
	of = mou.workflow_state.isin(IN_FORCE) & known
	if owner:
		of &= mou.sponsor == owner
	# A day of notice that has passed asks for nothing any more; the end itself is still shown.
	review = mou.next_review_date.between(LONG_AGO, until) & (
		mou.expiry_date.isnull() | (mou.next_review_date < mou.expiry_date)
	)
	for what, due, when in (
		(GIVE_NOTICE, mou.notice_date, mou.notice_date.between(today, until)),
		(REVIEW, mou.next_review_date, review),
		(ENDS, mou.expiry_date, mou.expiry_date.between(LONG_AGO, until)),
	):
		yield Asked("MOU", what, due, when & of, mou.title, mou.sponsor, mou.sponsor_department)


def _of_memberships(today: date, until: date, owner: str | None) -> Iterator[Asked]:
	known = known_records("Network Membership", frappe.session.user)
	if known is None:
		return
	member = frappe.qb.DocType("Network Membership")
	of = (member.member_type == "Our City") & member.status.isin(("Member", "Suspended")) & known
	if owner:
		of &= member.responsible_user == owner
	for what, due, when in (
		(STAY_A_MEMBER, member.notice_date, member.notice_date.between(today, until)),
		(RENEWS, member.renewal_date, member.renewal_date.between(LONG_AGO, until)),
	):
		yield Asked(
			"Network Membership",
			what,
			due,
			when & of,
			member.network,
			member.responsible_user,
			member.owning_department,
		)
