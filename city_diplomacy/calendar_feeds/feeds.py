"""A person's feed: given an address, given another, taken back, and found again by the token in its address.

A token is the feed's name and a secret of 256 bits, `<name>-<secret>`. Stored is its SHA-256 alone, and an address is
shown once, when it is made. The hashes are compared in constant time.
"""

import hashlib
import hmac
import re
import secrets

import frappe
from frappe.query_builder import Criterion
from frappe.utils import get_url, now_datetime

from city_diplomacy.calendar_feeds.exceptions import FeedError, UnknownFeedError
from city_diplomacy.domain.calendar.entries import FeedStatus

DOCTYPE = "Calendar Feed"
METHOD = "/api/method/city_diplomacy.calendar_feeds.api.feed"
SECRET_BYTES = 32
_TOKEN = re.compile(r"([a-z0-9]{1,20})-[A-Za-z0-9_-]{43}")
# What a token that finds no row is compared with.
_NOBODY = hashlib.sha256(b"").hexdigest()


def make_address(user: str) -> str:
	"""Give a person a feed, or their feed another address; the one before opens nothing from now on.

	Returns the address, which is told this once. Raises FeedError for somebody who has no account in the office.
	"""
	# Two requests at once wait for each other here, or both would make a feed.
	account = frappe.db.get_value("User", user, ["enabled", "user_type"], as_dict=True, for_update=True)
	if not account or not _may_have_one(account):
		frappe.throw(frappe._("Calendars are for people who work in Desk."), FeedError)
	name = frappe.db.get_value(DOCTYPE, {"user": user}) or _insert(user)
	token = f"{name}-{secrets.token_urlsafe(SECRET_BYTES)}"
	_change(
		name,
		status=FeedStatus.ACTIVE,
		token_hash=hashed(token),
		issued_on=now_datetime(),
		revoked_on=None,
	)
	return get_url(f"{METHOD}?token={token}")


def revoke(user: str) -> None:
	"""Let the address of a person's feed open nothing any more. Raises FeedError where none opens one."""
	name = frappe.db.get_value(DOCTYPE, {"user": user, "status": FeedStatus.ACTIVE}, for_update=True)
	if not name:
		frappe.throw(frappe._("There is no address to take back."), FeedError)
	_change(name, status=FeedStatus.REVOKED, token_hash="", revoked_on=now_datetime())


def owner_of(token: str) -> str:
	"""Whose calendar a token opens.

	Raises UnknownFeedError alike for a token nobody made, one taken back, a wrong secret, and somebody who left.
	"""
	shape = _TOKEN.fullmatch(token)
	feed, person = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("User")
	query = frappe.qb.from_(feed).join(person).on(person.name == feed.user)
	query = query.select(feed.user, feed.token_hash, feed.status, person.enabled, person.user_type)
	rows = query.where(feed.name == (shape[1] if shape else "-")).run(as_dict=True)
	stored = (rows[0].token_hash if rows else "") or _NOBODY
	is_right = hmac.compare_digest(hashed(token).encode(), stored.encode())
	if not (is_right and rows and rows[0].status == FeedStatus.ACTIVE and _may_have_one(rows[0])):
		raise UnknownFeedError
	return rows[0].user


def hashed(token: str) -> str:
	"""What is stored of a token."""
	return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def visible_feeds_condition(user: str) -> Criterion:
	"""A person's feed is their own business; the Administrator alone sees others'."""
	return frappe.qb.DocType(DOCTYPE).user == user


def _may_have_one(account: frappe._dict) -> bool:
	return bool(account.enabled) and account.user_type == "System User"


def _insert(user: str) -> str:
	"""Write a new row beneath the document layer, which refuses everybody."""
	name, now = frappe.generate_hash(length=10), now_datetime()
	row = {"name": name, "user": user, "owner": user, "modified_by": user, "creation": now, "modified": now}
	frappe.db.bulk_insert(DOCTYPE, list(row), [tuple(row.values())])
	return name


def _change(name: str, **values: object) -> None:
	frappe.db.set_value(DOCTYPE, name, values)
