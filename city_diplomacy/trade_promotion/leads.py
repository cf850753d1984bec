"""What a trade lead says: its company, how it stands, figures, codes, markets and barriers; and who may know of it."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, flt

from city_diplomacy.domain.names.folding import fold
from city_diplomacy.domain.names.similarity import search_key
from city_diplomacy.domain.trade.export_codes import normalise_eccn, normalise_schedule_b
from city_diplomacy.domain.trade.hs_codes import HsCodeError, normalise_hs_code
from city_diplomacy.domain.trade.leads import (
	EXPLAINED,
	FIGURES,
	LeadStatus,
	contradicted,
	is_confidential,
)
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, refuse_future, today
from city_diplomacy.registers.record_money import settle_money
from city_diplomacy.registers.set_by_server import refuse_typed
from city_diplomacy.trade_promotion.exceptions import ConfidentialLeadError, TradeLeadError

ERPNEXT_LINKS = ("lead", "opportunity")
KEPT_IN_OPPORTUNITY = ("stage", "status", "annual_value")
AMOUNTS = (
	"annual_value",
	"shipment_value",
	"capital_expenditure",
	"foreign_equity",
	"research_budget",
	"average_salary",
	"visitor_spend",
)
# Known in ERPNext as: the fields with the company's name, the first one filled in counts
COMPANY_NAME_FIELDS = {"Customer": ("customer_name",), "Lead": ("company_name", "lead_name")}


def take_company_name(lead: Any) -> None:
	"""A company ERPNext knows brings its name along."""
	if not lead.party_type:
		lead.party = None
	lead.company_name = " ".join(cstr(lead.company_name).split())
	if not lead.company_name and lead.party:
		columns = COMPANY_NAME_FIELDS.get(lead.party_type, ())
		values = frappe.db.get_value(lead.party_type, lead.party, columns, as_dict=True) if columns else None
		lead.company_name = next((values[column] for column in columns if values and values[column]), "")
	name_for_search(lead.__dict__)


def name_for_search(values: dict[str, Any]) -> None:
	"""Let search find the lead by its own name as well as by its company's."""
	values["search_names"] = search_key([cstr(values.get("name")), cstr(values.get("company_name"))])


def keep_erpnext_links(lead: Any) -> None:
	"""Lead and Opportunity are set when they are made, by `trade_promotion.opportunities`, and then stay.

	Raises TradeLeadError; flags never come from a client.
	"""
	if lead.flags.making_erpnext_record:
		return
	sentence = _("{0} is set by the button that makes it, and not by hand.")
	refuse_typed(lead, ERPNEXT_LINKS, sentence, TradeLeadError)


def keep_values_of_opportunity(lead: Any) -> None:
	"""Raises TradeLeadError when somebody edits here what the Opportunity owns."""
	stored = lead.get_doc_before_save()
	if not lead.opportunity or not stored or lead.flags.making_erpnext_record:
		return
	changed = [
		fieldname
		for fieldname in KEPT_IN_OPPORTUNITY
		if (
			flt(lead.get(fieldname)) != flt(stored.get(fieldname))
			if fieldname == "annual_value"
			else cstr(lead.get(fieldname)) != cstr(stored.get(fieldname))
		)
	]
	if changed:
		frappe.throw(
			_("{0}: this is kept in the Opportunity {1}; change it there and it will show here.").format(
				", ".join(_(lead.meta.get_label(fieldname)) for fieldname in changed), lead.opportunity
			),
			TradeLeadError,
		)


def check_status(lead: Any) -> None:
	"""Date a change of status, and ask why where the reason is not plain. Raises TradeLeadError."""
	stored = lead.get_doc_before_save()
	refuse_future(lead, "status_on")
	before = stored.status if stored else LeadStatus.ONGOING
	if lead.status == before:
		return
	if lead.status in EXPLAINED and not cstr(lead.status_reason).strip():
		frappe.throw(
			_("Say in the field Reason why {0} is {1}.").format(lead.company_name, _(lead.status)),
			TradeLeadError,
		)
	if not lead.status_on or (stored and date_of(lead, "status_on") == date_of(stored, "status_on")):
		lead.status_on = today()
	if lead.status == LeadStatus.ONGOING:
		lead.status_reason = lead.lost_to = None


def settle_figures(lead: Any) -> None:
	"""Amounts in one currency, and no figure both given and unknown. Raises RegisterError or TradeLeadError."""
	for fieldname in AMOUNTS:
		settle_money(lead, fieldname)
	unstated = [row.figure for row in lead.unstated_figures]
	if twice := next((figure for figure in unstated if unstated.count(figure) > 1), None):
		frappe.throw(
			_("{0} stands twice under Client cannot say; once is enough.").format(_(twice)), TradeLeadError
		)
	label = contradicted({field: lead.get(field) for field in FIGURES.values()}, unstated)
	if label:
		frappe.throw(
			_("{0} is given and stands under Client cannot say as well; keep one of the two.").format(
				_(label)
			),
			TradeLeadError,
		)


