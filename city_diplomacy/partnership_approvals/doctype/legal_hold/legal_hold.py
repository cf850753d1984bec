import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class LegalHold(EngineRecord):
	"""An order to keep every word of a document's approval record, until it is lifted.

	Placed and lifted by `api.records.legal_hold` alone, each time with an entry in the ledger.
	"""


def on_doctype_update() -> None:
	frappe.db.add_index("Legal Hold", ["route"])
