"""The two sides of the decision benchmark: agreements by a policy, and a plain copy of their DocType."""

from itertools import pairwise
from typing import Any

import frappe

from city_diplomacy.trade_promotion.screening import gates

DOCTYPE, WORKFLOW, ACTION = "Benchmark Agreement", "Benchmark Agreement", "Benchmark Approve"
TITLE = "Benchmark of decisions"
STATE = "Benchmark Step {0}"
PARTNER, TYPE = "Benchmark City", "Benchmark Understanding"
# Tables that name the document a row is about, and the columns they do it by.
TRACES = (
	("Approval Decision", "reference_doctype", "reference_name"),
	("Approval Clearance", "reference_doctype", "reference_name"),
	("Approval Route", "reference_doctype", "reference_name"),
	("Approval Notice", "reference_doctype", "reference_name"),
	("Approval Snapshot", "reference_doctype", "reference_name"),
	("Comment", "reference_doctype", "reference_name"),
	("Workflow Action", "reference_doctype", "reference_name"),
	("Version", "ref_doctype", "docname"),
	("Notification Log", "document_type", "document_name"),
)


def make_user(email: str, *roles: str) -> None:
	frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": email.split("@")[0],
			"send_welcome_email": 0,
			"roles": [{"role": role} for role in roles],
		}
	).insert()


def make_doctype(steps: int, role: str) -> None:
	"""A copy of MOU without its code, and a native Workflow of as many actions as there are seats."""
	fields = [
		{
			**df.as_dict(no_default_fields=True),
			"options": DOCTYPE if df.fieldname == "amended_from" else df.options,
		}
		for df in frappe.get_meta("MOU").fields
	]
	rights = dict.fromkeys(("read", "write", "create", "submit"), 1)
	frappe.get_doc(
		{
			"doctype": "DocType",
			"name": DOCTYPE,
			"module": "Core",
			"custom": 1,
			"is_submittable": 1,
			"track_changes": 1,
			"autoname": "hash",
			"fields": fields,
			"permissions": [{"role": role, **rights}, {"role": "International Affairs Officer", **rights}],
		}
	).insert()
	states = ["Draft", *(STATE.format(number) for number in range(1, steps + 1))]
	for state in states[1:]:
		frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": state}).insert()
	frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": ACTION}).insert()
	frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": WORKFLOW,
			"document_type": DOCTYPE,
			"workflow_state_field": "workflow_state",
			"is_active": 1,
			"send_email_alert": 0,
			"states": [{"state": state, "doc_status": "0", "allow_edit": role} for state in states],
			"transitions": [
				{"state": state, "action": ACTION, "next_state": following, "allowed": role}
				for state, following in pairwise(states)
			],
		}
	).insert()


def active_policies() -> list[str]:
	return frappe.get_all("Routing Policy", {"status": "Active", "document_type": "MOU"}, pluck="name")


def make_policy(reviewers: list[str], mayor: str) -> None:
	"""Activate a policy that asks all reviewers at once and then the mayor; it retires the one before."""
	seats = [(1, "In Clearance", f"Seat {number}", user) for number, user in enumerate(reviewers, start=1)]
	policy = frappe.get_doc(
		{
			"doctype": "Routing Policy",
			"title": TITLE,
			"document_type": "MOU",
			"rules": [
				{"stage": stage, "workflow_state": state, "seat": seat, "asked_of": "User", "user": user}
				for stage, state, seat, user in (*seats, (2, "Mayor's Decision", "Mayor", mayor))
			],
		}
	).insert()
	policy.submit()
	policy.status = "Active"
	policy.save()


def make_agreement() -> Any:
	return frappe.get_doc({"doctype": "MOU", **_values()}).insert()


def make_plain() -> Any:
	return frappe.get_doc({"doctype": DOCTYPE, "workflow_state": "Draft", **_values()}).insert()


