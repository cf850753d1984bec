"""From a trade lead to ERPNext's Lead and Opportunity, once; and back, what became of it."""

from typing import Any

import frappe
from frappe import _
from frappe.model.mapper import get_mapped_doc
from frappe.utils import formatdate, nowdate

from city_diplomacy.access.rights import LEAD_CONVERSION
from city_diplomacy.domain.trade.leads import ENDED, Direction, LeadStatus
from city_diplomacy.registers.readable import readable
from city_diplomacy.trade_promotion.exceptions import (
	ConfidentialLeadError,
	MissingErpnextRightError,
	TradeLeadError,
)
from city_diplomacy.trade_promotion.leads import is_confidential_today
from city_diplomacy.trade_promotion.screening.gates import refuse_unscreened

# How a lead stands by the status of its Opportunity; by every other it is ongoing.
ENDED_BY = {"Converted": LeadStatus.WON, "Lost": LeadStatus.LOST, "Closed": LeadStatus.ABANDONED}
SHOWN = ("status", "opportunity_amount", "currency", "sales_stage")
# ERPNext's own of the same name, with other choices
NOT_HANDED_ON = ["status"]


def make_lead(trade_lead: str) -> str:
	"""The ERPNext Lead of a trade lead, made now unless there is one; answers its name.

	The person may open it from then on. Raises PermissionError unless they may write the trade lead and convert it
	(`may_convert`), ConfidentialLeadError while it is confidential, NotScreenedError unless its screening is decided and
	current, and TradeLeadError for a company that is a Customer already.
	"""
	_require_conversion("Lead")
	doc = _for_conversion(trade_lead, "lead")
	refuse_unscreened(doc, "lead")
	lead = _lead_of(doc)
	_let_open("Lead", lead)
	return lead


def make_opportunity(trade_lead: str) -> str:
	"""The ERPNext Opportunity of a trade lead, made now unless there is one; answers its name.

	A company ERPNext does not know becomes a Lead first. Raises as `make_lead`.
	"""
	_require_conversion("Opportunity")
	doc = _for_conversion(trade_lead, "opportunity")
	refuse_unscreened(doc, "opportunity")
	opportunity = doc.opportunity or _new_opportunity(doc)
	_let_open("Opportunity", opportunity)
	if doc.lead:
		_let_open("Lead", doc.lead)
	return opportunity


def may_convert(doctype: str) -> bool:
	"""Whether the signed-in person makes Leads or Opportunities of trade leads: by our table, or by ERPNext's roles."""
	return bool(set(LEAD_CONVERSION) & set(frappe.get_roles())) or bool(
		frappe.has_permission(doctype, "create")
	)


def _new_opportunity(doc: Any) -> str:
	if doc.party_type == "Customer" and doc.party:
		opportunity_from, party = "Customer", doc.party
	else:
		opportunity_from, party = "Lead", _lead_of(doc)
	opportunity = get_mapped_doc(
		"Trade Lead",
		doc.name,
		{
			"Trade Lead": {
				"doctype": "Opportunity",
				"field_map": {"annual_value": "opportunity_amount", "lead_owner": "opportunity_owner"},
				"field_no_map": NOT_HANDED_ON,
			}
		},
		# Our table of rights was asked, and the trade lead is theirs to write.
		ignore_permissions=True,
	)
	opportunity.update(
		{
			"opportunity_from": opportunity_from,
			"party_name": party,
			"company": _company(),
			"title": doc.company_name,
		}
	)
	# As above: made of this trade lead alone, once.
	opportunity.insert(ignore_permissions=True)
	_store(doc, opportunity=opportunity.name)
	return opportunity.name


