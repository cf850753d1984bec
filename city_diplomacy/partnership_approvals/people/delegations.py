"""Who stands in for whom today: the site's delegations, read for the rules in `domain.route.delegation`."""

from dataclasses import dataclass, replace

import frappe
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rows import once_a_condition
from city_diplomacy.domain.route import delegation as rules
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, DelegationRow
from city_diplomacy.registers.readable import readable


def holding_today() -> list[rules.Delegation]:
	"""Every delegation that holds today, by the site's calendar."""
	table, today = frappe.qb.DocType("Approval Delegation"), getdate(nowdate())
	rows = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.delegator,
			table.delegate,
			table.arranged_by,
			table.from_date,
			table.to_date,
			table.document_type,
			table.department,
		)
		.where(
			(table.status == rules.DelegationStatus.ACTIVE)
			& (table.from_date <= today)
			& (table.to_date >= today)
		)
		.run(as_dict=True)
	)
	return [as_rule(row) for row in rows]


def as_rule(row: DelegationRow) -> rules.Delegation:
	"""A stored delegation as the domain knows it."""
	return rules.Delegation(
		row.delegator,
		row.delegate,
		getdate(row.from_date),
		getdate(row.to_date),
		row.document_type or None,
		row.department or None,
		row.arranged_by or None,
		row.name or "",
	)


def delegates_for(row: ClearanceRow, holding: list[rules.Delegation] | None = None) -> list[str]:
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


@dataclass(frozen=True)
class Found:
	"""For whom somebody may answer a clearance, and the names of the delegations that let them."""

	principal: str
	authority: str


def principal_for(row: ClearanceRow, user: str) -> str | None:
	"""For whom `user` may answer a clearance today: its holder, or one who has its role; None for nobody."""
	found = found_for(row, user)
	return found.principal if found else None


def found_for(row: ClearanceRow, user: str) -> Found | None:
	"""As `principal_for`, with the delegations it rests on."""
	day, department = getdate(nowdate()), row.department or None
	holding = holding_today()
	chains = rules.principals_of(user, holding, day, row.reference_doctype, department)
	principal = _principal(row, chains)
	if not principal:
		return None
	usable = [
		one for one in holding if one.holds_on(day, row.reference_doctype, department) and one.serves(user)
	]
	return Found(principal, ", ".join(rules.links_of(chains[principal], usable)))


def _principal(row: ClearanceRow, chains: dict[str, tuple[str, ...]]) -> str | None:
	if row.put_to:
		return row.put_to if row.put_to in chains else None
	if not row.role:
		return None
	nearest = sorted(chains, key=lambda person: (len(chains[person]), person))
	return next((person for person in nearest if row.role in frappe.get_roles(person)), None)


def end(delegation: str) -> dict[str, str]:
	"""Revoke a delegation. Raises UnknownRecordError or PermissionError unless it is the signed-in person's own, or they
	arrange absences."""
	own = frappe.db.get_value(
		"Approval Delegation", {"name": delegation, "delegator": frappe.session.user}, "name"
	)
	doc = (
		frappe.get_doc("Approval Delegation", own)
		if own
		else readable("Approval Delegation", delegation, "write")
	)
	# Whoever is away may need no role for that: somebody else may have arranged it.
	doc.flags.ignore_permissions = bool(own)
	doc.status = rules.DelegationStatus.REVOKED
	doc.save()
	sentence = (
		frappe._("You answer for yourself again.")
		if own
		else frappe._("The delegation {0} has ended.").format(doc.name)
	)
	return {"name": doc.name, "status": doc.status, "message": sentence}


@once_a_condition
def principals_of(user: str) -> list[str]:
	"""Everybody for whom `user` may answer something today; what exactly is judged per clearance."""
	today, holding = getdate(nowdate()), holding_today()
	if not holding:
		return []
	unlimited = [replace(one, document_type=None, department=None) for one in holding]
	return sorted(rules.principals_of(user, unlimited, today))
