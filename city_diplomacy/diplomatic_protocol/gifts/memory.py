"""What to know before a gift is given or taken: what was given before, thresholds it is above, and advice against it."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_months, cint, cstr, formatdate

from city_diplomacy.diplomatic_protocol.gifts import thresholds
from city_diplomacy.diplomatic_protocol.settings import SETTINGS
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.gifts import Direction
from city_diplomacy.registers.record_dates import date_of

GIFT = "Official Gift"
MOST_REMEMBERED = 5


def warnings(gift: Any) -> list[str]:
	"""What the reader should know of a gift, stored or not, each as a sentence of plain text."""
	return [
		*(thresholds.said_of(one, gift.currency) for one in thresholds.above(gift)),
		*_advice(gift),
		*_given_before(gift),
	]


def _advice(gift: Any) -> Iterator[str]:
	"""What the office noted on such gifts, on gifts to the country, or on gifts to the partner."""
	called = search_form(f"{cstr(gift.gift)} {cstr(gift.description)}").split()
	partner = gift.partner if gift.partner_type == "Partner City" else None
	for row in frappe.get_cached_doc(SETTINGS).gift_advice:
		words = [search_form(word) for word in cstr(row.words).split(",") if word.strip()]
		if row.country and row.country != gift.country:
			continue
		if row.partner and row.partner != partner:
			continue
		if not words or any(word in called for word in words):
			yield row.advice


def _given_before(gift: Any) -> Iterator[str]:
	"""The latest gifts of the same direction to or from the same people, as far as the reader may know of them."""
	years = cint(frappe.get_cached_doc(SETTINGS).gift_memory_years)
	same = _same_people(gift)
	if not years or not same or not date_of(gift, "gift_date"):
		return
	rows = frappe.get_list(
		GIFT,
		filters={
			"direction": gift.direction,
			"gift_date": [">=", add_months(date_of(gift, "gift_date"), -12 * years)],
			"name": ["!=", cstr(gift.name) or "-"],
		},
		or_filters=same,
		fields=["gift", "gift_date", "other_name"],
		order_by="gift_date desc, name desc",
		limit_page_length=MOST_REMEMBERED,
	)
	for row in rows:
		sentence = (
			_("{0} was given to {1} on {2} already.")
			if gift.direction == Direction.GIVEN
			else _("{0} was received from {1} on {2} already.")
		)
		yield sentence.format(row.gift, row.other_name, formatdate(row.gift_date))


def _same_people(gift: Any) -> dict[str, Any]:
	"""By what the people are known: the partner, the mission, the body they act for, or their own name."""
	found = {
		"partner": gift.partner,
		"consular_mission": gift.consular_mission,
		"affiliation": gift.affiliation,
	}
	found = {field: value for field, value in found.items() if cstr(value).strip()}
	return found or ({"other_name": gift.other_name} if cstr(gift.other_name).strip() else {})