def show_on_trade_lead(opportunity: Any, method: str | None = None) -> None:
	"""Doc event of Opportunity: its trade lead, if it has one, is won, lost, abandoned or ongoing with it.

	Amount and sales stage are read from the Opportunity where they are shown, and not stored a second time.
	"""
	lead = frappe.db.get_value(
		"Trade Lead", {"opportunity": opportunity.name}, ["name", "status"], as_dict=True
	)
	status = ENDED_BY.get(opportunity.status, LeadStatus.ONGOING)
	if not lead or lead.status == status or (status == LeadStatus.ONGOING and lead.status not in ENDED):
		return
	reason = opportunity.order_lost_reason if status == LeadStatus.LOST else None
	# The Opportunity owns this, so whoever may change it changes what is shown of it.
	frappe.db.set_value(
		"Trade Lead", lead.name, {"status": status, "status_on": nowdate(), "status_reason": reason}
	)


def state_of_opportunity(name: str) -> dict[str, Any]:
	"""Status, amount, currency and sales stage of an Opportunity, for the form of its trade lead."""
	return frappe.db.get_value("Opportunity", name, SHOWN, as_dict=True) or {}


def _for_conversion(trade_lead: str, made: str) -> Any:
	"""The trade lead with its row locked, so that two clicks make one record.

	Raises ConfidentialLeadError while few may know of it and nothing was `made` of it yet: ERPNext shows its Leads and
	Opportunities to every role of sales.
	"""
	doc = readable("Trade Lead", trade_lead, "write", for_update=True)
	if is_confidential_today(doc) and not doc.get(made):
		frappe.throw(
			_(
				"{0} is confidential until {1}, and ERPNext would show it to everybody in sales. Wait until then, or empty Confidential until."
			).format(doc.company_name, formatdate(doc.confidential_until)),
			ConfidentialLeadError,
		)
	return doc


def _lead_of(doc: Any) -> str:
	if doc.lead:
		return doc.lead
	if doc.party_type == "Lead" and doc.party:
		return doc.party
	if doc.party_type == "Customer" and doc.party:
		frappe.throw(
			_("{0} is a Customer already; make an Opportunity instead.").format(doc.company_name),
			TradeLeadError,
		)
	lead = get_mapped_doc(
		"Trade Lead",
		doc.name,
		{"Trade Lead": {"doctype": "Lead", "field_no_map": NOT_HANDED_ON}},
		# Our table of rights was asked, and the trade lead is theirs to write.
		ignore_permissions=True,
	)
	lead.update({"company": _company(), "country": _country_of(doc)})
	# As above: made of this trade lead alone, once.
	lead.insert(ignore_permissions=True)
	_store(doc, lead=lead.name)
	return lead.name


def _country_of(doc: Any) -> str | None:
	"""Who invests here comes from the market; who sells there is at home."""
	if doc.direction == Direction.INWARD_INVESTMENT:
		return doc.market
	return frappe.get_cached_doc("City Diplomacy Settings").country


def _company() -> str | None:
	return frappe.get_cached_doc("City Diplomacy Settings").company or frappe.defaults.get_user_default(
		"Company"
	)


def _store(doc: Any, **values: Any) -> None:
	doc.update(values)
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.making_erpnext_record = True
	doc.save()
	doc.flags.making_erpnext_record = False


def _let_open(doctype: str, name: str) -> None:
	"""Share one record of ERPNext's with the person, unless their roles let them read and write it.

	Raises TradeLeadError where somebody made it while this request was under way, which cannot see it yet.
	"""
	if not frappe.db.exists(doctype, name):
		frappe.throw(
			_("The {0} {1} was made a moment ago; press once more to open it.").format(_(doctype), name),
			TradeLeadError,
		)
	if all(frappe.has_permission(doctype, right, name) for right in ("read", "write")):
		return
	frappe.share.add_docshare(
		doctype,
		name,
		frappe.session.user,
		read=1,
		write=1,
		# It was made of a trade lead they may write; our table of rights was asked.
		flags={"ignore_share_permission": True},
	)
	# Frappe keeps for each person which DocTypes Desk opens; a share may be the first record of one.
	frappe.cache.hdel("bootinfo", frappe.session.user)


def _require_conversion(doctype: str) -> None:
	if not may_convert(doctype):
		frappe.throw(
			_("A {0} is made of a trade lead by {1}. Ask one of them to do it.").format(
				_(doctype), ", ".join(_(role) for role in LEAD_CONVERSION)
			),
			MissingErpnextRightError,
		)
