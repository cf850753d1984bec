import frappe

from city_diplomacy.partnerships.agreements.rows import RowOfAgreement


class MOUReader(RowOfAgreement):
	"""Somebody who may see a confidential agreement."""


def on_doctype_update() -> None:
	frappe.db.add_index("MOU Reader", ["user", "parent"])
