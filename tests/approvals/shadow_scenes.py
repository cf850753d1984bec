"""What the tests of property 10 build again and again: policies before and after, and a picture of everything."""

import hashlib
from typing import Any

import frappe

from city_diplomacy.access.rights import CLERK, LEGAL, MANAGER, MAYOR, POLICY_ADMIN
from city_diplomacy.partnership_approvals.api import rehearsals
from tests import factories, grounds
from tests.approvals import scenes

# When an agreement is about more money than the manager may sign for.
BIG = [(1, "financial_value", "is more than", "100000")]
OWN_TABLES = {"tabPolicy Rehearsal", "tabRehearsal Difference"}


def administrator() -> str:
	"""The approval administrator."""
	return factories.make_person(POLICY_ADMIN).name


def manager() -> str:
	return factories.make_person(MANAGER).name


def attorney(**fields: Any) -> dict[str, Any]:
	return scenes.rule("City Attorney", role=LEGAL, mandatory=1, **fields)


def mayor(**fields: Any) -> dict[str, Any]:
	fields = {"stage": 2, "workflow_state": "Mayor's Decision", **fields}
	return scenes.rule("Mayor", role=MAYOR, mandatory=1, **fields)


def council(**fields: Any) -> dict[str, Any]:
	fields = {"stage": 3, "workflow_state": "Council Decision", **fields}
	return scenes.rule("City Council", role=CLERK, mandatory=1, **fields)


def active(*rules: dict[str, Any]):
	"""The policy agreements set out by from now on, everybody it asks having an account."""
	for role in (LEGAL, MAYOR, CLERK):
		factories.make_person(role)
	return scenes.make_policy(*(rules or (attorney(), mayor())), title="As It Is")


def ready(*rules: dict[str, Any]):
	"""A policy that is submitted and not switched on."""
	return scenes.make_policy(*rules, title="As It Might Be", activate=False)


def draft_of(*rules: dict[str, Any]):
	"""A policy that is still being written."""
	with factories.acting_as("Administrator"):
		return frappe.get_doc(
			{
				"doctype": "Routing Policy",
				"title": "Being Written",
				"document_type": "MOU",
				**scenes.tables_of(rules),
			}
		).insert()


def drafted(**fields: Any):
	"""An agreement nobody was asked about."""
	return scenes.draft_by(scenes.office(), **fields)


def rehearsed(policy, since: str | None = None, reader: str | None = None) -> dict[str, Any]:
	"""Run a policy in the shadow as its administrator; answers what `reader` is shown of it."""
	with factories.acting_as(administrator()):
		name = rehearsals.simulate(policy.name, since)["name"]
	with factories.acting_as(reader or administrator()):
		return rehearsals.rehearsal(name)


def differences(answer: dict[str, Any], agreement) -> list[tuple[str, str]]:
	"""(kind, seat) of what was found about one agreement."""
	return [
		(difference["kind"], difference["seat"])
		for row in answer["rows"]
		if row["name"] == agreement.name
		for difference in row["differences"]
	]


def picture_of_everything() -> dict[str, Any]:
	"""Number and content of the rows of every table of the site, but for the two a rehearsal writes."""
	tables = sorted(table for table in _tables() if table not in OWN_TABLES)
	return {table: _content_of(table) for table in tables}


def _tables() -> list[str]:
	return list(frappe.db.tables) if grounds.current.name == "sandbox" else frappe.db.get_tables(cached=False)


def _content_of(table: str) -> tuple[int, Any]:
	if grounds.current.name == "sandbox":
		rows = sorted(repr(tuple(row)) for row in frappe.db.execute(f'SELECT * FROM "{table}"'))
		return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
	((_name, checksum),) = frappe.db.sql(f"CHECKSUM TABLE `{table}`")
	return frappe.db.sql(f"SELECT COUNT(*) FROM `{table}`")[0][0], checksum
