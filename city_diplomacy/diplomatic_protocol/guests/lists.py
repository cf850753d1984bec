"""Guest lists: what a stored one must be, and who may know of it."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.utils import formatdate

from city_diplomacy.access.rows import about_known
from city_diplomacy.diplomatic_protocol.guests.exceptions import GuestListError
from city_diplomacy.domain.protocol.guests import ListStatus, is_too_early
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, today
from city_diplomacy.registers.record_times import read_time

LIST, GUEST = "Guest List", "Invited Guest"
OCCASION = ("about_type", "about")
OCCASIONS = ("Partner Engagement", "Delegation Visit", "International Event")


def visible_lists_condition(user: str) -> Criterion:
	"""The lists a person may know of: of no occasion, or of one they may know of."""
	return _of_known_occasion(frappe.qb.DocType(LIST), user)


def visible_guests_condition(user: str) -> Criterion:
	"""The guests a person may know of: those on lists they may know of, whose occasion stands with each guest."""
	return _of_known_occasion(frappe.qb.DocType(GUEST), user)


def _of_known_occasion(table: Any, user: str) -> Criterion:
	has_none = table.about.isnull() | (table.about == "")
	return has_none | about_known(table.about_type, table.about, OCCASIONS, user)


def settle_list(guest_list: Any) -> None:
	"""What a stored list must be. Raises GuestListError or RegisterError in one sentence."""
	read_time(guest_list, "starts_at", GuestListError)
	_check_occasion(guest_list)
	refuse_backwards(guest_list, GuestListError, ("answer_by", "event_date"))
	if guest_list.status == ListStatus.HELD and is_too_early(
		guest_list.status, date_of(guest_list, "event_date"), today()
	):
		frappe.throw(
			_("It takes place on {0}; the list cannot be {1} before.").format(
				formatdate(guest_list.event_date), _(guest_list.status)
			),
			GuestListError,
		)


def _check_occasion(guest_list: Any) -> None:
	if bool(guest_list.about_type) != bool(guest_list.about):
		frappe.throw(
			_("Say of what kind the occasion is and which one, or neither for a reception by itself."),
			GuestListError,
		)
	if not guest_list.about:
		return
	if guest_list.about_type not in OCCASIONS:
		frappe.throw(
			_("A guest list is about one of {0}.").format(", ".join(_(kind) for kind in OCCASIONS)),
			GuestListError,
		)
	stored = guest_list.get_doc_before_save()
	if not stored or (stored.about_type, stored.about) != (guest_list.about_type, guest_list.about):
		refuse_hidden_link(guest_list, "about", guest_list.about_type)


def follow_occasion(guest_list: Any) -> None:
	"""Let the guests of a stored list stand under its occasion, by which it is known who may know of them."""
	stored = guest_list.get_doc_before_save()
	if not stored or (stored.about_type, stored.about) == (guest_list.about_type, guest_list.about):
		return
	guests = frappe.qb.DocType(GUEST)
	query = frappe.qb.update(guests).where(guests.guest_list == guest_list.name)
	for fieldname in OCCASION:
		query = query.set(guests[fieldname], guest_list.get(fieldname))
	query.run()
