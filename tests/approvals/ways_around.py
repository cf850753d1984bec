"""The ways by which somebody might move, change or remove a document past its approval.

Each is a function of a `Target`, tried with everything a role can grant: requests as a browser, a script or
another system sends them, and calls as Desk makes them. A way does not know whether it will be let through.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow, bulk_workflow_approval

from tests import factories


@dataclass(frozen=True)
class Target:
	"""A document somebody would like to see further on than it is."""

	doctype: str
	name: str
	later_state: str
	action: str
	table: str
	browser: Any
	"""Signed in as the person who tries."""

	@property
	def doc(self) -> Any:
		return frappe.get_doc(self.doctype, self.name)

	@property
	def row(self) -> Any:
		return self.doc.get(self.table)[0]

	def copy(self, **changes: Any) -> dict[str, Any]:
		"""The client's copy of the document, with what it changed in it."""
		return {**json.loads(frappe.as_json(self.doc.as_dict())), **changes}

	def resource(self, doctype: str = "", name: str = "") -> str:
		return f"/api/resource/{doctype or self.doctype}/{name or self.name}"


Way = Callable[[Target], Any]
FLAGS = {
	"ignore_permissions": 1,
	"ignore_validate": 1,
	"ignore_mandatory": 1,
	"recording_existing": 1,
	"moved_by_route": {"state": "Active", "row": {"workflow_state": "Active"}},
	"as_read": {"workflow_state": "Active"},
}


# Moving a draft on


def saving_the_state_over_rest(target: Target):
	target.browser.request("PUT", target.resource(), json={"workflow_state": target.later_state})


def saving_the_state_over_rest_with_flags(target: Target):
	change = {"workflow_state": target.later_state, "flags": FLAGS, **FLAGS}
	target.browser.request("PUT", target.resource(), json=change)


def saving_the_state_over_the_second_rest(target: Target):
	path = f"/api/v2/document/{target.doctype}/{target.name}/"
	target.browser.request("PATCH", path, json={"workflow_state": target.later_state})


def submitting_over_rest(target: Target):
	target.browser.request("PUT", target.resource(), json={"docstatus": 1})


def submitting_by_the_second_rests_method(target: Target):
	target.browser.post(f"/api/v2/document/{target.doctype}/{target.name}/method/submit/")


def submitting_by_rests_run_method(target: Target):
	target.browser.post(target.resource(), run_method="submit")


def submitting_by_the_documents_own_method(target: Target):
	target.browser.post("/api/method/run_doc_method", dt=target.doctype, dn=target.name, method="submit")


def submitting_a_client_copy_by_the_documents_own_method(target: Target):
	copy = target.copy(workflow_state=target.later_state, flags=FLAGS)
	target.browser.post("/api/method/run_doc_method", docs=frappe.as_json(copy), method="submit")


def setting_the_value(target: Target):
	target.browser.call(
		"frappe.client.set_value",
		doctype=target.doctype,
		name=target.name,
		fieldname="workflow_state",
		value=target.later_state,
	)


def setting_several_values(target: Target):
	values = {"workflow_state": target.later_state, "docstatus": 1}
	target.browser.call(
		"frappe.client.set_value", doctype=target.doctype, name=target.name, fieldname=json.dumps(values)
	)


def saving_a_client_copy(target: Target):
	target.browser.call("frappe.client.save", doc=json.dumps(target.copy(workflow_state=target.later_state)))


def submitting_a_client_copy(target: Target):
	target.browser.call("frappe.client.submit", doc=json.dumps(target.copy()))


def setting_several_values_with_flags(target: Target):
	values = {"workflow_state": target.later_state, "flags": FLAGS, **FLAGS}
	target.browser.call(
		"frappe.client.set_value", doctype=target.doctype, name=target.name, fieldname=json.dumps(values)
	)


def saving_a_client_copy_with_flags(target: Target):
	copy = target.copy(workflow_state=target.later_state, flags=FLAGS, **FLAGS)
	target.browser.call("frappe.client.save", doc=json.dumps(copy))


def updating_in_bulk_by_the_client(target: Target):
	change = {"doctype": target.doctype, "docname": target.name, "workflow_state": target.later_state}
	target.browser.call("frappe.client.bulk_update", docs=json.dumps([change]))


def updating_in_bulk_from_the_list(target: Target):
	_bulk(target, "update", workflow_state=target.later_state)


def submitting_in_bulk_from_the_list(target: Target):
	_bulk(target, "submit")


def approving_in_bulk(target: Target):
	with _person_of(target):
		bulk_workflow_approval(json.dumps([target.name]), target.doctype, target.action)


def taking_the_workflows_action(target: Target):
	with _person_of(target):
		apply_workflow(target.doc, target.action)


def taking_the_workflows_action_with_flags(target: Target):
	copy = target.copy(workflow_state=target.later_state, flags=FLAGS, **FLAGS)
	target.browser.call("frappe.model.workflow.apply_workflow", doc=json.dumps(copy), action=target.action)