def _values() -> dict[str, Any]:
	company = frappe.get_all("Company", pluck="name", limit=1)[0]
	# The registers' own rules are not measured here.
	for doctype, values in (
		("Agreement Type", {"type_name": TYPE, "text_before_clearance": 0, "copy_at_signature": 0}),
		("Partner City", {"city_name": PARTNER, "country": "Japan"}),
	):
		if not frappe.db.exists(doctype, values):
			# A measurement in nobody's name, on a site for tests.
			frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
	city = frappe.db.get_value("Partner City", {"city_name": PARTNER}, "name")
	return {
		"title": TITLE,
		"purpose": "Learn from each other's ports.",
		"agreement_type": TYPE,
		"sponsor": frappe.session.user,
		"binding": "Non-binding",
		"parties": [
			{"side": "Ours", "party_type": "Company", "party": company},
			{"side": "Counterpart", "party_type": "Partner City", "party": city},
		],
	}


def screen_elsewhere(agreement: Any) -> None:
	"""The counterparts of an agreement were screened, without which nobody else is asked."""
	today = frappe.utils.nowdate()
	for subject_type, subject in gates.counterparts(agreement):
		if gates.what_is_missing(subject_type, subject):
			frappe.get_doc(
				{
					"doctype": "Party Screening",
					"method": "Elsewhere",
					"subject_type": subject_type,
					"subject": subject,
					"done_by": "Benchmark",
					"done_where": "Benchmark",
					"done_on": today,
					"valid_until": today,
					"done_words": "Benchmark",
				}
			).insert(ignore_permissions=True)  # the benchmark's own, on a site for tests


def remove(*users: str) -> None:
	"""Take everything away again, beneath the document layer where the engine refuses it above.

	Let the jobs about it end before, so that they leave nothing afterwards.
	"""
	for doctype in ("MOU", DOCTYPE):
		if not frappe.db.exists("DocType", doctype):
			continue
		names = frappe.get_all(doctype, {"title": TITLE}, pluck="name", limit_page_length=0)
		if not names:
			continue
		clearances = frappe.get_all("Approval Clearance", {"reference_name": ["in", names]}, pluck="name")
		actions = frappe.get_all("Workflow Action", {"reference_name": ["in", names]}, pluck="name")
		frappe.db.delete("Workflow Action Permitted Role", {"parent": ["in", actions]})
		frappe.db.delete(
			"ToDo", {"reference_type": "Approval Clearance", "reference_name": ["in", clearances]}
		)
		for table, kind, name in TRACES:
			frappe.db.delete(table, {kind: doctype, name: ["in", names]})
		for field in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(field.options, {"parenttype": doctype, "parent": ["in", names]})
		frappe.db.delete(doctype, {"name": ["in", names]})
	for policy in frappe.get_all("Routing Policy", {"title": TITLE}, pluck="name"):
		frappe.db.delete("Routing Rule", {"parent": policy})
		frappe.db.delete("Version", {"ref_doctype": "Routing Policy", "docname": policy})
		frappe.db.delete("Routing Policy", {"name": policy})
	partners = frappe.get_all("Partner City", {"city_name": PARTNER}, pluck="name")
	frappe.db.delete("Party Screening", {"subject": ["in", partners or [""]]})
	frappe.db.delete("Partner City", {"city_name": PARTNER})
	frappe.db.delete("Agreement Type", {"name": TYPE})
	_delete("Workflow", {"name": WORKFLOW})
	_delete("Workflow Action Master", {"name": ACTION})
	_delete("Workflow State", {"name": ["like", STATE.format("%")]})
	_delete("DocType", {"name": DOCTYPE})
	for user in users:
		_delete("Contact", {"user": user})
		_delete("User", {"name": user})
	frappe.db.sql_ddl(f"drop table if exists `tab{DOCTYPE}`")


def _delete(doctype: str, filters: dict[str, Any]) -> None:
	for name in frappe.get_all(doctype, filters, pluck="name"):
		frappe.delete_doc(doctype, name, force=True, delete_permanently=True)
