"""Referrals: a company is sent to somebody else who can help, and what came of it becomes an engagement."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html

from city_diplomacy.domain.trade.referrals import WAITING, ReferralStatus
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import refuse_backwards, refuse_future, today
from city_diplomacy.trade_promotion.exceptions import TradeReferralError
from city_diplomacy.trade_promotion.leads import (
	is_confidential_today,
	name_for_others,
	names_company,
	refuse_unknown_lead,
)

REFERRAL = "Trade Referral"


def settle_referral(referral: Any) -> None:
	"""What a stored referral must be. Raises TradeReferralError or RegisterError in one sentence."""
	stored = referral.get_doc_before_save()
	referral.referred_to = cstr(referral.referred_to).strip()
	if bool(referral.partner_organisation) == bool(referral.referred_to):
		frappe.throw(
			_(
				"Name whom the company is referred to: a partner organisation, or somebody who is not in the register."
			),
			TradeReferralError,
		)
	refuse_future(referral, "asked_on", "answered_on")
	refuse_backwards(referral, TradeReferralError, ("asked_on", "answered_on"))
	_keep_the_end(referral, stored)
	if referral.status == ReferralStatus.ASKED:
		referral.answered_on = None
	elif not referral.answered_on:
		referral.answered_on = today()
	refuse_unknown_lead(referral)


def _keep_the_end(referral: Any, stored: Any) -> None:
	if referral.flags.by_verb:
		return
	was_closed = bool(stored and stored.status == ReferralStatus.CLOSED)
	if was_closed != (referral.status == ReferralStatus.CLOSED) or cstr(referral.engagement) != cstr(
		stored.engagement if stored else None
	):
		frappe.throw(
			_(
				"A referral is closed by the button Close, which also records the engagement, and stays closed."
			),
			TradeReferralError,
		)


def close(referral: str, outcome: str) -> str:
	"""Close a referral with what came of it and record it as a Partner Engagement; answers that one's name.

	While the lead is confidential the engagement, which more people read, calls it by its description without names.
	Raises TradeReferralError for one that is closed, that has no outcome or whose words name a confidential company;
	PermissionError unless the person may record engagements.
	"""
	doc = readable(REFERRAL, referral, "write", for_update=True)
	frappe.has_permission("Partner Engagement", "create", throw=True)
	if doc.status == ReferralStatus.CLOSED:
		frappe.throw(_("It is closed already, as {0}.").format(doc.engagement), TradeReferralError)
	doc.outcome = cstr(outcome).strip() or doc.outcome
	if not cstr(doc.outcome).strip():
		frappe.throw(_("Say what came of the referral."), TradeReferralError)
	engagement = _engagement_of(doc)
	doc.update(
		{"status": ReferralStatus.CLOSED, "closed_on": today(), "engagement": engagement.insert().name}
	)
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.by_verb = True
	doc.save()
	return doc.engagement


def _engagement_of(referral: Any) -> Any:
	lead = frappe.get_doc("Trade Lead", referral.trade_lead)
	for fieldname in ("asked_for", "outcome"):
		if is_confidential_today(lead) and names_company(lead, cstr(referral.get(fieldname))):
			frappe.throw(
				_(
					"{0} names the company, which is confidential; the engagement is read by more people."
				).format(_(referral.meta.get_label(fieldname))),
				TradeReferralError,
			)
	to = referral.partner_organisation or referral.referred_to
	subject = _("{0}: referred to {1}").format(name_for_others(lead), to)
	partner = {"partner_type": "Partner Organisation", "partner": referral.partner_organisation}
	return frappe.get_doc(
		{
			"doctype": "Partner Engagement",
			"subject": subject[:140],
			"engagement_type": "Letter",
			"starts_on": f"{referral.asked_on} 00:00:00",
			"partners": [partner] if referral.partner_organisation else [],
			"discussed": f"<p>{escape_html(referral.asked_for)}</p>",
			"outcome": referral.outcome,
			"engagement_owner": referral.referral_owner or frappe.session.user,
		}
	)


def waiting_filters() -> tuple[str, str, list[str]]:
	"""(field, operator, value) of referrals that are not answered or not brought to an end."""
	return ("status", "in", list(WAITING))
