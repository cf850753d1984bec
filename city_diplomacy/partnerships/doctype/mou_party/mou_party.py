import frappe

from city_diplomacy.partnerships.agreements.rows import RowOfAgreement
from city_diplomacy.registers.said_of_others import SaidOfOthers


class MOUParty(SaidOfOthers, RowOfAgreement):
	"""Who makes an agreement, on which side."""

	LEFT_OPEN = ("country",)


def on_doctype_update() -> None:
	frappe.db.add_index("MOU Party", ["party_type", "party"])
	frappe.db.add_index("MOU Party", ["country", "side", "parent"])
	frappe.db.add_index("MOU Party", ["parent", "party_type", "party"])
