"""The public interface of trade promotion. Everything here writes, so everything is POST only."""

import frappe

from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.partnership_approvals.readable import readable
from city_diplomacy.trade_promotion import opportunities


@frappe.whitelist(methods=["POST"])
@checked
def make_lead(trade_lead: Name) -> dict[str, str]:
	"""Make the company of a trade lead a Lead in ERPNext, once; answers {"doctype", "name"}."""
	readable("Trade Lead", trade_lead, "write")
	return {"doctype": "Lead", "name": opportunities.make_lead(trade_lead)}


@frappe.whitelist(methods=["POST"])
@checked
def make_opportunity(trade_lead: Name) -> dict[str, str]:
	"""Make a trade lead an Opportunity in ERPNext, once; answers {"doctype", "name"}."""
	readable("Trade Lead", trade_lead, "write")
	return {"doctype": "Opportunity", "name": opportunities.make_opportunity(trade_lead)}
