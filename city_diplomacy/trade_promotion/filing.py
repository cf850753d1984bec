"""Filing hints: which of the office's dated rules speak of an export lead."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import flt, getdate

from city_diplomacy.domain.trade.filing import FilingRule, Shipment, that_apply
from city_diplomacy.domain.trade.leads import Direction, Interest
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, today
from city_diplomacy.registers.record_money import settle_money
from city_diplomacy.registers.web_addresses import check_web_address
from city_diplomacy.trade_promotion.exceptions import FilingRuleError

RULE = "Trade Filing Rule"


def hints_for(lead: Any) -> list[dict[str, Any]]:
	"""What the rules in force today say of a lead: rule, hint, source and its address, the latest rule first."""
	if lead.direction != Direction.EXPORT:
		return []
	rows = frappe.get_all(RULE, fields=["*"], order_by="valid_from desc, name asc", limit=0)
	rules = [
		FilingRule(
			row.name,
			getdate(row.valid_from),
			getdate(row.valid_until) if row.valid_until else None,
			flt(row.above_value),
			row.currency,
			bool(row.when_licensed),
			row.except_market,
		)
		for row in rows
	]
	markets = {
		lead.market,
		*(row.market for row in lead.market_interests if row.interest != Interest.NOT_INTERESTED),
	}
	shipment = Shipment(flt(lead.shipment_value), lead.currency, bool(lead.licensed), markets)
	found = set(that_apply(rules, shipment, today()))
	return [
		{key: row[key] for key in ("name", "hint", "source", "source_address")}
		for row in rows
		if row.name in found
	]


def check_rule(rule: Any) -> None:
	"""Raises FilingRuleError for days the wrong way round, RegisterError for a value or address that cannot be."""
	refuse_backwards(rule, FilingRuleError, ("valid_from", "valid_until"))
	settle_money(rule, "above_value")
	if rule.source_address:
		check_web_address(rule, "source_address")
	if not date_of(rule, "valid_from"):
		frappe.throw(_("Say from which day the rule is in force."), FilingRuleError)
