from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings
from city_diplomacy.partnership_approvals.shapes import RouteRow
from city_diplomacy.registers.report_columns import column

BATCH = 200


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Every ledger the person may see, verified: columns, rows, a sentence. Broken ones stand first.

	The number of statements grows with batches of ledgers, not with ledgers or their entries. The bytes of files
	are read where `read_files` asks for it; the nightly job reads them all.
	"""
	filters = frappe._dict(filters or {})
	read_files, only_broken = bool(cint(filters.read_files)), bool(cint(filters.only_broken))
	rows, checked, broken = [], 0, 0
	for batch in _batches(filters):
		verified = _verified(batch, read_files)
		checked += len(verified)
		broken += sum(not row["intact"] for row in verified)
		# Whole ledgers are not kept where nobody asks for them: there may be a hundred thousand.
		rows += [row for row in verified if not (only_broken and row["intact"])]
	rows.sort(key=lambda row: (row["intact"], row["reference_doctype"], row["reference_name"]))
	sentence = _("{0} ledgers were verified; {1} do not agree with what is stored.").format(checked, broken)
	return columns(), neutral_rows(rows), sentence


def columns() -> list[dict[str, Any]]:
	return [
		# Not a link: a column that links to DocType is for administrators alone.
		column("reference_doctype", _("Kind"), "Data", 110),
		column("reference_name", _("Document"), "Dynamic Link", 170, options="reference_doctype"),
		column("workflow_state", _("State"), "Data", 140),
		column("checked", _("Entries"), "Int", 80),
		column("intact", _("Whole"), "Check", 80),
		column("entry", _("Entry"), "Int", 70),
		column("first_problem", _("First problem"), "Data", 420),
		column("problems", _("Problems"), "Int", 90),
		column("head", _("Head"), "Data", 200),
		column("key_id", _("Key"), "Data", 90),
	]


def _batches(filters: Any) -> Any:
	"""The routes the person may see, a batch at a time, in the order of their names."""
	wanted: dict[str, Any] = {"reference_doctype": filters.document_type or ["in", list(declared_routings())]}
	if filters.state:
		wanted["workflow_state"] = filters.state
	after = ""
	while True:
		rows = frappe.get_list(
			"Approval Route",
			filters={**wanted, "name": [">", after]},
			fields=["*"],
			order_by="name asc",
			limit_page_length=BATCH,
		)
		if rows:
			yield rows
		if len(rows) < BATCH:
			return
		after = rows[-1].name


def _verified(route_rows: list[RouteRow], read_files: bool) -> list[dict[str, Any]]:
	verdicts = entries.verify_routes(route_rows, read_files)
	return [_row(route_row, verdicts[route_row.name]) for route_row in route_rows]


def _row(route_row: RouteRow, verdict: dict[str, Any]) -> dict[str, Any]:
	first = verdict["findings"][0] if verdict["findings"] else {"sequence": None, "problem": None}
	return {
		"reference_doctype": route_row.reference_doctype,
		"reference_name": route_row.reference_name,
		"workflow_state": _(route_row.workflow_state),
		"checked": verdict["checked"],
		"intact": int(verdict["intact"]),
		"entry": first["sequence"] or None,
		"first_problem": first["problem"],
		"problems": len(verdict["findings"]),
		"head": verdict["head"],
		"key_id": route_row.ledger_key_id,
	}
