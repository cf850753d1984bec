"""DocTypes beside the agreement, routed for as long as a test runs."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from tests import factories
from tests.approvals import scenes

SETTINGS = {"doctype": "City Diplomacy Settings"}
SWITCHES = {
	"Delegation Visit": "route_visits",
	"Network Membership": "route_memberships",
	"Project": "route_projects",
}


def switch(doctype: str, on: bool) -> None:
	with factories.acting_as("Administrator"):
		settings = frappe.get_doc("City Diplomacy Settings")
		settings.company = settings.company or factories.our_company()
		settings.city_name = settings.city_name or "Seaport"
		settings.set(SWITCHES[doctype], int(on))
		settings.save()


@contextmanager
def committed_switch(doctype: str) -> Iterator[None]:
	"""Switch on for other processes to see, and put back what is older than the test; ask for `committed`.

	A state field is added to ERPNext's table: its column stays.
	"""
	began, settings = frappe.utils.now(), _stored_settings()
	switch(doctype, on=True)
	frappe.db.commit()
	try:
		yield
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		for record in (*scenes.ENGINE_DOCTYPES, "Approval Snapshot"):
			frappe.db.delete(record, {"reference_doctype": doctype})
		switch(doctype, on=False)
		for field in frappe.get_all("Custom Field", {"dt": doctype, "creation": [">=", began]}, pluck="name"):
			frappe.delete_doc("Custom Field", field, force=True)
		frappe.delete_doc("Workflow", f"City Diplomacy {doctype}", force=True)
		frappe.db.delete("Singles", SETTINGS)
		frappe.db.bulk_insert("Singles", ["doctype", "field", "value"], settings)
		frappe.db.commit()


def _stored_settings() -> list[tuple]:
	table = frappe.qb.DocType("Singles")
	query = frappe.qb.from_(table).select(table.doctype, table.field, table.value)
	return list(query.where(table.doctype == SETTINGS["doctype"]).run())


def policy_for(doctype: str, reviewer: str) -> None:
	"""An active policy by which one person is asked about documents of a DocType."""
	with factories.acting_as("Administrator"):
		policy = frappe.get_doc(
			{
				"doctype": "Routing Policy",
				"title": f"How a {doctype} is cleared",
				"document_type": doctype,
				"rules": [scenes.rule("Finance", user=reviewer, mandatory=1)],
			}
		).insert()
		policy.submit()
		policy.status = "Active"
		policy.save()
