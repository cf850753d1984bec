"""What browsers ask for of briefing books; nothing is written."""

import frappe

from city_diplomacy.diplomatic_protocol.briefing import pages
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["GET"])
@checked
def page(visit: Name) -> None:
	"""Sends the briefing book of a visit as one page."""
	doc = readable(VISIT, visit)
	pages.send(pages.html_of(doc), f"{doc.name}.html", shown=True)


@frappe.whitelist(methods=["GET"])
@checked
def pdf(visit: Name) -> None:
	"""Sends the briefing book of a visit as PDF."""
	doc = readable(VISIT, visit)
	pages.send(pages.pdf_of(doc), f"{doc.name}.pdf", shown=True)