def settle_codes(lead: Any) -> None:
	"""HS, Schedule B and ECCN as they are written in lists. Raises TradeLeadError for what is none of them."""
	if _is_new(lead, "hs_code"):
		lead.hs_chapter = _chapter_of(lead)
		# Frappe 15 does not notice a link that leads nowhere where it fetches values by it.
		if not frappe.db.exists("Customs Tariff Number", lead.hs_code):
			_refuse_code(lead, "hs_code", _("choose one of the list, into which HS codes can be loaded"))
	if _is_new(lead, "schedule_b"):
		lead.schedule_b = normalise_schedule_b(lead.schedule_b) or _refuse_code(
			lead, "schedule_b", _("a Schedule B number has ten digits")
		)
	if _is_new(lead, "eccn"):
		lead.eccn = normalise_eccn(lead.eccn) or _refuse_code(
			lead, "eccn", _("an ECCN is written as in 3A001 or 5A992.c, or EAR99")
		)
	if not lead.hs_code:
		lead.hs_chapter = None
	elif _is_new(lead, "schedule_b") or (lead.schedule_b and _is_new(lead, "hs_code")):
		_refuse_unlike_codes(lead)


def _refuse_unlike_codes(lead: Any) -> None:
	if not lead.schedule_b.startswith(normalise_hs_code(lead.hs_code)):
		frappe.throw(
			_(
				"The Schedule B number {0} does not begin with the HS code {1}; correct one of the two."
			).format(lead.schedule_b, lead.hs_code),
			TradeLeadError,
		)


def _is_new(lead: Any, fieldname: str) -> bool:
	stored = lead.get_doc_before_save()
	return bool(lead.get(fieldname)) and not (stored and stored.get(fieldname) == lead.get(fieldname))


def _chapter_of(lead: Any) -> str:
	try:
		return normalise_hs_code(lead.hs_code)[:2]
	except HsCodeError:
		return _refuse_code(
			lead, "hs_code", _("an HS code has 2, 4 or 6 digits; national digits go into Schedule B number")
		)


def _refuse_code(lead: Any, fieldname: str, how: str) -> str:
	frappe.throw(
		_("{0}: {1} cannot be; {2}.").format(_(lead.meta.get_label(fieldname)), lead.get(fieldname), how),
		TradeLeadError,
	)


def check_rows(lead: Any) -> None:
	"""Each market once, barriers removed after they were met. Raises TradeLeadError or RegisterError."""
	seen = set()
	for row in lead.market_interests:
		if row.market in seen:
			frappe.throw(
				_("Row {0}: {1} is named already; name each market once.").format(row.idx, _(row.market)),
				TradeLeadError,
			)
		seen.add(row.market)
	for row in lead.barriers:
		refuse_future(row, "met_on", "removed_on")
		refuse_backwards(row, TradeLeadError, ("met_on", "removed_on"))


def check_source(lead: Any) -> None:
	"""A lead is neither of a company nor of a meeting or visit its author may not know of. Raises LinkValidationError."""
	if lead.flags.ignore_permissions:
		return
	if lead.party_type and _is_new(lead, "party"):
		refuse_hidden_link(lead, "party", lead.party_type)
	if _is_new(lead, "source_engagement"):
		refuse_hidden_link(lead, "source_engagement", "Partner Engagement")
	if _is_new(lead, "source_visit"):
		refuse_hidden_link(lead, "source_visit", "Delegation Visit")


def settle_confidentiality(lead: Any) -> None:
	"""A confidential lead has a description that names nobody, and stays known to whoever made it confidential.

	Raises ConfidentialLeadError.
	"""
	if not is_confidential_today(lead):
		return
	description = cstr(lead.anonymous_description).strip()
	if not description:
		frappe.throw(
			_(
				"A confidential lead needs a Description without names, which stands in reports for the company."
			),
			ConfidentialLeadError,
		)
	if names_company(lead, description):
		frappe.throw(
			_("The Description without names holds the company's name; leave it out."), ConfidentialLeadError
		)
	user = frappe.session.user
	if user not in ("Administrator", lead.owner, lead.lead_owner, *(row.user for row in lead.readers)):
		lead.append("readers", {"user": user})


def refuse_unknown_lead(doc: Any) -> None:
	"""Raises LinkValidationError when a record is put to a lead that is not there or that its author may not know of.

	Frappe 15 does not notice a link that leads nowhere where it fetches values by it.
	"""
	stored = doc.get_doc_before_save()
	if not doc.trade_lead or (stored and stored.trade_lead == doc.trade_lead):
		return
	if not frappe.db.exists("Trade Lead", doc.trade_lead):
		label = _(doc.meta.get_label("trade_lead"))
		frappe.throw(_("Could not find {0}").format(f"{label}: {doc.trade_lead}"), frappe.LinkValidationError)
	refuse_hidden_link(doc, "trade_lead", "Trade Lead")


def names_company(lead: Any, words: str) -> bool:
	"""Whether words hold the name of a lead's company, however it is written there."""
	name = fold(lead.company_name)
	return bool(name) and f" {name} " in f" {fold(words)} "


def is_confidential_today(lead: Any) -> bool:
	"""Whether a stored or typed lead is known to few."""
	return is_confidential(date_of(lead, "confidential_until"), today())


def name_for_others(lead: Any) -> str:
	"""What a lead is called where more people read it than may know of it: its company, or the description of one."""
	return lead.anonymous_description if is_confidential_today(lead) else lead.company_name
