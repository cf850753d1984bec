"""What calendar programs and the form of a feed call."""

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit

from city_diplomacy.calendar_feeds import feeds, sources
from city_diplomacy.calendar_feeds.exceptions import UnknownFeedError
from city_diplomacy.calendar_feeds.rendering import calendar_text
from city_diplomacy.domain.calendar.entries import span_on
from city_diplomacy.partnership_approvals.arguments import Line, checked
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.record_dates import today

# Of one network address. Calendar services ask for many people from one.
READS_PER_MINUTE = 120
WRONG_PER_HOUR = 30
WRONG = "wrong calendar feed"


@frappe.whitelist(allow_guest=True, methods=["GET"])
@checked
@rate_limit(limit=lambda: READS_PER_MINUTE, seconds=60)
def feed(token: Line = "") -> None:
	"""Sends the calendar a token opens; for every token that opens none there is one answer, and it is counted."""
	try:
		user = feeds.owner_of(token)
	except UnknownFeedError:
		_count_wrong()
		frappe.throw(_("There is no such calendar."), frappe.DoesNotExistError)
	entries = sources.entries_for(user, span_on(today()))
	frappe.local.response.filename = "calendar.ics"
	frappe.local.response.filecontent = calendar_text(entries, _calendar_name())
	frappe.local.response.type = "download"


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def make_address() -> dict[str, str]:
	"""Give the signed-in person an address for their calendar; one they had opens nothing any more."""
	frappe.has_permission(feeds.DOCTYPE, "read", throw=True)
	return {"address": feeds.make_address(frappe.session.user)}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def revoke() -> None:
	"""Take back the address of the signed-in person's calendar."""
	frappe.has_permission(feeds.DOCTYPE, "read", throw=True)
	feeds.revoke(frappe.session.user)


def _calendar_name() -> str:
	return frappe.get_cached_doc("City Diplomacy Settings").city_name or _("International partnerships")


def _count_wrong() -> None:
	frappe.form_dict["cmd"] = WRONG
	_counted()


@rate_limit(limit=lambda: WRONG_PER_HOUR, seconds=60 * 60)
def _counted() -> None:
	"""Raises RateLimitExceededError for one wrong token too many from an address."""
