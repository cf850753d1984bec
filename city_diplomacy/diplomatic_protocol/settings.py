"""What the city has chosen for its protocol."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr

from city_diplomacy.diplomatic_protocol.exceptions import ProtocolSettingsError
from city_diplomacy.domain.protocol.precedence import ActingHeads, HonoraryHeads, SameDay, Variations

SETTINGS = "Protocol Settings"
LIMITS = {"log_gifts_within_days": 365, "gift_memory_years": 50}


def check_settings(settings: Any) -> None:
	"""Raises ProtocolSettingsError for a number out of reason and for a dean who stands first and is nobody."""
	for fieldname, most in LIMITS.items():
		if not 0 <= cint(settings.get(fieldname)) <= most:
			frappe.throw(
				_("{0} must be from 0 to {1}.").format(_(settings.meta.get_label(fieldname)), most),
				ProtocolSettingsError,
			)
	if settings.dean_first and not settings.dean:
		frappe.throw(_("Name the dean of the corps who stands first."), ProtocolSettingsError)
	for row in settings.gift_advice:
		if not (row.country or row.partner or cstr(row.words).strip()):
			frappe.throw(
				_("Row {0}: say for which country, partner or gift the advice is.").format(row.idx),
				ProtocolSettingsError,
			)


def variations() -> Variations:
	"""The city's variations of precedence; what was never chosen is as the Convention has it."""
	settings, own = frappe.get_cached_doc(SETTINGS), Variations()
	return Variations(
		honorary_heads=HonoraryHeads(settings.honorary_heads or own.honorary_heads),
		acting_heads=ActingHeads(settings.acting_heads or own.acting_heads),
		same_day=SameDay(settings.same_day or own.same_day),
		dean=settings.dean if settings.dean_first else None,
		embassies_first=bool(settings.embassies_first),
	)
