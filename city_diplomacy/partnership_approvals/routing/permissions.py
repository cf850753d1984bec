"""Who sees which agreement and which part of its approval record.

One condition answers lists and documents alike. Roles are in `access/rights.py`; this narrows them.
"""

from typing import Any

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Coalesce

from city_diplomacy.access.rights import (
	AUDITOR,
	CLERK,
	COMMUNITY,
	LEGAL,
	MANAGER,
	MAYOR,
	OFFICER,
	OVERRIDE,
	POLICY_ADMIN,
	PROTOCOL,
	TRADE,
)
from city_diplomacy.access.rows import (
	is_one_of,
	once_a_condition,
	put_together,
)
from city_diplomacy.domain.route.routing import CoReviewersSee
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings

READS_EVERY_OPEN_AGREEMENT = frozenset(
	{MANAGER, OFFICER, PROTOCOL, TRADE, COMMUNITY, POLICY_ADMIN, AUDITOR, MAYOR, CLERK, OVERRIDE}
)
READS_WHOLE_RECORD = frozenset({MANAGER, OFFICER, POLICY_ADMIN, AUDITOR, MAYOR, CLERK, LEGAL, OVERRIDE})


def visible_agreements_condition(user: str) -> Criterion:
	"""The MOUs a person may know of, over `frappe.qb.DocType("MOU")`.

	International staff, the mayor's office and the clerk see all that is not confidential; anybody sees
	what they prepare, sponsor, are named on or were asked about.
	"""
	mou = frappe.qb.DocType("MOU")
	few = few_known_agreements(user)
	if few is not None:
		return is_one_of(mou.name, few)
	# What a column of the row answers is asked first; the database looks elsewhere only for the rest.
	condition = (mou.owner == user) | (mou.sponsor == user) | (mou.confidential == 0)
	return condition | mou.name.isin(_agreements_naming(user)) | mou.name.isin(asked_about("MOU", user))


def few_known_agreements(user: str) -> list[Any] | None:
	"""Queries for the names of the MOUs a person may know of; None for who may know of all that is not confidential."""
	if _reads_every_open_agreement(user):
		return None
	mou = frappe.qb.DocType("MOU")
	every = frappe.qb.from_(mou).select(mou.name)
	own = [every.where(mou.owner == user), every.where(mou.sponsor == user)]
	clearance = frappe.qb.DocType("Approval Clearance")
	asked = frappe.qb.from_(clearance).select(clearance.reference_name)
	asked = asked.where(clearance.reference_doctype == "MOU")
	# Each of these is answered by an index.
	return [*own, _agreements_naming(user), *(asked.where(one) for one in _ways_of_owning(clearance, user))]


def _agreements_naming(user: str) -> Any:
	readers = frappe.qb.DocType("MOU Reader")
	named = (readers.parenttype == "MOU") & (readers.user == user)
	return frappe.qb.from_(readers).select(readers.parent).where(named)


def _reads_every_open_agreement(user: str) -> bool:
	return bool(READS_EVERY_OPEN_AGREEMENT & set(frappe.get_roles(user)))


@once_a_condition
def departments_of(user: str) -> list[str]:
	"""The departments a person heads, acts for or is the liaison of."""
	return query_of_departments(user).run(pluck=True)


def query_of_departments(user: str) -> Any:
	"""The names of the same, as a query."""
	table = frappe.qb.DocType("Department")
	offices = (table.department_head, table.acting_head, table.partnership_liaison)
	return frappe.qb.from_(table).select(table.name).where(Criterion.any(one == user for one in offices))


def visible_record_condition(user: str, doctype: str) -> Criterion:
	"""The routes, clearances, ledger entries and other rows about routed documents that a person may know of: those
	about documents they may know of and, for who does not read whole records, what concerns them."""
	table = frappe.qb.DocType(doctype)
	if READS_WHOLE_RECORD & set(frappe.get_roles(user)):
		return _about_known_documents(table, user)
	if doctype == "Approval Clearance":
		return _about_known_documents(table, user) & (
			_own(table, user) | (table.co_reviewers_see == CoReviewersSee.REMARKS)
		)
	if doctype == "Approval Decision":
		# What somebody did about their own questions. An entry of what followed, such as the next stage's opening,
		# tells of all that was asked then, of whom.
		return _about(table, user) & (table.actor == user) & table.clearance.isin(_own_clearances(user))
	return _about_known_documents(table, user)


