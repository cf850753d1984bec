import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class LedgerHead(EngineRecord):
	"""What was last exported of a document's ledger for safekeeping, and what its last verification found."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Ledger Head", ["route"])
