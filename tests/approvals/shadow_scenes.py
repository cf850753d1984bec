"""What the tests of property 10 build again and again: policies before and after, and a picture of everything."""

import hashlib
from typing import Any

import frappe

from city_diplomacy.access.rights import CLERK, LEGAL, MANAGER, MAYOR, POLICY_ADMIN
from city_diplomacy.partnership_approvals.report.policy_rehearsal import policy_rehearsal
from tests import factories, grounds
from tests.approvals import scenes

# When an agreement is about more money than the manager may sign for.
BIG = [(1, "financial_value", "is more than", "100000")]
OF_EVERY_ROW = {"document", "title", "state", "kept", "compared_with"}


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


def rehearsed(policy, since: str | None = None, reader: str | None = None, **more: Any) -> dict[str, Any]:
	"""What the report on a policy shows its administrator, or `reader`; "kinds" are its columns of differences."""
	filters = {"policy": policy.name, "since": since, "only_differing": 1, **more}
	with factories.acting_as(reader or administrator()):
		columns, rows, _message, _chart, summary = policy_rehearsal.execute(filters)
	examined, differing, problems, as_of = (count["value"] for count in summary)
	return {
		"rows": rows,
		"kinds": [column["fieldname"] for column in columns if column["fieldname"] not in OF_EVERY_ROW],
		"as_of": as_of,
		"examined": examined,
		"differing": differing,
		"problems": problems,
	}


def differences(answer: dict[str, Any], agreement) -> dict[str, str]:
	"""What was found about one agreement, by kind of difference; nothing where it has no row."""
	rows = [row for row in answer["rows"] if row["document"] == agreement.name]
	return {kind: row[kind] for row in rows for kind in answer["kinds"] if row.get(kind)}


def picture_of_everything() -> dict[str, Any]:
	"""Number and content of the rows of every table of the site."""
	return {table: _content_of(table) for table in sorted(_tables())}


def _tables() -> list[str]:
	return list(frappe.db.tables) if grounds.current.name == "sandbox" else frappe.db.get_tables(cached=False)


def _content_of(table: str) -> tuple[int, Any]:
	if grounds.current.name == "sandbox":
		rows = sorted(repr(tuple(row)) for row in frappe.db.execute(f'SELECT * FROM "{table}"'))
		return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
	((_name, checksum),) = frappe.db.sql(f"CHECKSUM TABLE `{table}`")
	return frappe.db.sql(f"SELECT COUNT(*) FROM `{table}`")[0][0], checksum
