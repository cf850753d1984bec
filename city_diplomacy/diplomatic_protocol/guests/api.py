"""What browsers call about guest lists. What writes is POST only."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.briefing.pages import send
from city_diplomacy.diplomatic_protocol.guests import inviting, papers, seating, seating_view
from city_diplomacy.diplomatic_protocol.guests.exceptions import SeatingError
from city_diplomacy.diplomatic_protocol.guests.lists import LIST
from city_diplomacy.partnership_approvals.arguments import Count, Line, Name, checked
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["POST"])
@checked
def ask_all(guest_list: Name) -> dict[str, Any]:
	"""Ask every guest who was not asked yet by a link whether they come."""
	return inviting.ask_all(guest_list)


@frappe.whitelist(methods=["GET"])
@checked
def view_seating(guest_list: Name) -> dict[str, Any]:
	"""The seating of a list: drawing, seats with who sits there and why, and what the plan breaks."""
	return seating_view.view(seating.seating_of(readable(LIST, guest_list)))


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def plan_seating(guest_list: Name) -> dict[str, int]:
	"""Seat every guest who may come; returns how many sit and how many found no seat."""
	return seating.plan_seating(guest_list)


@frappe.whitelist(methods=["GET"])
@checked
def what_move_breaks(guest: Name, table: Line, seat: Count) -> list[str]:
	"""What moving a guest to a seat would break, in sentences; nothing is stored."""
	found, broken = seating.what_breaks(guest, table, seat)
	return [seating_view.said(found, fault) for fault in broken]


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def move_guest(guest: Name, table: Line, seat: Count) -> None:
	"""Put a guest on a seat by hand; whoever sat there changes seats with them."""
	seating.move(guest, table, seat)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def free_seat(guest: Name) -> None:
	"""Take a guest off their seat."""
	seating.free_seat(guest)


@frappe.whitelist(methods=["GET"])
@checked
def print_paper(guest_list: Name, paper: Line) -> None:
	"""Sends place cards, badges or the seating chart of a list as PDF."""
	held = readable(LIST, guest_list, "print")
	if paper not in tuple(papers.Paper):
		frappe.throw(_("Choose what is to be printed."), SeatingError)
	chosen = papers.Paper(paper)
	send(papers.pdf_of(seating.seating_of(held), chosen), f"{held.name}-{chosen}.pdf", shown=True)
