"""What the Policy Lab calls: seeing what a policy does before it is switched on. Writes are POST only.

Every method is for those who keep policies or lead the office, on a policy they may read; running one in the
shadow and stopping it is for the approval administrator alone. Of documents each sees what they may read.
"""

import re
from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.arguments import (
	Day,
	Line,
	Name,
	RoutedDoctypeName,
	Start,
	Values,
	checked,
)
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.policies import lab, rehearsal_rows, rehearsals
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["GET"])
@checked
def draw(policy: Name) -> dict[str, Any]:
	"""A policy drawn in stages and lanes, conditions in words: see `lab.draw`."""
	return lab.draw(_policy(policy))


@frappe.whitelist(methods=["GET"])
@checked
def try_on(policy: Name, doctype: RoutedDoctypeName, name: Name) -> dict[str, Any]:
	"""Who would be asked about a stored document by this policy, and what that changes: see `lab.try_on`."""
	doc = readable(doctype, name)
	return lab.try_on(_policy(policy), doc)


@frappe.whitelist(methods=["POST"])
@checked
def what_if(policy: Name, values: Values) -> dict[str, Any]:
	"""Who would be asked about a document that is only imagined; nothing is kept: see `lab.what_if`."""
	return lab.what_if(_policy(policy), _object(values))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def simulate(policy: Name, since: Day = None) -> dict[str, Any]:
	"""Run a policy in the shadow against every document, or those that set out since a day, in the background.

	Answers how the run stands (see `rehearsals.state_of`) and with "joined" whether somebody had begun it.
	"""
	_policy(policy)
	return rehearsals.start(policy, rehearsals.since_of(since))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def stop(name: Name) -> dict[str, Any]:
	"""End a run that is not done; answers how it stands then."""
	_run(name)
	return rehearsals.stop(name)


@frappe.whitelist(methods=["GET"])
@checked
def rehearsal(name: Name, kind: Line = None, begin: Start = 0) -> dict[str, Any]:
	"""How a run stands (see `rehearsals.state_of`), with a page of what it found (see `rehearsal_rows.page`)."""
	_run(name)
	return {**rehearsals.state_of(name), **rehearsal_rows.page(name, kind, begin)}


@frappe.whitelist(methods=["GET"])
@checked
def latest(policy: Name) -> dict[str, Any]:
	"""The last run of a policy by its name, None when there was none: {"name"}."""
	_policy(policy)
	found = frappe.get_list(
		rehearsals.RUN,
		filters={"policy": policy},
		order_by="creation desc",
		limit_page_length=1,
		pluck="name",
	)
	return {"name": found[0] if found else None}


@frappe.whitelist(methods=["GET"])
@checked
def export(name: Name) -> None:
	"""Download everything a run found that this person may read, as CSV."""
	policy = _run(name).policy
	frappe.local.response.filename = (
		f"{re.sub(r'[^A-Za-z0-9]+', '-', policy).strip('-').lower()}-rehearsal.csv"
	)
	# The mark by which spreadsheets know that it is UTF-8.
	frappe.local.response.filecontent = "\ufeff".encode() + rehearsal_rows.as_csv(name).encode()
	frappe.local.response.type = "download"


def _policy(name: str) -> Any:
	routes.require_role(rehearsals.MAY_READ, _("see what a policy would do"))
	return readable("Routing Policy", name)


def _run(name: str) -> Any:
	return readable(rehearsals.RUN, name)


def _object(values: str | dict[str, Any]) -> dict[str, Any]:
	try:
		read = frappe.parse_json(values)
	except ValueError:
		read = None
	if not isinstance(read, dict):
		frappe.throw(_("Say what is imagined as fields with their values."), RehearsalError)
	return read
