import frappe

from city_diplomacy.registers.kept_rows import KeptRow


class EngagementPartner(KeptRow):
	"""A partner somebody met."""

	KEPT_WITH = ("Partner Engagement", "Delegation Visit")


def on_doctype_update() -> None:
	frappe.db.add_index("Engagement Partner", ["partner_type", "partner"])
