"""Who stands in for whom today: the site's delegations, read for the rules in `domain.delegation`."""

from typing import Any

import frappe
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rows import once_a_condition
from city_diplomacy.domain import delegation as rules

ACTIVE = "Active"


def holding_today() -> list[rules.Delegation]:
	"""Every delegation that holds today, by the site's calendar."""
	table, today = frappe.qb.DocType("Approval Delegation"), getdate(nowdate())
	rows = (
		frappe.qb.from_(table)
		.select(
			table.delegator,
			table.delegate,
			table.from_date,
			table.to_date,
			table.document_type,
			table.department,
		)
		.where((table.status == ACTIVE) & (table.from_date <= today) & (table.to_date >= today))
		.run(as_dict=True)
	)
	return [as_rule(row) for row in rows]


def as_rule(row: Any) -> rules.Delegation:
	"""A stored delegation as the domain knows it."""
	return rules.Delegation(
		row.delegator,
		row.delegate,
		getdate(row.from_date),
		getdate(row.to_date),
		row.document_type or None,
		row.department or None,
	)


def delegates_for(row: Any, holding: list[rules.Delegation] | None = None) -> list[str]:
	"""The enabled people who may answer a clearance for its holder today, in order of their names.

	`holding` is what `holding_today` answers, for many clearances at once.
	"""
	if not row.put_to:
		return []
	holding = holding_today() if holding is None else holding
	found = rules.delegates_of(
		row.put_to, holding, getdate(nowdate()), row.reference_doctype, row.department or None
	)
	return sorted(person for person in found if frappe.get_cached_value("User", person, "enabled"))


def principal_for(row: Any, user: str) -> str | None:
	"""For whom `user` may answer a clearance today: its holder, or one who has its role; None for nobody."""
	found = rules.principals_of(
		user, holding_today(), getdate(nowdate()), row.reference_doctype, row.department or None
	)
	if row.put_to:
		return row.put_to if row.put_to in found else None
	if not row.role:
		return None
	nearest = sorted(found, key=lambda person: (len(found[person]), person))
	return next((person for person in nearest if row.role in frappe.get_roles(person)), None)


@once_a_condition
def principals_of(user: str) -> list[str]:
	"""Everybody for whom `user` may answer something today; what exactly is judged per clearance."""
	today, holding = getdate(nowdate()), holding_today()
	if not holding:
		return []
	unlimited = [rules.Delegation(one.delegator, one.delegate, one.starts, one.ends) for one in holding]
	return sorted(rules.principals_of(user, unlimited, today))
