"""Seeing what a policy does before it is switched on. Nothing here changes a document or tells anybody.

Every method is for those who keep policies or lead the office, on a policy they may read. Of documents each sees
what they may read.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.rights import MANAGER, POLICY_ADMIN
from city_diplomacy.partnership_approvals.arguments import Day, Name, RoutedDoctypeName, Values, checked
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.policies import shadow
from city_diplomacy.partnership_approvals.policies import what_if as trial
from city_diplomacy.registers.readable import readable

REPORT = "Policy Rehearsal"
MAY_SEE = (POLICY_ADMIN, MANAGER)


@frappe.whitelist(methods=["GET"])
@checked
def form(policy: Name) -> list[dict[str, Any]]:
	"""The fields of a document by which a policy decides: see `what_if.fields_to_imagine`."""
	return trial.fields_to_imagine(_policy(policy))


@frappe.whitelist(methods=["GET"])
@checked
def try_on(policy: Name, doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""Who would be asked about a stored document by this policy: see `what_if.try_on`."""
	doc = readable(doctype, name)
	return trial.try_on(_policy(policy), doc)


@frappe.whitelist(methods=["POST"])
@checked
def what_if(policy: Name, values: Values) -> dict[str, Any]:
	"""Who would be asked about a document that is only imagined; nothing is kept: see `what_if.what_if`."""
	return trial.what_if(_policy(policy), values)


@frappe.whitelist(methods=["POST"])
@checked
def simulate(policy: Name, since: Day = None) -> dict[str, Any]:
	"""Have the report Policy Rehearsal prepared in the background, or join the run of one's own that waits.

	Answers {"name" of the Prepared Report, "report_name", "filters"}; `frappe.desk.query_report.run` answers the
	rows for these once it is completed.
	"""
	filters = {"policy": _policy(policy).name, "only_differing": 1, **({"since": since} if since else {})}
	shadow.since_of(since)
	from frappe.core.doctype.prepared_report import prepared_report

	waiting = prepared_report.get_reports_in_queued_state(REPORT, filters)
	made = waiting[0] if waiting else prepared_report.make_prepared_report(REPORT, filters)
	return {"name": made["name"], "report_name": REPORT, "filters": filters}


def _policy(name: str) -> Any:
	routes.require_role(MAY_SEE, _("see what a policy would do"))
	return readable("Routing Policy", name)
