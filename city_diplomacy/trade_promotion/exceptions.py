"""What trade promotion refuses, each refusal by its own name."""

import frappe

from city_diplomacy.partnerships.exceptions import RegisterError


class TradeLeadError(RegisterError):
	"""Something a trade lead cannot say."""


class MissingErpnextRightError(frappe.PermissionError):
	"""A person of ours who may not create records in ERPNext's CRM."""
