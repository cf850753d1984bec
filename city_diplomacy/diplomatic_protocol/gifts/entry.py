"""Entering a gift on a page: what those may say of one who have no Desk, such as the mayor's office."""

import re
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, flt

from city_diplomacy.access.rights import PROTOCOL
from city_diplomacy.diplomatic_protocol.exceptions import OfficialGiftError
from city_diplomacy.diplomatic_protocol.gifts import memory
from city_diplomacy.domain.protocol.gifts import GiftStatus
from city_diplomacy.partnership_approvals.notices.alerts import alert_role

GIFT = "Official Gift"
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


def enter(stated: dict[str, Any]) -> dict[str, Any]:
	"""Log a gift with the signed-in person's own rights; answers {"message", "name"}, the message with all warnings.

	Raises OfficialGiftError for a value that is no amount, RegisterError for what the register does not take.
	"""
	gift = frappe.get_doc({"doctype": GIFT, **stated, "value": _amount(stated.get("value"))}).insert()
	said = [
		_("The gift is logged, as {0}.").format(gift.name),
		*([_("Protocol decides whether it is kept.")] if gift.status == GiftStatus.TO_BE_DECIDED else []),
		*memory.warnings(gift),
	]
	return {"message": " ".join(said), "name": gift.name}


def tell_who_decides(gift: Any) -> None:
	"""Tell the chiefs of protocol of a gift that has just come to wait for a decision, each in their language."""
	before = gift.get_doc_before_save()
	if gift.status != GiftStatus.TO_BE_DECIDED or (before and before.status == gift.status):
		return
	alert_role(
		PROTOCOL,
		gift,
		lambda: _("A gift above a threshold is to be decided: {0}.").format(escape_html(gift.gift)),
	)


def _amount(text: Any) -> float:
	written = cstr(text).strip()
	if written and not _AMOUNT.fullmatch(written):
		frappe.throw(_("The value must be a number, such as 45 or 45.50."), OfficialGiftError)
	return flt(written)
