"""What a signature does to the tie with the partners: their stage moves where the type of agreement says so."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.partnerships.relationship import leads_further
from city_diplomacy.partnerships.agreements.parties import COUNTERPART
from city_diplomacy.registers.languages import in_language, site_language


def follow_signature(agreement: Any) -> None:
	"""Move the counterparts to the stage the agreement's type names, never back, and say so to whoever signed.

	Each partner gets a comment. A confidential agreement moves nobody: the stage would tell of it.
	"""
	reached = frappe.get_cached_value("Agreement Type", agreement.agreement_type, "moves_partner_to")
	if not reached:
		return
	moved = [
		said
		for row in agreement.parties
		if row.side == COUNTERPART and (said := _move(row, reached, agreement))
	]
	if moved:
		frappe.msgprint("<br>".join(moved), title=_("Relationship stage"), indicator="green")


def _move(row: Any, reached: str, agreement: Any) -> str | None:
	stage = _stage_of(row)
	if stage is None or not leads_further(row.party_type, stage, reached):
		return None
	if agreement.confidential:
		return _("{0} stays at {1}: the agreement is confidential.").format(row.party_name, _(stage))
	partner = frappe.get_doc(row.party_type, row.party)
	partner.relationship_stage = reached
	# The signature is the right to it; who records it need not keep the register.
	partner.save(ignore_permissions=True)
	with in_language(site_language()):
		comment = _("moved from {0} to {1} by the signature of {2}").format(
			_(stage), _(reached), agreement.name
		)
	partner.add_comment("Info", comment)
	return _("{0} moved from {1} to {2}.").format(row.party_name, _(stage), _(reached))


def _stage_of(row: Any) -> str | None:
	if not frappe.get_meta(row.party_type).has_field("relationship_stage"):
		return None
	return frappe.db.get_value(row.party_type, row.party, "relationship_stage") or ""
