"""Taking back what install brought, so that ERPNext is as it was before.

DocTypes, reports, workspaces and the like go with their modules, which Frappe removes itself. Files people
uploaded stay: they are the city's. So do the keys of the ledgers in `site_config.json`, without which records that
were exported could not be verified any more.
"""

import frappe

from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings
from city_diplomacy.partnership_approvals.routing.workflows import STATE_STYLES, actions_of
from city_diplomacy.setup.custom_fields import CUSTOM_FIELDS, STATE_FIELDS
from city_diplomacy.setup.lists_and_links import remove_names_in_links, remove_wide_lists
from city_diplomacy.setup.roles import remove_roles, revoke_masters

# DocType: its field that names the DocType of the record it hangs on.
TRACES = {
	"ToDo": "reference_type",
	"Notification Log": "document_type",
	"Comment": "reference_doctype",
	"Version": "ref_doctype",
	"Workflow Action": "reference_doctype",
	"Dynamic Link": "link_doctype",
	"Property Setter": "doc_type",
	"Custom Field": "dt",
	"Custom DocPerm": "parent",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Logs To Clear": "ref_doctype",
	# Frappe keeps the values of a single DocType that is gone, and an app installed again would find them.
	"Singles": "doctype",
	"Global Search DocType": "document_type",
	"Kanban Board": "reference_doctype",
}


def before_uninstall() -> None:
	remove_workflows()
	remove_traces()
	remove_custom_fields()
	remove_names_in_links()
	remove_wide_lists()
	revoke_masters()
	remove_roles()


def remove_workflows() -> None:
	"""Remove our workflows, and the states and actions no other workflow uses."""
	routings = declared_routings().values()
	for routing in routings:
		frappe.db.delete("Workflow Action", {"reference_doctype": routing.doctype})
		if frappe.db.exists("Workflow", routing.workflow_name):
			# Uninstall runs as the system.
			frappe.delete_doc("Workflow", routing.workflow_name, force=True, ignore_permissions=True)
	for state in STATE_STYLES:
		if not frappe.db.exists("Workflow Document State", {"state": state}):
			frappe.db.delete("Workflow State", {"name": state})
	for action in {action for routing in routings for action in actions_of(routing)}:
		if not frappe.db.exists("Workflow Transition", {"action": action}):
			frappe.db.delete("Workflow Action Master", {"name": action})


def remove_custom_fields() -> None:
	"""Remove our fields from ERPNext's DocTypes and, which Frappe leaves behind, their columns."""
	for doctype, fields in (*CUSTOM_FIELDS.items(), *STATE_FIELDS.items()):
		for field in fields:
			name = f"{doctype}-{field['fieldname']}"
			if frappe.db.exists("Custom Field", name):
				# Uninstall runs as the system.
				frappe.delete_doc("Custom Field", name, force=True, ignore_permissions=True)
			if frappe.db.has_column(doctype, field["fieldname"]):
				frappe.db.sql_ddl(f"ALTER TABLE `tab{doctype}` DROP COLUMN `{field['fieldname']}`")
		frappe.clear_cache(doctype=doctype)


def remove_traces() -> None:
	"""Remove what hangs on our records in Frappe's own tables."""
	ours = frappe.get_all(
		"DocType", filters={"module": ["in", frappe.get_module_list("city_diplomacy")]}, pluck="name"
	)
	boards = frappe.get_all("Kanban Board", filters={"reference_doctype": ["in", ours]}, pluck="name")
	frappe.db.delete("Kanban Board Column", {"parent": ["in", boards]})
	for doctype, field in TRACES.items():
		frappe.db.delete(doctype, {field: ["in", ours]})
