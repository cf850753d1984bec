"""What trade promotion refuses, each refusal by its own name."""

import frappe

from city_diplomacy.registers.errors import RegisterError


class TradeLeadError(RegisterError):
	"""Something a trade lead cannot say."""


class TariffRightError(frappe.PermissionError):
	"""A person whose roles do not load HS codes."""


class MissingErpnextRightError(frappe.PermissionError):
	"""A person whose roles do not make records in ERPNext of trade leads."""
