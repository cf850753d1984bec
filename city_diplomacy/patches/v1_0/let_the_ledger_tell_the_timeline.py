"""The moves of routed documents are told on their forms by the ledger, with who made them (`timeline.py`).

What earlier releases wrote beside it in the system's name, a workflow comment and a version of the state for each move,
would credit Administrator with what people did.
"""

import json
from typing import Any

import frappe

from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings

SYSTEM = "Administrator"
AT_A_TIME = 1000


def execute() -> None:
	for doctype, routing in declared_routings().items():
		routed = set(
			frappe.get_all(
				"Approval Route", {"reference_doctype": doctype}, pluck="reference_name", limit_page_length=0
			)
		)
		comments = frappe.get_all(
			"Comment",
			{
				"reference_doctype": doctype,
				"comment_type": "Workflow",
				"owner": SYSTEM,
				"comment_by": SYSTEM,
			},
			["name", "reference_name"],
			limit_page_length=0,
		)
		_delete("Comment", [row.name for row in comments if row.reference_name in routed])
		versions = frappe.get_all(
			"Version",
			{"ref_doctype": doctype, "owner": SYSTEM},
			["name", "docname", "data"],
			limit_page_length=0,
		)
		_delete(
			"Version",
			[row.name for row in versions if row.docname in routed and _is_a_move(row, routing.state_field)],
		)


def _is_a_move(version: Any, state_field: str) -> bool:
	"""Whether a version says nothing but that the state is another one."""
	data = json.loads(version.data or "{}")
	others = any(data.get(kind) for kind in ("added", "removed", "row_changed"))
	return not others and [change[0] for change in data.get("changed") or ()] == [state_field]


def _delete(doctype: str, names: list[str]) -> None:
	for start in range(0, len(names), AT_A_TIME):
		frappe.db.delete(doctype, {"name": ["in", names[start : start + AT_A_TIME]]})
