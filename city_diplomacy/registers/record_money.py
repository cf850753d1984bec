"""Amounts in the registers: a number that can be stored, always with its currency."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import flt

from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.record_dates import label_of

LARGEST_AMOUNT = 10.0**11
"""What Frappe's Currency columns hold, twelve digits before the point, with a digit to spare."""


def settle_money(doc: Any, amount_field: str, currency_field: str = "currency") -> None:
	"""Give an amount the city's currency when it has none.

	Raises RegisterError for an amount below zero or beyond what can be stored, and when there is no currency.
	"""
	amount = flt(doc.get(amount_field))
	# Written so that "not a number" is refused as well.
	if not 0 <= amount <= LARGEST_AMOUNT:
		frappe.throw(
			_("{0} must be an amount from 0 to 100 billion.").format(label_of(doc, amount_field)),
			RegisterError,
		)
	doc.set(amount_field, amount)
	if amount and not doc.get(currency_field):
		doc.set(currency_field, default_currency())
	if amount and not doc.get(currency_field):
		frappe.throw(
			_("{0} needs a currency; choose one, or set a default in City Diplomacy Settings.").format(
				label_of(doc, amount_field)
			),
			RegisterError,
		)


def default_currency() -> str | None:
	"""The currency of the settings, else that of the Company that stands for the city."""
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	if settings.default_currency:
		return settings.default_currency
	return (
		frappe.get_cached_value("Company", settings.company, "default_currency") if settings.company else None
	)
