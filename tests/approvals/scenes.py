"""What the tests of the approval engine build again and again: policies, agreements under way, pictures of rows."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe

from city_diplomacy.access.rights import DEPARTMENT, MANAGER, OFFICER, OVERRIDE, ROLES
from city_diplomacy.partnership_approvals.policies import versions
from tests import factories

ENGINE_DOCTYPES = ("Approval Route", "Approval Clearance", "Approval Decision")
# One order for every table a decision may touch; names are random, so rows are sorted by their content.
Picture = dict[str, list[str]]


def rule(seat: str, **fields: Any) -> dict[str, Any]:
	"""One line of a routing policy: a seat of the first stage, asked of the `user` or `role` given.

	With `when`, rows of (group, field, operator, value), it applies only then; see `tables_of`.
	"""
	asked_of = "User" if fields.get("user") else "Role"
	return {
		"stage": 1,
		"workflow_state": "In Clearance",
		"seat": seat,
		"asked_of": asked_of,
		"working_days": 5,
		"why": f"{seat} is asked.",
		**fields,
	}


def tables_of(rules: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
	"""The rules of a policy and its table of conditions, each called as the seat that is asked when it holds."""
	written, conditions = [], []
	for fields in rules:
		rows = fields.get("when", ())
		named = {"applies_when": fields["seat"]} if rows else {}
		written.append({**{name: value for name, value in fields.items() if name != "when"}, **named})
		conditions += [
			{
				"condition_name": fields["seat"],
				"group": group,
				"field": field,
				"operator": operator,
				"value": value,
			}
			for group, field, operator, value in rows
		]
	return {"rules": written, "conditions": conditions}


def make_policy(*rules: dict[str, Any], title: str = "Test Policy", activate: bool = True, **tables: Any):
	"""A submitted routing policy for agreements; the active one from now on unless told otherwise.

	It is not proved (see property 9's tests for that): the engine must also hold on a policy that was sound
	when it was activated and whose people have left since.
	"""
	with factories.acting_as("Administrator"):
		policy = frappe.get_doc(
			{
				"doctype": "Routing Policy",
				"title": title,
				"document_type": "MOU",
				**tables_of(rules),
				**tables,
			}
		).insert()
		policy.submit()
		if activate:
			policy.db_set("status", "Active")
			versions.retire_predecessor(policy)
	return policy


def make_policy_of_departments(seats: dict[str, dict[str, Any]], **options: Any):
	"""A policy of mandatory seats by name, each put to a reviewer of its own with the fields given."""
	return make_policy(
		*(
			rule(
				seat,
				user=factories.make_user(f"{seat.lower()}@city.example", DEPARTMENT).name,
				mandatory=1,
				**fields,
			)
			for seat, fields in seats.items()
		),
		**options,
	)


@contextmanager
def committed_policy(*rules: dict[str, Any], title: str) -> Iterator[Any]:
	"""A policy in force for other processes to see, with what an agreement needs; ask for `committed`."""
	policy = make_policy(*rules, title=title)
	factories.the_usual_partner_city()
	factories.make_agreement_type()
	frappe.db.commit()
	yield policy


def set_settings(**values: Any) -> None:
	"""Values of City Diplomacy Settings for this test."""
	for fieldname, value in values.items():
		frappe.db.set_single_value("City Diplomacy Settings", fieldname, value)


def office() -> str:
	"""The officer who prepares the agreements of these tests."""
	return factories.make_person(OFFICER).name


def manager() -> str:
	"""The manager of the international office."""
	return factories.make_person(MANAGER).name


def all_roles_but_the_systems() -> str:
	"""Somebody with every role of this app but the override, and none of the system's."""
	email = "everything@city.example"
	if not frappe.db.exists("User", email):
		factories.make_user(email, *(role for role in ROLES if role != OVERRIDE))
	return email


def draft_by(author: str, **fields: Any):
	with factories.acting_as(author):
		return factories.make_agreement(**fields)


def under_way(**fields: Any):
	"""An agreement of the officer that stands in the first stage of the active policy."""
	with factories.acting_as(office()):
		return factories.start_clearance(factories.make_agreement(**fields))


def ready_to_sign(**fields: Any):
	agreement = under_way(**fields)
	return factories.clear_every_stage(agreement)


def in_force(**fields: Any):
	"""A signed agreement that went its whole way."""
	from city_diplomacy.partnerships.agreements import signing

	agreement = ready_to_sign(**fields)
	with factories.acting_as(manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
	return frappe.get_doc("MOU", agreement.name)


def clearance_for(agreement, seat: str, state: str | None = "Pending"):
	"""The clearance of a seat, by the words people read; the latest if there were several."""
	found = [row for row in factories.clearances_of(agreement, state) if row.seat == seat]
	assert found, f"{seat} is not asked about {agreement.name}"
	return found[-1]


def route_of(agreement):
	return frappe.get_doc("Approval Route", {"reference_doctype": "MOU", "reference_name": agreement.name})


def entries_of(agreement) -> list[Any]:
	"""The ledger of an agreement, first entry first, with all its columns."""
	return frappe.get_all(
		"Approval Decision",
		filters={"reference_name": agreement.name},
		fields=["*"],
		order_by="sequence asc",
		limit_page_length=0,
	)


def events_of(agreement) -> list[str]:
	return [entry.event for entry in entries_of(agreement)]


def state_of(agreement) -> str:
	return frappe.db.get_value("MOU", agreement.name, "workflow_state")


def picture_of(document) -> Picture:
	"""Every column of a document, its rows, its route, its clearances and its ledger, as they are stored."""
	where = {"reference_doctype": document.doctype, "reference_name": document.name}
	picture = {document.doctype: _rows(document.doctype, {"name": document.name})}
	for field in frappe.get_meta(document.doctype).get_table_fields():
		rows = {"parenttype": document.doctype, "parent": document.name, "parentfield": field.fieldname}
		picture[f"{document.doctype}.{field.fieldname}"] = _rows(field.options, rows)
	for doctype in ENGINE_DOCTYPES:
		picture[doctype] = _rows(doctype, where)
	return picture


def _rows(doctype: str, filters: dict[str, Any]) -> list[str]:
	rows = frappe.get_all(doctype, filters=filters, fields=["*"], limit_page_length=0)
	return sorted(str(sorted(row.items())) for row in rows)


def evidence(content: str = "Dear office, we agree. The attorney.") -> str:
	"""The URL of an uploaded letter."""
	return factories.make_file("letter.txt", content).file_url


def without_workers(
	act: Callable[[], Any], enqueue: Callable[..., None] = lambda *args, **options: None
) -> Any:
	"""Do something while nobody takes jobs from the queue, so that what is to be told only waits."""
	before, frappe.enqueue = frappe.enqueue, enqueue
	try:
		return act()
	finally:
		frappe.enqueue = before
