"""Who decides on a gift above a threshold: somebody who neither entered it nor stated what it is worth."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.access.rights import GIFT_DECISIONS
from city_diplomacy.diplomatic_protocol.exceptions import GiftDecisionError, OfficialGiftError
from city_diplomacy.domain.protocol.gifts import GiftStatus
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import today

GIFT = "Official Gift"


def decide(gift: str, approve: bool, words: str) -> str:
	"""Approve or refuse a gift that waits for it; answers its status.

	Raises GiftDecisionError for who may not, OfficialGiftError for a gift that waits for nobody or a refusal without
	words.
	"""
	doc = readable(GIFT, gift, "write", for_update=True)
	if doc.status != GiftStatus.TO_BE_DECIDED:
		frappe.throw(_("Nobody has to decide on this gift."), OfficialGiftError)
	if reason := why_not(doc, frappe.session.user):
		frappe.throw(reason, GiftDecisionError)
	if not approve and not cstr(words).strip():
		frappe.throw(_("Say why the gift is refused."), OfficialGiftError)
	doc.update(
		{
			"status": GiftStatus.APPROVED if approve else GiftStatus.REFUSED,
			"decided_by": frappe.session.user,
			"decided_on": today(),
			"decision_words": cstr(words).strip(),
		}
	)
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.by_verb = True
	doc.save()
	return doc.status


def why_not(gift: Any, user: str) -> str:
	"""Why a person does not decide on a gift, for them to read; empty where they do."""
	if not set(GIFT_DECISIONS) & set(frappe.get_roles(user)):
		return _("The Chief of Protocol or the manager decides on gifts.")
	if user in (gift.owner, gift.stated_by):
		return _("Somebody else than who entered the gift decides on it.")
	return ""
