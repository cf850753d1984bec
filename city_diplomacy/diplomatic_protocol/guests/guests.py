"""Guests on a list: what the entry of one must be."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html, formatdate

from city_diplomacy.diplomatic_protocol.guests.exceptions import InvitedGuestError
from city_diplomacy.diplomatic_protocol.guests.lists import GUEST, LIST, OCCASION
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.guests import GuestSide, Rsvp, is_too_early
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, today

# Links to others on the same list.
BESIDE = ("accompanies", "interprets_for")
LOWEST_PLACE = 999


def settle_guest(guest: Any) -> None:
	"""What a stored guest must be. Raises InvitedGuestError or RegisterError in one sentence."""
	guest.guest_name = " ".join(cstr(guest.guest_name).split())
	guest.email = cstr(guest.email).strip() or None
	check_email_address(guest, "email")
	if not 0 <= cint(guest.place_in_class) <= LOWEST_PLACE:
		frappe.throw(_("The place within a class is from 0 to {0}.").format(LOWEST_PLACE), InvitedGuestError)
	stored = guest.get_doc_before_save()
	_refuse_hidden_list(guest, stored)
	_settle_occasion(guest)
	for fieldname in BESIDE:
		_check_other(guest, fieldname, stored)
	_refuse_chain(guest)
	_refuse_named_twice(guest, stored)
	_check_host(guest)
	_check_answer(guest, stored)


def _refuse_hidden_list(guest: Any, stored: Any) -> None:
	if not stored:
		# A guest who names their companion by a link reads no list; flags never come from a client.
		if not guest.flags.by_verb:
			refuse_hidden_link(guest, "guest_list", LIST)
	elif stored.guest_list != guest.guest_list:
		frappe.throw(
			_("A guest stays on their list; enter them on the other one anew."),
			InvitedGuestError,
		)


def _settle_occasion(guest: Any) -> None:
	"""The occasion is that of the list, whatever a client sends."""
	occasion = frappe.db.get_value(LIST, guest.guest_list, OCCASION, as_dict=True) or {}
	guest.update({fieldname: occasion.get(fieldname) for fieldname in OCCASION})


def _check_other(guest: Any, fieldname: str, stored: Any) -> None:
	other = guest.get(fieldname)
	if not other or (stored and stored.get(fieldname) == other):
		return
	if not guest.flags.by_verb:
		refuse_hidden_link(guest, fieldname, GUEST)
	if other == guest.name or frappe.db.get_value(GUEST, other, "guest_list") != guest.guest_list:
		frappe.throw(
			_("{0}: choose another guest on the same list.").format(_(guest.meta.get_label(fieldname))),
			InvitedGuestError,
		)


def _refuse_chain(guest: Any) -> None:
	"""Whom somebody accompanies comes for themselves, or a companion would have no place in the order."""
	if not guest.accompanies:
		return
	if frappe.db.get_value(GUEST, guest.accompanies, "accompanies") or frappe.db.exists(
		GUEST, {"accompanies": guest.name or "-"}
	):
		frappe.throw(
			_("A companion accompanies a guest who comes for themselves, and has no companion of their own."),
			InvitedGuestError,
		)


def _refuse_named_twice(guest: Any, stored: Any) -> None:
	if stored and all(
		cstr(stored.get(one)) == cstr(guest.get(one)) for one in ("guest_name", "organisation")
	):
		return
	# Read past permissions within the one list the person writes to.
	others = frappe.get_all(
		GUEST,
		{"guest_list": guest.guest_list, "name": ["!=", guest.name or ""]},
		["guest_name", "organisation"],
		limit_page_length=0,
	)
	if _called(guest) in {_called(other) for other in others}:
		frappe.throw(
			_("{0} stands on this list already; give two of one name different organisations.").format(
				escape_html(guest.guest_name)
			),
			InvitedGuestError,
		)


def _called(guest: Any) -> tuple[str, str]:
	return search_form(cstr(guest.guest_name)), search_form(cstr(guest.organisation))


def _check_host(guest: Any) -> None:
	if not guest.is_host:
		return
	if guest.side != GuestSide.HOST:
		frappe.throw(_("The host is one of our side."), InvitedGuestError)
	if guest.guest_of_honour:
		frappe.throw(_("Nobody is host and guest of honour at once."), InvitedGuestError)
	other = frappe.db.get_value(
		GUEST,
		{"guest_list": guest.guest_list, "is_host": 1, "name": ["!=", guest.name or ""]},
		"guest_name",
	)
	if other:
		frappe.throw(
			_("{0} is the host already; a list has one.").format(escape_html(other)), InvitedGuestError
		)


def _check_answer(guest: Any, stored: Any) -> None:
	event_day = frappe.db.get_value(LIST, guest.guest_list, "event_date")
	if is_too_early(guest.rsvp, event_day, today()):
		frappe.throw(
			_("It takes place on {0}; nobody is {1} before.").format(formatdate(event_day), _(guest.rsvp)),
			InvitedGuestError,
		)
	if not stored or stored.rsvp != guest.rsvp:
		has_answered = guest.rsvp in (Rsvp.ACCEPTED, Rsvp.DECLINED)
		guest.answered_on = (date_of(guest, "answered_on") or today()) if has_answered else guest.answered_on
