"""Consular cases: what one must be, and who may know of it.

A case is confidential: the Chief of Protocol and the manager know of every one, others of those they entered, own or are
named on, whatever their roles.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import MANAGER, PROTOCOL
from city_diplomacy.diplomatic_protocol.exceptions import ConsularCaseError
from city_diplomacy.domain.protocol.cases import OPEN, CaseStatus
from city_diplomacy.registers.record_dates import label_of, refuse_backwards, today

CASE = "Consular Case"
SEE_EVERY_CASE = {PROTOCOL, MANAGER}


def visible_cases_condition(user: str) -> Criterion | None:
	"""The consular cases a person may know of, over `frappe.qb.DocType("Consular Case")`; None for every one."""
	if SEE_EVERY_CASE & set(frappe.get_roles(user)):
		return None
	case, reader = frappe.qb.DocType(CASE), frappe.qb.DocType("Consular Case Reader")
	named = frappe.qb.from_(reader).select(reader.parent)
	named = named.where((reader.parenttype == CASE) & (reader.user == user))
	return (case.owner == user) | (case.case_owner == user) | case.name.isin(named)


def settle_case(case: Any) -> None:
	"""What a stored case must be. Raises ConsularCaseError or RegisterError in one sentence."""
	now = frappe.utils.now_datetime()
	for row, fieldname in (
		(case, "happened_on"),
		(case, "reported_on"),
		*((row, "told_on") for row in case.notices),
	):
		if row.get(fieldname) and frappe.utils.get_datetime(row.get(fieldname)) > now:
			frappe.throw(
				_("{0} is still to come; enter what has happened.").format(label_of(row, fieldname)),
				ConsularCaseError,
			)
	refuse_backwards(case, ConsularCaseError, ("happened_on", "reported_on"))
	if case.status == CaseStatus.CLOSED:
		if not (case.outcome or "").strip():
			frappe.throw(_("Say what came of the case before it is closed."), ConsularCaseError)
		case.closed_on = case.closed_on or today()
	else:
		case.closed_on = None


def open_filters() -> tuple[str, str, list[str]]:
	"""(field, operator, value) of cases that are not closed."""
	return ("status", "in", list(OPEN))
