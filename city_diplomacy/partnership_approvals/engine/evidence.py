"""The paper an answer rests on that did not come through the system: one file for each answer."""

import json

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import EvidenceReusedError


def refuse_reused(route_name: str, entries: int, clearance: str, digest: str) -> None:
	"""Raises EvidenceReusedError when a file of this SHA-256 proves the answer of another clearance of a route.

	`route_name` is the name of a route whose row is locked and `entries` the length of its ledger. The entries are read
	with locks, each by its place: a range would lock the gap behind the last one, where other routes write.
	"""
	table = frappe.qb.DocType("Approval Decision")
	written = (
		frappe.qb.from_(table)
		.select(table.payload)
		.where((table.route == route_name) & table.sequence.isin(list(range(1, entries + 1))))
		.for_update()
		.run(pluck=True)
	)
	for payload in map(json.loads, written):
		used_for = payload.get("clearance")
		if used_for and used_for != clearance and payload.get("evidence_sha256") == digest:
			frappe.throw(
				_(
					"This file is the evidence of {0} already. Attach the letter or e-mail in which this seat answered."
				).format(payload.get("seat")),
				EvidenceReusedError,
			)
