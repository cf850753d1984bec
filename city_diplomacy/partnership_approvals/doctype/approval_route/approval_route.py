import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class ApprovalRoute(EngineRecord):
	"""One routed document's way: its pinned policy, where it is, and the head of its ledger."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Approval Route", ["reference_doctype", "reference_name"])
