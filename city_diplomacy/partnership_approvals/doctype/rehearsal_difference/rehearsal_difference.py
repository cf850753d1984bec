import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class RehearsalDifference(EngineRecord):
	"""What a rehearsed policy would do differently with one document: seats and rules, none of its words."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Rehearsal Difference", ["rehearsal", "reference_name"])
