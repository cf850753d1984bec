"""Who sees which commitments and engagements.

One condition answers lists and documents alike. Roles are in `access/rights.py`; this narrows them:
what came from a confidential agreement is seen by those who may see the agreement, and a department's
people see what they or their department owe, also where nobody asked them about the agreement it came from.
"""

from typing import Any

import frappe
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import DEPARTMENT, DOCTYPE_PERMISSIONS
from city_diplomacy.partnership_approvals.routing.permissions import (
	query_of_departments,
	visible_agreements_condition,
)

COMMITMENT, ENGAGEMENT = "Partnership Commitment", "Partner Engagement"


def visible_commitments_condition(user: str) -> Criterion:
	"""The commitments a person may know of, over `frappe.qb.DocType("Partnership Commitment")`."""
	commitment = frappe.qb.DocType(COMMITMENT)
	open_or_visible = _named("MOU", _open_or_visible(user))
	condition = _not_from(commitment, "MOU", open_or_visible) & _not_from(
		commitment, ENGAGEMENT, _named(ENGAGEMENT, _about_one_of(open_or_visible))
	)
	if sees_only_own_departments(user):
		condition &= (commitment.user == user) | commitment.department.isin(query_of_departments(user))
	return condition


def visible_engagements_condition(user: str) -> Criterion:
	"""The engagements a person may know of, over `frappe.qb.DocType("Partner Engagement")`."""
	return _about_one_of(_named("MOU", visible_agreements_condition(user)))


def sees_only_own_departments(user: str) -> bool:
	"""Whether the role of a department's people is the only one that shows this person commitments."""
	wider = set(DOCTYPE_PERMISSIONS[COMMITMENT]) - {DEPARTMENT}
	roles = set(frappe.get_roles(user))
	return DEPARTMENT in roles and not roles & wider


def _not_from(commitment: Any, source_doctype: str, visible: Any) -> Criterion:
	"""Made elsewhere than in a record of this DocType, or in one the person may see."""
	return (
		commitment.source_doctype.isnull()
		| (commitment.source_doctype != source_doctype)
		| commitment.source_name.isin(visible)
	)


def _open_or_visible(user: str) -> Criterion:
	"""The MOUs whose promises are kept from nobody who owes them."""
	return (frappe.qb.DocType("MOU").confidential == 0) | visible_agreements_condition(user)


def _about_one_of(agreements: Any) -> Criterion:
	"""The engagements about one of these agreements or about none."""
	engagement = frappe.qb.DocType(ENGAGEMENT)
	return (
		engagement.agreement.isnull() | (engagement.agreement == "") | engagement.agreement.isin(agreements)
	)


def _named(doctype: str, condition: Criterion) -> Any:
	table = frappe.qb.DocType(doctype)
	return frappe.qb.from_(table).select(table.name).where(condition)
