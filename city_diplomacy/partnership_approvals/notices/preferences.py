"""What each person chose about messages, and what the city chose for everybody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.utils import cint

from city_diplomacy.domain.calendar.digests import Delivery
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.shapes import Document
from city_diplomacy.registers.languages import site_language

PREFERENCE = "Approval Notification Preference"
FIELDS = ("deliver", "digest_hour", "reminders")
WITHOUT_A_CHOICE = {"deliver": Delivery.AT_ONCE, "digest_hour": 8, "reminders": 1}


class Choice(Protocol):
	"""What somebody chose, or the city for them, by the names in FIELDS."""

	deliver: str
	digest_hour: int | str
	reminders: int | str


@dataclass(frozen=True)
class Reader:
	"""A person messages are for: their clock and language, and what they want at all."""

	user: str
	zone: ZoneInfo
	language: str
	daily_digest: bool
	digest_hour: int
	wants_messages: bool
	wants_reminders: bool


def readers(users: Iterable[str]) -> dict[str, Reader]:
	"""The readers by their names, read in a fixed number of statements."""
	names = sorted(users)
	if not names:
		return {}
	accounts = _rows("User", names, ("enabled", "time_zone", "language"))
	bells = _rows("Notification Settings", names, ("enabled",))
	own = _rows(PREFERENCE, names, FIELDS)
	usual = citys_choice()
	found = {}
	for name in names:
		account, chosen = accounts.get(name) or frappe._dict(), own.get(name) or usual
		found[name] = Reader(
			user=name,
			zone=_zone(account.time_zone) or site_zone(),
			language=account.language or site_language(),
			daily_digest=chosen.deliver == Delivery.DAILY_DIGEST,
			digest_hour=min(max(cint(chosen.digest_hour), 0), 23),
			# Frappe's own switch for all notifications of a person; without a record it is on.
			wants_messages=bool(account.enabled) and (name not in bells or bool(bells[name].enabled)),
			wants_reminders=bool(cint(chosen.reminders)),
		)
	return found


def choice_of(user: str) -> Choice:
	"""The stored choice of a person by the names in FIELDS, or the city's for somebody who has made none."""
	return _rows(PREFERENCE, [user], FIELDS).get(user) or citys_choice()


def citys_choice() -> Choice:
	"""What City Diplomacy Settings says by the names in FIELDS, with the app's own values where it says nothing."""
	# As stored: a document would show what was never set as 0, and reminders are on until switched off.
	settings = frappe.db.get_singles_dict("City Diplomacy Settings")
	said = {field: settings.get(field) for field in FIELDS}
	return frappe._dict(
		{
			field: WITHOUT_A_CHOICE.get(field) if value in (None, "") else value
			for field, value in said.items()
		}
	)


def choose(**choice: Any) -> dict[str, Any]:
	"""Keep the signed-in person's own choice, its values by the names in FIELDS; returns what to tell them.

	Raises ApprovalError for an hour that is none; a guest has no choice to keep.
	"""
	user = frappe.session.user
	if frappe.db.exists(PREFERENCE, user):
		doc = frappe.get_doc(PREFERENCE, user)
	else:
		doc = frappe.new_doc(PREFERENCE, user=user)
	doc.update(choice)
	# Both check that it is their own.
	doc.insert() if doc.is_new() else doc.save()
	return {"message": _("Saved.")}


def check_hour(doc: Document) -> None:
	"""Raises ApprovalError for a digest hour that is none; called while `doc` is validated."""
	if not 0 <= cint(doc.get("digest_hour")) <= 23:
		frappe.throw(_("The hour of the daily digest must be from 0 to 23."), ApprovalError)


def is_changed(doc: Document) -> bool:
	"""Whether the save just made changed when messages are delivered."""
	before = doc.get_doc_before_save()
	return not before or any(str(doc.get(field) or "") != str(before.get(field) or "") for field in FIELDS)


def visible_preferences_condition(user: str) -> Criterion:
	"""A person's choice is their own business; the Administrator alone sees others'."""
	return frappe.qb.DocType(PREFERENCE).name == user


def site_zone() -> ZoneInfo:
	"""The time zone the site's times are in."""
	return _zone(frappe.get_system_settings("time_zone")) or ZoneInfo("UTC")


def zone_of(user: str) -> ZoneInfo:
	"""The time zone a person's clock is in: their account's, else the site's."""
	return _zone(frappe.db.get_value("User", user, "time_zone")) or site_zone()


def _zone(name: str | None) -> ZoneInfo | None:
	"""None for no name and for one this machine does not know."""
	try:
		return ZoneInfo(name) if name else None
	except (ZoneInfoNotFoundError, ValueError):
		return None


def _rows(doctype: str, names: list[str], fields: tuple[str, ...]) -> dict[str, Any]:
	# The engine reads the person's own choice for them; nobody else is shown it.
	rows = frappe.get_all(
		doctype, filters={"name": ["in", names]}, fields=["name", *fields], limit_page_length=0
	)
	return {row.name: row for row in rows}
