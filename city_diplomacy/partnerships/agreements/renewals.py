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

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.partnerships.memberships import CURRENT, OUR_CITY
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnership_approvals.people.names import department_name, full_names
from city_diplomacy.partnerships.agreements.lists import counterparts_of
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE
from city_diplomacy.registers.many_rows import in_lots

MEMBERSHIP = "Network Membership"
# What a row shows of a record, and the column of the record.
COLUMNS = {
	"MOU": {"name": "name", "title": "title", "owner": "sponsor", "department": "sponsor_department"},
	MEMBERSHIP: {
		"name": "name",
		"title": "network",
		"owner": "responsible_user",
		"department": "owning_department",
	},
}
# Earlier than any date in the registers; a lower bound leaves out empty dates.
LONG_AGO = date(1000, 1, 1)
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
	departments = {one: department_name(one) for one in {row.department for row in rows}}
	words, kinds = _words(), {"MOU": _("Agreement"), MEMBERSHIP: _("Network Membership")}
	for row in rows:
		partner = row.title
		if row.doctype == "MOU":
			partner = ", ".join(party.party_name or party.party for party in parties.get(row.name, ()))
		row.update(
			partner=partner,
			what=words[row.what],
			kind=kinds[row.doctype],
			days_left=(row.due - today).days,
			owner_name=names.get(row.owner, ""),
			department_name=departments[row.department],
		)
	return rows


def days_due(days: int, owner: str | None = None) -> dict[date, int]:
	"""How many rows `ahead` has for each day, without reading them."""
	counts: dict[date, int] = {}
	for asked in _asked(days, getdate(nowdate()), owner):
		for day, count in asked.days():
			counts[day] = counts.get(day, 0) + count
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

	def first(self, rows: int | None) -> list[tuple[date, int, str, str]]:
		"""(Day, what, DocType, name) of the first `rows` records it is asked of, or of all, by day and name."""
		name = self.due.table.name
		query = self._query(self.due, name).orderby(self.due).orderby(name)
		found = (query.limit(rows) if rows else query).run()
		return [(getdate(due), self.what, self.doctype, name) for due, name in found]

	def days(self) -> list[tuple[date, int]]:
		"""The days on which it is asked, and of how many records."""
		return [
			(getdate(day), count) for day, count in self._query(self.due, Count("*")).groupby(self.due).run()
		]

	def _query(self, *columns: Any) -> Any:
		return frappe.qb.from_(self.due.table).select(*columns).where(self.of)


def _asked(days: int, today: date, owner: str | None) -> list[Asked]:
	"""What is asked within `days` of the records the signed-in person may see, or of those of `owner` alone."""
	until = today + timedelta(days=days)
	return [*_of_agreements(today, until, owner), *_of_memberships(today, until, owner)]


def _page(asked: list[Asked], start: int, length: int | None) -> list[Any]:
	"""The rows from `start` on, soonest first; no query reads further than the page can reach."""
	due = sorted(one for several in asked for one in several.first(start + length if length else None))
	due = due[start : start + length] if length else due
	records = {
		doctype: _records(doctype, sorted({name for _day, _what, of, name in due if of == doctype}))
		for doctype in COLUMNS
	}
	rows = [
		frappe._dict(records[doctype][name], doctype=doctype, what=what, due=day)
		for day, what, doctype, name in due
		if name in records[doctype]
	]
	return sorted(rows, key=lambda row: (row.due, row.title, row.what))


def _records(doctype: str, names: list[str]) -> dict[str, Any]:
	"""The columns of records the person was found to know of, by name."""
	table = frappe.qb.DocType(doctype)
	columns = [table[column].as_(shown) for shown, column in COLUMNS[doctype].items()]
	return {
		row.name: row
		for some in in_lots(names)
		for row in frappe.qb.from_(table).select(*columns).where(table.name.isin(some)).run(as_dict=True)
	}


def _of_agreements(today: date, until: date, owner: str | None) -> Iterator[Asked]:
	known = known_records("MOU", frappe.session.user)
	if known is None:
		return
	mou = frappe.qb.DocType("MOU")
	of = known
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
		# A state at a time, the database reads the days in the order of an index and stops where the page ends.
		for state in IN_FORCE:
			yield Asked("MOU", what, due, (mou.workflow_state == state) & when & of)


def _of_memberships(today: date, until: date, owner: str | None) -> Iterator[Asked]:
	known = known_records(MEMBERSHIP, frappe.session.user)
	if known is None:
		return
	member = frappe.qb.DocType(MEMBERSHIP)
	of = (member.member_type == OUR_CITY) & member.status.isin(CURRENT) & known
	if owner:
		of &= member.responsible_user == owner
	for what, due, when in (
		(STAY_A_MEMBER, member.notice_date, member.notice_date.between(today, until)),
		(RENEWS, member.renewal_date, member.renewal_date.between(LONG_AGO, until)),
	):
		yield Asked(MEMBERSHIP, what, due, when & of)
