"""What browsers ask of ceremonial requests."""

import frappe

from city_diplomacy.diplomatic_protocol.ceremonies import letters, requests, rules
from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.registers.readable import readable


@frappe.whitelist()
@checked
def findings(request: Name) -> list[str]:
	"""What a stored request does not keep of the rules, as sentences."""
	return [rules.said_of(one) for one in rules.findings(readable(rules.REQUEST, request))]


@frappe.whitelist()
@checked
def draft(request: Name) -> dict[str, str]:
	"""A text to begin with, filled in from the request: {"text"}; nothing is stored."""
	return {"text": requests.draft_for(readable(rules.REQUEST, request))}


@frappe.whitelist()
@checked
def letter(request: Name) -> dict[str, str]:
	"""A letter to whoever asked, drafted in their language: {"recipient", "subject", "message"}; nothing is sent."""
	return letters.letter_for(readable(rules.REQUEST, request))