def saving_as_desk_does(target: Target):
	copy = target.copy(workflow_state=target.later_state)
	target.browser.call("frappe.desk.form.save.savedocs", doc=json.dumps(copy), action="Save")


def submitting_as_desk_does(target: Target):
	target.browser.call("frappe.desk.form.save.savedocs", doc=json.dumps(target.copy()), action="Submit")


def dragging_the_card_on_a_kanban_board(target: Target):
	board = f"Board {frappe.generate_hash(length=8)}"
	with factories.acting_as("Administrator"):
		frappe.get_doc(
			{
				"doctype": "Kanban Board",
				"kanban_board_name": board,
				"reference_doctype": target.doctype,
				"field_name": "workflow_state",
				"columns": [
					{"column_name": target.doc.workflow_state, "order": json.dumps([target.name])},
					{"column_name": target.later_state},
				],
			}
		).insert()
	target.browser.call(
		"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card",
		board_name=board,
		docname=target.name,
		from_colname=target.doc.workflow_state,
		to_colname=target.later_state,
		old_index=0,
		new_index=0,
	)


def submitting_in_code(target: Target):
	with _person_of(target):
		target.doc.submit()


def saving_the_state_in_code(target: Target):
	with _person_of(target):
		doc = target.doc
		doc.workflow_state = target.later_state
		doc.save()


def saving_the_state_with_the_workflow_switched_off(target: Target):
	with _workflow_switched_off(target):
		saving_the_state_over_rest(target)


def submitting_with_the_workflow_switched_off(target: Target):
	with _workflow_switched_off(target):
		submitting_over_rest(target)


def importing_the_state(target: Target):
	import_rows(
		target.doctype, "Update Existing Records", {"ID": target.name, "Workflow State": target.later_state}
	)


STATES: tuple[Way, ...] = (
	saving_the_state_over_rest,
	saving_the_state_over_rest_with_flags,
	saving_the_state_over_the_second_rest,
	setting_the_value,
	setting_several_values,
	setting_several_values_with_flags,
	saving_a_client_copy,
	saving_a_client_copy_with_flags,
	updating_in_bulk_by_the_client,
	updating_in_bulk_from_the_list,
	approving_in_bulk,
	taking_the_workflows_action,
	taking_the_workflows_action_with_flags,
	saving_as_desk_does,
	dragging_the_card_on_a_kanban_board,
	saving_the_state_in_code,
	saving_the_state_with_the_workflow_switched_off,
	importing_the_state,
)
SUBMISSIONS: tuple[Way, ...] = (
	submitting_over_rest,
	submitting_by_the_second_rests_method,
	submitting_by_rests_run_method,
	submitting_by_the_documents_own_method,
	submitting_a_client_copy_by_the_documents_own_method,
	submitting_a_client_copy,
	submitting_in_bulk_from_the_list,
	submitting_as_desk_does,
	submitting_in_code,
	submitting_with_the_workflow_switched_off,
)
MOVES = STATES + SUBMISSIONS


# Changing the text people read


def changing_the_text_over_rest(target: Target):
	target.browser.request("PUT", target.resource(), json={"title": "Another title"})


def changing_the_text_of_a_client_copy(target: Target):
	target.browser.call("frappe.client.save", doc=json.dumps(target.copy(title="Another title")))


def changing_a_row_by_itself(target: Target):
	row = target.row
	target.browser.request("PUT", target.resource(row.doctype, row.name), json={"idx": 7, "role": "Other"})


def deleting_a_row_by_itself(target: Target):
	row = target.row
	target.browser.request("DELETE", target.resource(row.doctype, row.name))


def deleting_a_row_by_the_client(target: Target):
	row = target.row
	target.browser.call("frappe.client.delete", doctype=row.doctype, name=row.name)


def setting_a_value_of_a_row(target: Target):
	row = target.row
	target.browser.call(
		"frappe.client.set_value",
		doctype=row.doctype,
		name=row.name,
		fieldname="party",
		value="Somebody else",
	)


def adding_a_row_by_itself(target: Target):
	row = target.row.as_dict()
	new = {key: value for key, value in row.items() if key not in ("name", "idx", "creation", "modified")}
	target.browser.request("POST", f"/api/resource/{row.doctype}", json=json.loads(frappe.as_json(new)))


def adding_a_row_by_the_client(target: Target):
	row = target.row.as_dict()
	new = {key: value for key, value in row.items() if key not in ("name", "idx", "creation", "modified")}
	target.browser.call("frappe.client.insert", doc=frappe.as_json(new))


# Edits of the document itself: while people clear it they are allowed, and ask again those who cleared it.
EDITS: tuple[Way, ...] = (
	changing_the_text_over_rest,
	changing_the_text_of_a_client_copy,
	deleting_a_row_by_the_client,
)
CHANGES: tuple[Way, ...] = (
	changing_a_row_by_itself,
	deleting_a_row_by_itself,
	setting_a_value_of_a_row,
	adding_a_row_by_itself,
	adding_a_row_by_the_client,
)


