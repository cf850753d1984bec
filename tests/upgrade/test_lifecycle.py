"""Install, migrate and uninstall on a real site: the same end each time, and no trace afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path

import frappe
import pytest
from frappe.model.workflow import apply_workflow

import city_diplomacy
from city_diplomacy.access.rights import DEPARTMENT
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_routed
from tests import factories
from tests.approvals import scenes
from tests.approvals.switched_on import policy_for, switch

pytestmark = pytest.mark.real_site

# What an app brings to a site besides its own tables. Row names are left out where Frappe makes them up.
BROUGHT = {
	"Custom Field": ("dt", "fieldname", "fieldtype", "options", "insert_after"),
	"Custom DocPerm": ("parent", "role", "permlevel", "read", "write", "create", "delete", "submit", "share"),
	"Property Setter": ("doc_type", "field_name", "property", "value"),
	"Role": ("name", "desk_access"),
	"Has Role": ("parent", "parenttype", "role"),
	"Workflow": ("name", "document_type", "is_active"),
	"Workflow State": ("name", "style"),
	"Workflow Action Master": ("name",),
	"Workflow Transition": ("parent", "state", "action", "next_state", "allowed", "condition"),
	"DocType": ("name", "module"),
	"DocPerm": ("parent", "role", "read", "write", "create", "delete", "submit", "share"),
	"Module Def": ("name", "app_name"),
	"Report": ("name", "module"),
	"Workspace": ("name", "module"),
	"Print Format": ("name", "module"),
	"Number Card": ("name", "module"),
	"Dashboard Chart": ("name", "module"),
	"Notification": ("name", "module"),
	"Web Form": ("name", "module"),
	"Singles": ("doctype", "field"),
	"DefaultValue": ("parent", "defkey", "defvalue"),
	"Dynamic Link": ("parent", "link_doctype", "link_name"),
	"ToDo": ("name", "reference_type"),
	"Logs To Clear": ("parent", "ref_doctype", "days"),
	"Email Queue": ("name",),
}
SEEDED = {
	"SDG Goal": ("name", "title"),
	"SDG Target": ("name", "goal", "description"),
	"Agreement Type": ("name", "default_term_months", "notice_days"),
	"Routing Policy": ("name", "status", "docstatus"),
	"Routing Rule": ("parent", "idx", "seat", "asked_of", "rule_key"),
}
PROJECTS = ("Uninstalled Quay", "Uninstalled Crane")
PLANNER, REVIEWER = "planner@uninstalled.example", "finance@uninstalled.example"
# Written by every migration of any app.
NOISE = {("Singles", "System Settings"), ("Singles", "Installed Applications")}


@pytest.fixture
def bench(outside_transaction):
	"""Runs bench commands on the test site with this checkout's code; no transaction of ours is in their way."""
	frappe.db.rollback()

	def run(*words: str) -> str:
		# A change of the schema would wait for ever for a transaction of ours, after a failed test too.
		frappe.db.rollback()
		done = subprocess.run(
			[
				sys.executable,
				"-m",
				"frappe.utils.bench_helper",
				"frappe",
				"--site",
				frappe.local.site,
				*words,
			],
			cwd=os.environ["CITY_DIPLOMACY_SITES"],
			stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT,
			text=True,
		)
		frappe.db.rollback()
		assert done.returncode == 0, done.stdout[-4000:]
		return done.stdout

	yield run
	frappe.db.rollback()
	frappe.clear_cache()


def test_migrating_again_changes_nothing(bench):
	# The runner migrates every site to this checkout before the tests.
	first = rows_of({**BROUGHT, **SEEDED})

	bench("migrate", "--skip-search-index")

	assert differences(first, rows_of({**BROUGHT, **SEEDED})) == {}


def test_uninstalling_leaves_erpnext_as_it_was_before_installing(bench):
	bench("uninstall-app", "city_diplomacy", "--yes", "--no-backup")
	try:
		before, columns_before = rows_of(BROUGHT), columns()

		bench("install-app", "city_diplomacy")
		use_the_app()
		assert differences(before, rows_of(BROUGHT)), "installing brought nothing, so nothing can be proved"
		bench("uninstall-app", "city_diplomacy", "--yes", "--no-backup")

		assert_the_projects_are_plain_again()
		remove_people_and_projects()
		assert differences(before, rows_of(BROUGHT)) == {}
		assert columns() == columns_before
		assert not tables_of_the_app()
	finally:
		bench("install-app", "city_diplomacy")
		frappe.clear_cache()
		frappe.delete_doc_if_exists("Address", "Uninstalled-Billing", force=True)
		remove_people_and_projects()
	assert not is_routed("Project"), "the settings of before are still there"
	settings = frappe.get_doc("City Diplomacy Settings")
	assert (settings.digest_hour, settings.deliver) == (8, "At Once")


