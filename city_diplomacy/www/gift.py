"""Logging an official gift, for whoever may enter one, with Desk or without."""

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.gifts.entry import GIFT
from city_diplomacy.registers.record_dates import today
from city_diplomacy.registers.record_money import default_currency
from city_diplomacy.templates.page import answer_not_found, begin, day, require_sign_in

SHOWN = 20


def get_context(context) -> None:
	require_sign_in("/gift")
	if not frappe.has_permission(GIFT, "create"):
		answer_not_found(context)
		return
	page = begin(context, _("Log a gift"), here="gift")
	page.update(
		{
			"state": "",
			"choices": {
				field: choices_of(field) for field in ("direction", "official_role", "source_kind", "custody")
			},
			"countries": frappe.get_all("Country", pluck="name", order_by="name asc", limit_page_length=0),
			"currencies": frappe.get_all(
				"Currency", {"enabled": 1}, pluck="name", order_by="name asc", limit_page_length=0
			),
			"currency": default_currency(),
			"today": today().isoformat(),
			"own": own_gifts(),
		}
	)


def choices_of(fieldname: str) -> list[str]:
	options = frappe.get_meta(GIFT).get_field(fieldname).options
	return [choice for choice in options.split("\n") if choice]


def own_gifts() -> list[dict]:
	"""The gifts the signed-in person entered, the latest first."""
	rows = frappe.get_list(
		GIFT,
		filters={"owner": frappe.session.user},
		fields=["name", "gift", "gift_date", "direction", "other_name", "status"],
		order_by="gift_date desc, name desc",
		limit_page_length=SHOWN,
	)
	return [{**row, "when": day(row.gift_date)} for row in rows]