# Taking the document away


def deleting_over_rest(target: Target):
	target.browser.request("DELETE", target.resource())


def deleting_over_the_second_rest(target: Target):
	target.browser.request("DELETE", f"/api/v2/document/{target.doctype}/{target.name}/")


def deleting_by_the_client(target: Target):
	target.browser.call("frappe.client.delete", doctype=target.doctype, name=target.name)


def deleting_from_the_list(target: Target):
	target.browser.call(
		"frappe.desk.reportview.delete_items", doctype=target.doctype, items=json.dumps([target.name])
	)


def deleting_in_code(target: Target):
	with _person_of(target):
		frappe.delete_doc(target.doctype, target.name, force=True)


def renaming_by_the_client(target: Target):
	target.browser.call(
		"frappe.client.rename_doc",
		doctype=target.doctype,
		old_name=target.name,
		new_name=f"{target.name}-renamed",
	)


def renaming_as_desk_does(target: Target):
	target.browser.call(
		"frappe.model.rename_doc.update_document_title",
		doctype=target.doctype,
		docname=target.name,
		name=f"{target.name}-renamed",
	)


def renaming_in_code(target: Target):
	with _person_of(target):
		frappe.rename_doc(target.doctype, target.name, f"{target.name}-renamed", force=True)


REMOVALS: tuple[Way, ...] = (
	deleting_over_rest,
	deleting_over_the_second_rest,
	deleting_by_the_client,
	deleting_from_the_list,
	deleting_in_code,
	renaming_by_the_client,
	renaming_as_desk_does,
	renaming_in_code,
)


# Undoing what is in force


def cancelling_by_the_client(target: Target):
	target.browser.call("frappe.client.cancel", doctype=target.doctype, name=target.name)


def cancelling_as_desk_does(target: Target):
	target.browser.call("frappe.desk.form.save.cancel", doctype=target.doctype, name=target.name)


def cancelling_by_saving_a_copy(target: Target):
	target.browser.call("frappe.desk.form.save.savedocs", doc=json.dumps(target.copy()), action="Cancel")


def cancelling_over_rest(target: Target):
	target.browser.request("PUT", target.resource(), json={"docstatus": 2})


def cancelling_by_the_documents_own_method(target: Target):
	target.browser.post("/api/method/run_doc_method", dt=target.doctype, dn=target.name, method="cancel")


def cancelling_in_bulk_from_the_list(target: Target):
	_bulk(target, "cancel")


def cancelling_with_all_that_hangs_on_it(target: Target):
	target.browser.call(
		"frappe.desk.form.linked_with.cancel_all_linked_docs",
		docs=json.dumps([{"doctype": target.doctype, "name": target.name, "docstatus": 1}]),
	)


def cancelling_in_code(target: Target):
	with _person_of(target):
		target.doc.cancel()


CANCELLATIONS: tuple[Way, ...] = (
	cancelling_by_the_client,
	cancelling_as_desk_does,
	cancelling_by_saving_a_copy,
	cancelling_over_rest,
	cancelling_by_the_documents_own_method,
	cancelling_in_bulk_from_the_list,
	cancelling_with_all_that_hangs_on_it,
	cancelling_in_code,
)


def import_rows(doctype: str, kind: str, *rows: dict[str, str], submit: bool = False) -> None:
	"""Run Frappe's Data Import over rows given by column headings; only an administrator can start it."""
	from frappe.core.doctype.data_import.data_import import start_import

	headings = list(rows[0])
	lines = [headings, *([row[heading] for heading in headings] for row in rows)]
	with factories.acting_as("Administrator"):
		sheet = factories.make_file(
			"import.csv", "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
		)
		task = frappe.get_doc(
			{
				"doctype": "Data Import",
				"reference_doctype": doctype,
				"import_type": kind,
				"import_file": sheet.file_url,
				"submit_after_import": int(submit),
				"mute_emails": 1,
			}
		).insert()
		start_import(task.name)


def _bulk(target: Target, action: str, **data: Any) -> None:
	target.browser.call(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=target.doctype,
		docnames=json.dumps([target.name]),
		action=action,
		data=json.dumps(data) if data else None,
	)


def _person_of(target: Target):
	return factories.acting_as(target.browser.person)


@contextmanager
def _workflow_switched_off(target: Target) -> Iterator[None]:
	workflow = frappe.db.get_value("Workflow", {"document_type": target.doctype, "is_active": 1}, "name")
	_switch(workflow, 0)
	try:
		yield
	finally:
		_switch(workflow, 1)


def _switch(workflow: str, is_active: int) -> None:
	with factories.acting_as("Administrator"):
		doc = frappe.get_doc("Workflow", workflow)
		doc.is_active = is_active
		doc.save()
	frappe.db.commit()