def _about_known_documents(table: Any, user: str) -> Criterion:
	"""As `_about`; of somebody who may know of few documents, the rows can be found by the names of these."""
	if _reads_every_open_agreement(user):
		return _about(table, user)
	names = [query for routed in declared_routings() for query in _known_names(routed, user)]
	# Documents of two DocTypes may have one name.
	return is_one_of(table.reference_name, names) & _about(table, user)


def _about(table: Any, user: str) -> Criterion:
	"""The rows of a table about routed documents the person may know of, judged row by row."""
	about = None
	for routed in declared_routings():
		condition = (table.reference_doctype == routed) & table.reference_name.isin(_known(routed, user))
		about = condition if about is None else about | condition
	return about


def _known(routed: str, user: str) -> Any:
	"""The names of the documents of a routed DocType that the person may know of, as a query."""
	queries = _known_names(routed, user)
	return put_together(queries) if len(queries) > 1 else queries[0]


def _known_names(routed: str, user: str) -> list[Any]:
	declared = declared_routings()[routed]
	few = frappe.get_attr(declared.few_known)(user) if declared.few_known else None
	if few is not None:
		return few
	documents = frappe.qb.DocType(routed)
	query = frappe.qb.from_(documents).select(documents.name)
	condition = frappe.get_attr(declared.visible_to)(user) if declared.visible_to else None
	return [query if condition is None else query.where(condition)]


def visible_actions_condition(user: str) -> Criterion:
	"""Frappe shows an open action to everybody with its role; ours, to who may know of the document."""
	table = frappe.qb.DocType("Workflow Action")
	others = Coalesce(table.reference_doctype, "").notin(list(declared_routings()))
	return others | visible_record_condition(user, "Workflow Action")


def visible_notifications_condition(user: str) -> Criterion:
	"""One notification is for the eyes of whom it is for, which Frappe itself checks for lists alone."""
	return frappe.qb.DocType("Notification Log").for_user == user


def asked_about(doctype: str, user: str) -> Any:
	"""The names of the documents of a DocType somebody was asked about, as a query."""
	table = frappe.qb.DocType("Approval Clearance")
	return (
		frappe.qb.from_(table)
		.select(table.reference_name)
		.where((table.reference_doctype == doctype) & _own(table, user))
	)


def _own_clearances(user: str) -> Any:
	"""The names of the clearances that are somebody's, or were until they passed them on, as a query."""
	table = frappe.qb.DocType("Approval Clearance")
	return frappe.qb.from_(table).select(table.name).where(_own(table, user) | (table.forwarded_from == user))


def _own(table: Any, user: str) -> Criterion:
	"""Clearances put to a person, to their roles or departments, to those they stand in for, or decided by them."""
	return Criterion.any(_ways_of_owning(table, user))


def _ways_of_owning(table: Any, user: str) -> list[Criterion]:
	principals = delegations.principals_of(user)
	roles = {role for person in (user, *principals) for role in frappe.get_roles(person)}
	roles -= {"All", "Guest", "Desk User"}
	ways = [table.put_to.isin([user, *principals]), table.decided_by == user]
	if roles:
		ways.append((Coalesce(table.put_to, "") == "") & table.role.isin(sorted(roles)))
	departments = departments_of(user)
	if departments:
		ways.append(table.department.isin(departments))
	return ways


def visible_delegations_condition(user: str) -> Criterion:
	"""The delegations a person may know of, over `frappe.qb.DocType("Approval Delegation")`."""
	table = frappe.qb.DocType("Approval Delegation")
	if {MANAGER, POLICY_ADMIN, AUDITOR} & set(frappe.get_roles(user)):
		return table.name.isnotnull()
	return (table.delegator == user) | (table.delegate == user)
