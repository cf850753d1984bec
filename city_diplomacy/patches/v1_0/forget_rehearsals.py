"""A policy is rehearsed by a report now: the runs and the page of before go; what a run found stays in a sentence.

Each finished run is noted on the timeline of its policy, since it may be why the policy was switched on.
"""

import frappe
from frappe import _
from frappe.utils import format_datetime, formatdate

from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.registers.languages import in_language, site_language

RUN, ROW, PAGE = "Policy Rehearsal", "Rehearsal Difference", "policy-lab"
COLUMNS = ("name", "policy", "since", "status", "run_by", "ended_on", "examined", "differing", "problems")


def execute() -> None:
	if frappe.db.exists("DocType", RUN) and frappe.db.table_exists(RUN):
		_keep_what_was_found()
	_lead_links_to_the_report()
	frappe.delete_doc("Page", PAGE, force=True, ignore_missing=True)
	for doctype in (ROW, RUN):
		frappe.delete_doc("DocType", doctype, force=True, ignore_missing=True)
	# Frappe leaves the table of a DocType that is gone.
	for doctype in (ROW, RUN):
		frappe.db.sql_ddl(f"DROP TABLE IF EXISTS `tab{doctype}`")


def _keep_what_was_found() -> None:
	from frappe.utils.background_jobs import get_job

	table = frappe.qb.DocType(RUN)
	runs = frappe.qb.from_(table).select(*COLUMNS).orderby(table.creation).run(as_dict=True)
	names = full_names(run.run_by for run in runs)
	for run in runs:
		if run.status == "Finished" and frappe.db.exists("Routing Policy", run.policy):
			with in_language(site_language()):
				sentence = _in_words(run, names)
			frappe.get_doc("Routing Policy", run.policy).add_comment("Info", sentence)
		# The job that would have gone on with it finds neither its code nor its table.
		if run.status in ("Queued", "Running") and (
			job := get_job(f"policy_rehearsal::{run.name}::{run.examined}")
		):
			job.delete()


def _in_words(run: frappe._dict, names: dict[str, str]) -> str:
	values = (names.get(run.run_by), format_datetime(run.ended_on), run.differing, run.examined, run.problems)
	if run.since:
		return _(
			"{0} rehearsed this policy on {1}: {2} of {3} agreements since {5} would have gone another way, {4} could not be routed."
		).format(*values, formatdate(run.since))
	return _(
		"{0} rehearsed this policy on {1}: {2} of {3} agreements would have gone another way, {4} could not be routed."
	).format(*values)


def _lead_links_to_the_report() -> None:
	"""Links and shortcuts people put on workspaces of their own."""
	to_report = {"link_to": RUN, "report_ref_doctype": "Routing Policy"}
	frappe.db.set_value(
		"Workspace Link",
		{"link_type": "Page", "link_to": PAGE},
		{**to_report, "link_type": "Report", "is_query_report": 1},
	)
	frappe.db.set_value(
		"Workspace Shortcut", {"type": "Page", "link_to": PAGE}, {**to_report, "type": "Report"}
	)
