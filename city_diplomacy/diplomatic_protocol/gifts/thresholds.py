"""The city's thresholds for gifts: dated rows with their source, and which of them a gift is above."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import cstr, flt, fmt_money, getdate

from city_diplomacy.diplomatic_protocol.exceptions import GiftThresholdError
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.gifts import Exceeded, Gift, Limit, Threshold, exceeded
from city_diplomacy.registers.record_dates import date_of, refuse_backwards
from city_diplomacy.registers.record_money import settle_money
from city_diplomacy.registers.web_addresses import check_web_address

GIFT, THRESHOLD = "Official Gift", "Gift Threshold"


def check_threshold(threshold: Any) -> None:
	"""Raises GiftThresholdError for one that limits nothing or ends before it begins, RegisterError for bad values."""
	refuse_backwards(threshold, GiftThresholdError, ("valid_from", "valid_until"))
	settle_money(threshold, "above_value")
	settle_money(threshold, "above_year_sum")
	if not (threshold.above_value or threshold.above_year_sum):
		frappe.throw(
			_("A threshold limits one gift or all of a year; enter at least one amount."), GiftThresholdError
		)
	check_web_address(threshold, "source_address")


def above(gift: Any) -> list[Exceeded]:
	"""The limits in force that a gift is above."""
	if not date_of(gift, "gift_date"):
		return []
	stated = Gift(
		direction=gift.direction,
		official_role=gift.official_role,
		source_kind=gift.source_kind,
		given_on=date_of(gift, "gift_date"),
		value=flt(gift.value),
		year_sum=flt(gift.value) + _others_in_year(gift),
		currency=gift.currency,
	)
	return exceeded(stated, _thresholds())


def said_of(one: Exceeded, currency: str | None) -> str:
	"""Why a gift needs approval, for the reader, as plain text."""
	rule = one.threshold
	if one.limit == Limit.VALUE:
		sentence, amount = _("It is worth more than {0} ({1})."), rule.above_value
	else:
		sentence, amount = (
			_(
				"With the other gifts of this source to this person in the year it is worth more than {0} ({1})."
			),
			rule.above_year_sum,
		)
	return sentence.format(fmt_money(amount, currency=rule.currency or currency), rule.name)


def source_key(gift: Any) -> str:
	"""By what gifts of one source to one person are found: the body somebody acts for, or themselves; and our person."""
	source = search_form(cstr(gift.affiliation) or cstr(gift.other_name))
	return f"{source}|{search_form(cstr(gift.official))}"[:140]


def _thresholds() -> list[Threshold]:
	rows = frappe.get_all(THRESHOLD, fields=["*"], order_by="valid_from desc, name asc", limit_page_length=0)
	return [
		Threshold(
			name=row.name,
			valid_from=getdate(row.valid_from),
			valid_until=getdate(row.valid_until) if row.valid_until else None,
			direction=row.direction,
			official_role=row.official_role,
			source_kind=row.source_kind,
			above_value=flt(row.above_value),
			above_year_sum=flt(row.above_year_sum),
			currency=row.currency,
		)
		for row in rows
	]


def _others_in_year(gift: Any) -> float:
	"""What the other gifts of the same source to the same person in the same year are worth, in its currency."""
	table, year = frappe.qb.DocType(GIFT), date_of(gift, "gift_date").year
	query = (
		frappe.qb.from_(table)
		.select(Sum(table.value))
		.where(
			(table.source_key == source_key(gift))
			& (table.direction == gift.direction)
			& (table.currency == gift.currency)
			& table.gift_date[f"{year}-01-01" : f"{year}-12-31"]
			& (table.name != cstr(gift.name))
		)
	)
	return flt(query.run()[0][0])
