"""Making a link, finding it again by its token, and ending it.

A token is the link's name and a secret of 256 bits, `<name>-<secret>`. Stored is its SHA-256 alone: who reads the
database or a backup opens nothing with it. The name finds the row, and the hashes are compared in constant time, so
that how long an answer takes says nothing about a secret.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime

from city_diplomacy.domain.guest_links.links import (
	LinkStatus,
	MailStatus,
	Refusal,
	counted_since,
	next_mail_on,
	refusal_of,
)
from city_diplomacy.guest_links import letters
from city_diplomacy.guest_links.exceptions import GuestLinkError, LinkRefusedError, TooManyMailsError
from city_diplomacy.guest_links.purposes import Addressee, Purpose, declared
from city_diplomacy.registers.email_addresses import email_address

DOCTYPE = "Guest Link"
KEYS = "Guest Link Key"
ANSWERS = "Guest Link Answer"
UNANSWERED = (LinkStatus.WAITING, LinkStatus.EXPIRED)
SECRET_BYTES = 32
_TOKEN = re.compile(r"([a-z0-9]{1,20})-[A-Za-z0-9_-]{43}")
# What a token that finds no row is compared with.
_NOBODY = hashlib.sha256(b"").hexdigest()
COLUMNS = (
	"name",
	"purpose",
	"status",
	"reference_doctype",
	"reference_name",
	"person",
	"email",
	"written_in",
	"expires_on",
	"issued_by",
	"number",
)


def settings() -> Any:
	"""How long links are valid and how often they are sent: `valid_days`, `at_most`, `every_days`."""
	stored = frappe.get_cached_doc("City Diplomacy Settings")
	return frappe._dict(
		valid_days=cint(stored.link_valid_days) or 7,
		at_most=cint(stored.link_mails_at_most) or 4,
		every_days=cint(stored.link_mail_every_days) or 7,
	)


def issue(purpose: Purpose, doc: Any, to: Addressee, issued_by: str, after: int = 0) -> str:
	"""Make a link, end the earlier one to the same person about the same, and put its mail into the queue.

	`after` is the number of the mail this one follows by itself. Returns the name of the link. Who may do so is asked
	before (`api.py`). Raises GuestLinkError where the purpose objects, TooManyMailsError, and RegisterError for an
	address that is none.
	"""
	if objection := purpose.objection(doc):
		frappe.throw(objection, GuestLinkError)
	person, email = letters.checked_person(to.person), email_address(to.email).lower()
	# Two who send at once wait for each other here, or both would count the mails before the other's.
	frappe.db.get_value(doc.doctype, doc.name, "name", for_update=True)
	chosen, now = settings(), now_datetime()
	since = counted_since(now, chosen.every_days, chosen.at_most)
	number = 1 + max(after, _mails_since(since, purpose, doc, email))
	if number > chosen.at_most:
		frappe.throw(
			_("{0} was written to {1} times about this without an answer; call them instead.").format(
				email, number - 1
			),
			TooManyMailsError,
		)
	name = frappe.generate_hash(length=10)
	token = f"{name}-{secrets.token_urlsafe(SECRET_BYTES)}"
	link = frappe._dict(
		{
			"name": name,
			"purpose": purpose.key,
			"status": LinkStatus.WAITING,
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"person": person,
			"email": email,
			"written_in": letters.language_for(to.language),
			"issued_by": issued_by,
			"number": number,
			"expires_on": now + timedelta(days=chosen.valid_days),
			"next_mail_on": next_mail_on(now.date(), number, chosen.every_days, chosen.at_most),
			"mail_status": MailStatus.IN_QUEUE,
		}
	)
	insert(DOCTYPE, [link], by=issued_by)
	insert(KEYS, [{"name": name, "token_hash": hashed(token)}], by=issued_by)
	for earlier in _waiting(purpose.key, doc, email, but=name):
		end(earlier, LinkStatus.REPLACED, replaced_by=name)
	queued = letters.send(purpose, doc, link, token)
	change(name, email_queue=queued, mail_status=MailStatus.IN_QUEUE if queued else MailStatus.NOT_DELIVERED)
	purpose.issued(doc)
	return name


def _mails_since(since: datetime, purpose: Purpose, doc: Any, email: str) -> int:
	about = {"purpose": purpose.key, "reference_doctype": doc.doctype, "reference_name": doc.name}
	return frappe.db.count(
		DOCTYPE,
		{**about, "email": email, "creation": [">", since], "status": ["!=", LinkStatus.ANSWERED]},
	)


def _waiting(key: str, doc: Any, email: str, but: str) -> list[str]:
	return frappe.get_all(
		DOCTYPE,
		{
			"purpose": key,
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"email": email,
			"status": ["in", UNANSWERED],
			"name": ["!=", but],
		},
		pluck="name",
	)


def hashed(token: str) -> str:
	"""What is stored of a token."""
	return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def find(token: str, for_update: bool = False) -> Any:
	"""The row of the link a token opens, whatever its state; locked with `for_update`.

	Raises LinkRefusedError (unknown) alike for a token nobody made, one that is no token, and a wrong secret.
	"""
	shape = _TOKEN.fullmatch(token)
	link, key = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(KEYS)
	query = frappe.qb.from_(link).join(key).on(key.name == link.name).select(key.token_hash)
	query = query.select(*(link[column] for column in COLUMNS)).where(
		link.name == (shape[1] if shape else "-")
	)
	rows = (query.for_update() if for_update else query).run(as_dict=True)
	stored = rows[0].pop("token_hash") if rows else _NOBODY
	if not hmac.compare_digest(hashed(token).encode(), stored.encode()) or not rows:
		raise LinkRefusedError(Refusal.UNKNOWN)
	return rows[0]


def open_link(token: str, for_update: bool = False) -> tuple[Any, Purpose, Any]:
	"""The link a token opens, what it is for, and the record it is about.

	Raises LinkRefusedError for every reason not to open it.
	"""
	link = find(token, for_update)
	refusal = refusal_of(link.status, get_datetime(link.expires_on), now_datetime())
	if refusal:
		raise LinkRefusedError(refusal, link.written_in)
	# Whoever is signed in as somebody else, such as the officer who sent it, does not answer for the addressee.
	if frappe.session.user != "Guest" and frappe.session.user.lower() != link.email:
		raise LinkRefusedError(Refusal.SOMEBODY_ELSE, link.written_in)
	purpose = declared().get((link.purpose, link.reference_doctype))
	try:
		doc = frappe.get_doc(link.reference_doctype, link.reference_name, for_update=for_update)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		doc = None
	if purpose is None or doc is None:
		raise LinkRefusedError(Refusal.RECORD_GONE, link.written_in)
	if purpose.objection(doc):
		raise LinkRefusedError(Refusal.REVOKED, link.written_in)
	return link, purpose, doc


def insert(doctype: str, rows: Sequence[Mapping[str, Any]], by: str) -> None:
	"""Write new rows beneath the document layer, which refuses everybody; all of the same columns."""
	now = now_datetime()
	stamp = {"owner": by, "modified_by": by, "creation": now, "modified": now}
	stamped = [{**stamp, **row} for row in rows]
	if stamped:
		frappe.db.bulk_insert(doctype, list(stamped[0]), [tuple(row.values()) for row in stamped])


def count_opening(name: str) -> None:
	"""One more opening. Programs that check mail open links too, so it says that the mail arrived and no more."""
	table = frappe.qb.DocType(DOCTYPE)
	now = now_datetime()
	frappe.qb.update(table).set(table.times_opened, table.times_opened + 1).set(table.last_opened, now).where(
		table.name == name
	).run()


def end(name: str, status: LinkStatus, **more: Any) -> None:
	"""Write down that a link opens no more; nothing is sent after it."""
	change(name, status=status, next_mail_on=None, **more)


def take_back(doc: Any) -> None:
	"""End every link about a record that nobody answered, by the signed-in person; opened, it says so."""
	unanswered = frappe.get_all(
		DOCTYPE,
		{"reference_doctype": doc.doctype, "reference_name": doc.name, "status": ["in", UNANSWERED]},
		pluck="name",
		order_by="name asc",
	)
	for name in unanswered:
		revoke(name)


def revoke(name: str) -> None:
	"""End a link by the signed-in person, at once and for good."""
	end(name, LinkStatus.REVOKED, revoked_by=frappe.session.user, revoked_on=now_datetime())


def change(name: str, **values: Any) -> None:
	"""Write columns of a link, which nobody may save as a document."""
	frappe.db.set_value(DOCTYPE, name, values)


def forget(doc: Any, method: str | None = None) -> None:
	"""Hook on_trash of records links can be about: what was sent about a record goes with it."""
	names = frappe.get_all(
		DOCTYPE, {"reference_doctype": doc.doctype, "reference_name": doc.name}, pluck="name"
	)
	if names:
		frappe.db.delete(ANSWERS, {"parent": ["in", names]})
		frappe.db.delete(KEYS, {"name": ["in", names]})
		frappe.db.delete(DOCTYPE, {"name": ["in", names]})


def follow_new_name(doc: Any, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Hook after_rename: links follow the record's new name where Frappe has not moved them (see `dynamic_uses`)."""
	table = frappe.qb.DocType(DOCTYPE)
	about_it = (table.reference_doctype == doc.doctype) & (table.reference_name == old)
	frappe.qb.update(table).set(table.reference_name, new).where(about_it).run()