def use_the_app() -> None:
	"""Leave what daily work leaves: a partner with an address, a promise with its to-do, a comment, a role given,
	and ERPNext's projects routed, one of them approved and another on its way."""
	frappe.clear_cache()
	partner = frappe.get_doc(
		{"doctype": "Partner City", "city_name": "Uninstalled", "country": "Japan", "population": 1}
	).insert()
	partner.add_comment("Comment", "seen")
	frappe.get_doc(
		{
			"doctype": "Address",
			"address_title": "Uninstalled",
			"address_line1": "1 Main Street",
			"city": "Uninstalled",
			"country": "Japan",
			"links": [{"link_doctype": "Partner City", "link_name": partner.name}],
		}
	).insert()
	frappe.get_doc(
		{
			"doctype": "Partnership Commitment",
			"commitment": "Send the delegation list",
			"owed_by": "Person",
			"user": "Administrator",
			"due_date": "2030-01-01",
			"source_doctype": "Partner City",
			"source_name": partner.name,
		}
	).insert()
	switch("Network Membership", on=True)
	switch("Project", on=True)
	planner = factories.make_user(PLANNER, "Projects User", "Projects Manager").name
	policy_for("Project", factories.make_user(REVIEWER, DEPARTMENT).name)
	# Letters already queued are the city's; nobody is to get one from here.
	scenes.without_workers(lambda: approve(planner, project_of(planner, PROJECTS[0])))
	scenes.without_workers(lambda: set_out(planner, project_of(planner, PROJECTS[1])))
	frappe.db.commit()


def project_of(planner: str, title: str) -> str:
	values = {"doctype": "Project", "project_name": title, "company": factories.our_company()}
	with factories.acting_as(planner):
		return frappe.get_doc(values).insert().name


def set_out(planner: str, project: str) -> str:
	"""Answers the question that is put."""
	with factories.acting_as(planner):
		apply_workflow(frappe.get_doc("Project", project), "Submit for Intake")
		api.start("Project", project)
	return frappe.get_all("Approval Clearance", {"reference_name": project}, pluck="name")[0]


def approve(planner: str, project: str) -> None:
	question = set_out(planner, project)
	with factories.acting_as(REVIEWER):
		api.decide(question, "Clear")
	with factories.acting_as(planner):
		api.complete("Project", project)
	assert frappe.db.get_value("Project", project, "workflow_state") == "Active"


def assert_the_projects_are_plain_again() -> None:
	"""Whatever was approved about them or asked, ERPNext opens, changes and deletes them as any other."""
	frappe.clear_cache()
	# This process has read the hooks while the app was there.
	del frappe.local.doc_events_hooks
	for name in frappe.get_all("Project", {"project_name": ["in", PROJECTS]}, pluck="name"):
		project = frappe.get_doc("Project", name)
		assert not project.meta.has_field("workflow_state")
		project.estimated_costing = 5
		project.save()
		project.delete()


def remove_people_and_projects() -> None:
	for project in frappe.get_all("Project", {"project_name": ["in", PROJECTS]}, pluck="name"):
		frappe.delete_doc("Project", project, force=True)
	for person in (PLANNER, REVIEWER):
		for contact in frappe.get_all("Contact Email", {"email_id": person}, pluck="parent"):
			frappe.delete_doc("Contact", contact, force=True)
		frappe.delete_doc_if_exists("User", person, force=True)
		frappe.db.delete("DefaultValue", {"parent": person})
	frappe.db.commit()


def rows_of(tables: dict[str, tuple[str, ...]]) -> dict[str, list[tuple]]:
	"""The rows of each table that still exists, without what Frappe numbers at random."""
	frappe.db.rollback()
	return {
		doctype: sorted(
			tuple(str(value) for value in row)
			for row in frappe.get_all(doctype, fields=list(fields), as_list=True, limit_page_length=0)
			if (doctype, row[0]) not in NOISE
		)
		if doctype != "Singles"
		else singles()
		for doctype, fields in tables.items()
	}


def singles() -> list[tuple]:
	table = frappe.qb.Table("tabSingles")
	rows = frappe.qb.from_(table).select(table.doctype, table.field).run()
	return sorted(tuple(row) for row in rows if ("Singles", row[0]) not in NOISE)


def columns() -> set[tuple[str, str]]:
	"""Every column of every table of the site's database."""
	frappe.db.rollback()
	information = frappe.qb.Schema("information_schema").columns
	rows = (
		frappe.qb.from_(information)
		.select(information.table_name, information.column_name)
		.where(information.table_schema == frappe.conf.db_name)
		.run()
	)
	return {tuple(row) for row in rows}


def tables_of_the_app() -> set[str]:
	"""The tables of the app's own DocTypes that still stand."""
	files = Path(city_diplomacy.__file__).parent.glob("*/doctype/*/*.json")
	ours = {f"tab{json.loads(file.read_text())['name']}" for file in files}
	assert ours
	return ours & {table for table, _column in columns()}


def differences(before: dict[str, list], after: dict[str, list]) -> dict[str, dict[str, list]]:
	"""What is there now and was not, and the other way round, by table."""
	found = {}
	for table in before:
		came = sorted(set(after[table]) - set(before[table]))
		went = sorted(set(before[table]) - set(after[table]))
		if came or went:
			found[table] = {"came": came[:10], "went": went[:10]}
	return found
