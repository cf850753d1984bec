"""Where Frappe's e-mail login link leads: back to the page of ours that sent a guest to sign in.

Frappe's login page keeps `redirect-to` for a password, but the link it mails forgets it and ends at "/me" or
on Desk. So the page asked for is noted when the link is asked for, and taken up when the link is followed,
in whichever browser that is. Both are Frappe's own `after_request` hook; nothing of Frappe is replaced.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import frappe

from city_diplomacy.access.rights import ROLES

ASKING = "frappe.www.login.send_login_link"
FOLLOWING = "frappe.www.login.login_via_key"
# Longer than any link lives that an administrator is likely to allow.
KEPT_FOR_SECONDS = 24 * 60 * 60
OUR_PAGES = ("/clearances", "/commitments", "/notification-preferences")
OUR_PAGES_OF_RECORDS = ("/clearance/", "/agreement/")
LONGEST_PATH = 300


def lead_back(response: Any, request: Any) -> None:
	"""Hook after each request: remember where somebody wanted to go, or send them there."""
	method = request.path.removeprefix("/api/method/")
	if ASKING in (method, frappe.form_dict.get("cmd")):
		_remember(frappe.form_dict.get("email"), request.referrer)
	followed = FOLLOWING in (method, frappe.form_dict.get("cmd")) and response.status_code in (301, 302, 303)
	if followed and (target := _target_of(frappe.session.user)):
		response.headers["Location"] = frappe.utils.get_url(target)


def wanted_page(address: str | None) -> str | None:
	"""The page of ours that a login page's address says to go on to; None for any other, and for other sites."""
	query = parse_qs(urlsplit(address or "").query)
	path = (query.get("redirect-to") or [""])[0]
	parts = urlsplit(path)
	plain = not (parts.scheme or parts.netloc or "\\" in path or ".." in path) and len(path) <= LONGEST_PATH
	ours = parts.path in OUR_PAGES or parts.path.startswith(OUR_PAGES_OF_RECORDS)
	return parts.path if plain and ours else None


def _remember(email: Any, address: str | None) -> None:
	target = wanted_page(address)
	if target and isinstance(email, str):
		frappe.cache.set_value(_key(email), target, expires_in_sec=KEPT_FOR_SECONDS)


def _target_of(user: str) -> str | None:
	"""What was remembered, once; for one of our people without Desk, the list of what is asked of them."""
	if user == "Guest":
		return None
	target = frappe.cache.get_value(_key(user), expires=True)
	if target:
		frappe.cache.delete_value(_key(user))
		return target
	website = frappe.db.get_value("User", user, "user_type") == "Website User"
	return "/clearances" if website and not ROLES.keys().isdisjoint(frappe.get_roles(user)) else None


def _key(email: str) -> str:
	return f"city_diplomacy_after_login:{email.strip().lower()}"
