"""Whom somebody may let answer in their place, to be picked by name."""

from collections import Counter
from typing import Any

import frappe

from city_diplomacy.access.rights import ROLES

NOBODYS_SEAT = ("Administrator", "Guest")


def colleagues_of(user: str) -> list[dict[str, Any]]:
	"""The people with an enabled account and a role of this app, but for `user`, in the order of their names.

	Each: {"user", "name"}; where two are called the same, the name has the account behind it. Who is asked about what
	is not told by it.
	"""
	person, has_role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	rows = (
		frappe.qb.from_(person)
		.join(has_role)
		.on((has_role.parent == person.name) & (has_role.parenttype == "User"))
		.select(person.name, person.full_name)
		.distinct()
		.where((person.enabled == 1) & has_role.role.isin(list(ROLES)))
		.where(person.name.notin([*NOBODYS_SEAT, user]))
		.orderby(person.full_name)
		.orderby(person.name)
		.run(as_dict=True)
	)
	of_that_name = Counter(row.full_name for row in rows)
	return [
		{
			"user": row.name,
			"name": row.full_name if of_that_name[row.full_name] == 1 else f"{row.full_name} ({row.name})",
		}
		for row in rows
	]
