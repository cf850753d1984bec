import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class ApprovalDecision(EngineRecord):
	"""One entry of the ledger: who, for whom, when, on what, with what reason."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Approval Decision", ["route", "sequence"])
	frappe.db.add_index("Approval Decision", ["actor", "modified"])
