"""Official gifts: what the entry of one must be, and whether it needs somebody else's approval."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, flt, getdate

from city_diplomacy.diplomatic_protocol.exceptions import OfficialGiftError
from city_diplomacy.diplomatic_protocol.gifts import thresholds
from city_diplomacy.domain.protocol.gifts import Custody, Direction, GiftStatus, quarter_of
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, refuse_future, today
from city_diplomacy.registers.record_money import settle_money
from city_diplomacy.registers.set_by_server import refuse_typed

GIFT = "Official Gift"
# What a decision rests on: whoever changes one of these states the gift anew.
STATED = (
	"direction",
	"official",
	"official_role",
	"source_kind",
	"other_name",
	"affiliation",
	"gift_date",
	"value",
	"currency",
)
SET_BY_SERVER = ("status", "above_threshold", "decided_by", "decided_on", "decision_words", "stated_by")


def settle_gift(gift: Any) -> None:
	"""What a stored gift must be. Raises OfficialGiftError or RegisterError in one sentence."""
	if not gift.flags.by_verb:
		refuse_typed(
			gift,
			SET_BY_SERVER,
			_("{0} is decided by the buttons of the form, not by hand."),
			OfficialGiftError,
			of_a_new_one={"status": GiftStatus.LOGGED},
		)
	settle_money(gift, "value")
	gift.currency = gift.currency if gift.value else None
	_check_days(gift)
	_check_people(gift)
	_settle_custody(gift)
	if gift.withhold and not cstr(gift.withhold_reason).strip():
		frappe.throw(_("Say why the gift is left out of the public log."), OfficialGiftError)
	gift.source_key = thresholds.source_key(gift)
	gift.gift_quarter = quarter_of(date_of(gift, "gift_date"))
	if not gift.flags.by_verb:
		_state(gift)


def _check_days(gift: Any) -> None:
	if not date_of(gift, "gift_date"):
		frappe.throw(_("Say on which day the gift was received or given."), OfficialGiftError)
	if gift.direction == Direction.RECEIVED:
		refuse_future(gift, "gift_date")
	refuse_future(gift, "disposed_on")
	refuse_backwards(gift, OfficialGiftError, ("gift_date", "disposed_on"))
	stored = gift.get_doc_before_save()
	# Kept from the entry on, whatever a client sends.
	gift.logged_on = stored.logged_on if stored else today()
	gift.days_to_log = max(0, (getdate(gift.logged_on) - date_of(gift, "gift_date")).days)


def _check_people(gift: Any) -> None:
	for fieldname in ("official", "other_name"):
		gift.set(fieldname, " ".join(cstr(gift.get(fieldname)).split()))
	check_email_address(gift, "other_email")
	if bool(gift.partner_type) != bool(gift.partner):
		frappe.throw(_("Choose the kind of partner and the partner, or neither."), OfficialGiftError)


def _settle_custody(gift: Any) -> None:
	if gift.disposal:
		gift.custody = Custody.DISPOSED
		gift.disposed_on = gift.disposed_on or today()
	elif gift.custody == Custody.DISPOSED or gift.disposed_on:
		frappe.throw(_("Say how the gift was disposed of."), OfficialGiftError)
	if gift.custody == Custody.STORAGE and not cstr(gift.storage_location).strip():
		frappe.throw(_("Say where the gift is stored."), OfficialGiftError)


def _state(gift: Any) -> None:
	"""Ask for a decision where what is stated now is above a threshold; a decision on other words no longer counts."""
	stored = gift.get_doc_before_save()
	if stored and not is_changed(gift, stored):
		return
	gift.above_threshold = int(bool(thresholds.above(gift)))
	gift.status = GiftStatus.TO_BE_DECIDED if gift.above_threshold else GiftStatus.LOGGED
	gift.update(
		{"stated_by": frappe.session.user, "decided_by": None, "decided_on": None, "decision_words": None}
	)


def is_changed(gift: Any, stored: Any) -> bool:
	"""Whether anything a decision rests on is said otherwise than before."""
	return any(_plain(gift, field) != _plain(stored, field) for field in STATED)


def _plain(gift: Any, fieldname: str) -> Any:
	value = gift.get(fieldname)
	return flt(value) if fieldname == "value" else cstr(value)
