"""What browsers ask of official gifts. What writes is POST only."""

from typing import Any

import frappe

from city_diplomacy.diplomatic_protocol.gifts import decisions, entry, memory
from city_diplomacy.partnership_approvals.arguments import Day, Flag, Line, Name, Values, Words, checked
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import read_dates
from city_diplomacy.registers.register import refuse_wrong_shapes

GIFT = "Official Gift"


@frappe.whitelist()
@checked
def about(gift: Name) -> dict[str, Any]:
	"""For the form of a stored gift: {"warnings", "why_not"}, the second why the person does not decide on it."""
	doc = readable(GIFT, gift)
	return {"warnings": memory.warnings(doc), "why_not": decisions.why_not(doc, frappe.session.user)}


@frappe.whitelist()
@checked
def warnings(values: Values) -> list[str]:
	"""What to know of a gift that is being entered, as sentences; nothing is stored."""
	frappe.has_permission(GIFT, "create", throw=True)
	refuse_wrong_shapes(GIFT, values)
	known = {"name", *(df.fieldname for df in frappe.get_meta(GIFT).fields)}
	gift = frappe.get_doc({"doctype": GIFT, **{key: value for key, value in values.items() if key in known}})
	read_dates(gift)
	return memory.warnings(gift)


@frappe.whitelist(methods=["POST"])
@checked
def decide(gift: Name, approve: Flag, words: Words = "") -> dict[str, str]:
	"""Approve or refuse a gift above a threshold; answers {"status"}."""
	return {"status": decisions.decide(gift, bool(approve), words)}


@frappe.whitelist(methods=["POST"])
@checked
def enter(
	gift: Line,
	direction: Line,
	gift_date: Day,
	official: Line,
	official_role: Line,
	other_name: Line,
	source_kind: Line,
	value: Line = "",
	currency: Line = "",
	affiliation: Line = "",
	country: Line = "",
	occasion: Line = "",
	custody: Line = "",
	description: Words = "",
) -> dict[str, Any]:
	"""Log a gift from the page; answers {"message", "name"}."""
	frappe.has_permission(GIFT, "create", throw=True)
	stated = {
		"gift": gift,
		"direction": direction,
		"gift_date": gift_date,
		"official": official,
		"official_role": official_role,
		"other_name": other_name,
		"source_kind": source_kind,
		"value": value,
		"currency": currency or None,
		"affiliation": affiliation,
		"country": country or None,
		"occasion": occasion,
		"description": description,
	}
	return entry.enter({**stated, **({"custody": custody} if custody else {})})
