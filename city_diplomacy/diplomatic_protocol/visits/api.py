"""What browsers call about visits. What writes is POST only."""

import frappe

from city_diplomacy.diplomatic_protocol.visits import afterwards, events, ics, letters, triage
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.partnership_approvals.arguments import Content, Flag, Line, Name, Rows, Words, checked
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["POST"])
@checked
def decide(visit: Name, accept: Flag, reason: Words = "", letter_reason: Words = "") -> None:
	"""Accept or decline a request; a reason is needed where the proposal of triage is overruled."""
	triage.decide(visit, bool(accept), reason or "", letter_reason or "")


@frappe.whitelist()
@checked
def draft_letter(visit: Name) -> dict[str, str]:
	"""The letter to the requester that is due by how the visit stands; nothing is stored."""
	return letters.draft(readable(VISIT, visit, "write"))


@frappe.whitelist(methods=["POST"])
@checked
def send_letter(visit: Name, subject: Line, message: Content) -> None:
	"""Send the letter to the requester that is due, in the words given."""
	letters.send_to_requester(visit, subject, message)


@frappe.whitelist(methods=["POST"])
@checked
def make_event(visit: Name) -> dict[str, str]:
	"""Put a visit into the calendar, once; answers {"name"} of the Event."""
	frappe.has_permission("Event", "create", throw=True)
	return {"name": events.make_event(visit).name}


@frappe.whitelist(methods=["POST"])
@checked
def make_engagement(visit: Name) -> dict[str, str]:
	"""Record a visit as an engagement, once; answers {"name"}."""
	frappe.has_permission("Partner Engagement", "create", throw=True)
	return {"name": afterwards.make_engagement(visit)}


@frappe.whitelist()
@checked
def draft_thanks(visit: Name) -> list[dict[str, str]]:
	"""The thank-you letters that are due, one for each delegate; nothing is stored."""
	return afterwards.draft_thanks(readable(VISIT, visit, "write"))


@frappe.whitelist(methods=["POST"])
@checked
def send_thanks(visit: Name, letters: Rows) -> dict[str, int]:
	"""Queue thank-you letters in the words given, each as {"delegate", "subject", "message"}; answers {"sent"}."""
	return {"sent": afterwards.send_thanks(visit, letters)}


@frappe.whitelist(methods=["GET"])
@checked
def calendar_file(visit: Name) -> None:
	"""Sends a visit and its programme as a calendar file."""
	doc = readable(VISIT, visit)
	frappe.local.response.filename = ics.file_name(doc)
	frappe.local.response.filecontent = ics.calendar_of(doc)
	frappe.local.response.type = "download"
