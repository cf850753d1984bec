"""A plain DocType with a native Workflow of two states: where every way around an approval leads through.

The tests of property 3 try each way here first, so that a way that never worked proves nothing. Making a
DocType changes the schema, which no test can roll back: a process of its own makes it once for the run, and
another one removes it.
"""

import multiprocessing
import os
from collections.abc import Callable

import frappe

from city_diplomacy.access.rights import MANAGER, OFFICER

DOCTYPE, ROW = "Plain Agreement", "Plain Agreement Party"
WORKFLOW, FINAL_STATE, ACTION = "Plain Agreement", "Agreed", "Agree"
ALL_RIGHTS = (
	"read",
	"write",
	"create",
	"delete",
	"submit",
	"cancel",
	"amend",
	"import",
	"export",
	"share",
	"report",
	"print",
	"email",
)


def in_a_process_of_its_own(act: Callable[[], None]) -> None:
	"""Run `make` or `remove` on the site of this process, committed."""
	context = multiprocessing.get_context("spawn")
	process = context.Process(target=_run, args=(act, frappe.local.site, os.getcwd()))
	process.start()
	process.join(300)
	assert process.exitcode == 0, f"{act.__name__} failed"


def _run(act: Callable[[], None], site: str, sites: str) -> None:
	os.chdir(sites)
	frappe.init(site)
	frappe.connect()
	act()
	frappe.db.commit()
	frappe.destroy()


def make() -> None:
	remove()
	_insert_doctype(
		ROW,
		istable=1,
		fields=[{"fieldname": "party", "label": "Party", "fieldtype": "Data", "in_list_view": 1}],
	)
	_insert_doctype(
		DOCTYPE,
		is_submittable=1,
		allow_rename=1,
		allow_import=1,
		fields=[
			{"fieldname": "title", "label": "Title", "fieldtype": "Data", "allow_on_submit": 1},
			{
				"fieldname": "workflow_state",
				"label": "Workflow State",
				"fieldtype": "Link",
				"options": "Workflow State",
				"allow_on_submit": 1,
			},
			{"fieldname": "parties", "label": "Parties", "fieldtype": "Table", "options": ROW},
			{
				"fieldname": "amended_from",
				"label": "Amended From",
				"fieldtype": "Link",
				"options": DOCTYPE,
				"read_only": 1,
				"no_copy": 1,
			},
		],
		permissions=[
			{"role": role, **dict.fromkeys(ALL_RIGHTS, 1)} for role in (MANAGER, OFFICER, "System Manager")
		],
	)
	frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": FINAL_STATE}).insert()
	frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": ACTION}).insert()
	frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": WORKFLOW,
			"document_type": DOCTYPE,
			"workflow_state_field": "workflow_state",
			"is_active": 1,
			"send_email_alert": 0,
			"states": [
				{"state": "Draft", "doc_status": "0", "allow_edit": OFFICER},
				{"state": FINAL_STATE, "doc_status": "1", "allow_edit": OFFICER},
			],
			"transitions": [
				{"state": "Draft", "action": ACTION, "next_state": FINAL_STATE, "allowed": MANAGER}
			],
		}
	).insert()


def remove() -> None:
	for doctype, name in (
		("Workflow", WORKFLOW),
		("Workflow Action Master", ACTION),
		("Workflow State", FINAL_STATE),
		("DocType", DOCTYPE),
		("DocType", ROW),
	):
		if frappe.db.exists(doctype, name):
			frappe.delete_doc(doctype, name, force=True)
	for doctype in (DOCTYPE, ROW):
		frappe.db.sql_ddl(f"drop table if exists `tab{doctype}`")


def _insert_doctype(name: str, **fields) -> None:
	frappe.get_doc(
		{"doctype": "DocType", "name": name, "module": "Core", "custom": 1, "autoname": "hash", **fields}
	).insert()
