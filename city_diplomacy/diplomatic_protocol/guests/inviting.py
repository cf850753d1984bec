"""Asking all guests of a list at once whether they come."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.guests.exceptions import GuestListError
from city_diplomacy.diplomatic_protocol.guests.lists import GUEST, LIST
from city_diplomacy.diplomatic_protocol.guests.will_you_come import WILL_YOU_COME
from city_diplomacy.domain.protocol.guests import Rsvp
from city_diplomacy.guest_links import schedule
from city_diplomacy.guest_links.exceptions import GuestLinkError
from city_diplomacy.guest_links.permissions import require_issuer
from city_diplomacy.registers.readable import readable


def ask_all(guest_list: str) -> dict[str, Any]:
	"""Leave a letter to each guest who was not asked yet to a job.

	Returns how many are on their way and the names of guests without an address; a companion without one is answered
	for by whom they accompany. Raises GuestListError where nobody is left, GuestLinkError where nobody is asked now.
	"""
	readable(LIST, guest_list, "write")
	rows = frappe.get_list(
		GUEST,
		filters={"guest_list": guest_list, "rsvp": Rsvp.NOT_ASKED},
		fields=["name", "guest_name", "email", "accompanies"],
		order_by="name asc",
		limit_page_length=0,
	)
	if not rows:
		frappe.throw(_("Every guest on this list was asked."), GuestListError)
	first = frappe.get_doc(GUEST, rows[0].name)
	require_issuer(WILL_YOU_COME, first)
	if objection := WILL_YOU_COME.objection(first):
		frappe.throw(objection, GuestLinkError)
	ready = [row.name for row in rows if row.email]
	schedule.issue_soon(WILL_YOU_COME, ready, frappe.session.user)
	without = [row.guest_name for row in rows if not row.email and not row.accompanies]
	return {"sending": len(ready), "without_address": without}
