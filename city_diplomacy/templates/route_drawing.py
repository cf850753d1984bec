"""An agreement's way through city hall, made ready for drawing: `views.view()` in the words people read."""

from typing import Any

from frappe import _
from frappe.utils import formatdate

from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.domain.route.states import OPEN, ClearanceState, RouteOutcome
from city_diplomacy.partnership_approvals.views import sent_back
from city_diplomacy.templates.page import day, moment, safe_link

# decision: (how it looks, how it reads); the icon and the words carry the meaning, colour only repeats it
DECISIONS = {
	Decision.CLEAR: ("clear", "Cleared"),
	Decision.CLEAR_WITH_CONDITIONS: ("conditions", "Cleared with conditions"),
	Decision.RETURN: ("return", "Returned"),
	Decision.OBJECT: ("object", "Objected"),
	Decision.RECUSE: ("recuse", "Stood aside"),
}


def draw(view: dict[str, Any]) -> dict[str, Any]:
	"""Stages with their seats, the end of the way, earlier rounds and the ledger, dates readable."""
	return {
		"stages": [_stage(stage) for stage in view["stages"]],
		"end": _end(view),
		"needed_by": _needed_by(view.get("needed_by")),
		"sent_back": sent_back_as_read(view["sent_back"]),
		"round": view["round"],
		"earlier_rounds": [
			{"round": earlier["round"], "seats": [seat_as_read(seat) for seat in earlier["seats"]]}
			for earlier in view["earlier_rounds"]
		],
		"ledger": _ledger(view["ledger"]),
	}


def sent_back_as_read(why: dict[str, Any] | None) -> dict[str, Any] | None:
	"""Who sent a document back and why, readable; see `sent_back.why`."""
	if not why:
		return None
	declined = why["event"] == sent_back.DECLINED
	return {
		**why,
		"heading": _("Why it was declined") if declined else _("Why it came back"),
		"happened_on": moment(why["happened_on"]),
		"seats": [seat_as_read(seat) for seat in why["seats"]],
	}


def find_seat(view: dict[str, Any], clearance: str) -> dict[str, Any] | None:
	"""The stage, round and seat of one clearance within a view, None if this person is not shown it."""
	for stage in view["stages"]:
		for seat in stage["seats"]:
			if seat["clearance"] == clearance:
				return {"seat": seat, "stage": stage, "earlier": False}
	for earlier in view["earlier_rounds"]:
		for seat in earlier["seats"]:
			if seat["clearance"] == clearance:
				return {"seat": seat, "stage": earlier, "earlier": True}
	return None


def seat_as_read(seat: dict[str, Any]) -> dict[str, Any]:
	"""A seat of a view with its mark (icon and words) and readable dates."""
	icon, words = _mark(seat)
	return {
		**seat,
		"icon": icon,
		"words": words,
		"open": seat["state"] in OPEN,
		"due": day(seat["due"]),
		"decided_on": moment(seat["decided_on"]),
		"file": safe_link(seat["file"]),
	}


def _mark(seat: dict[str, Any]) -> tuple[str, str]:
	if seat["state"] == ClearanceState.DECIDED:
		icon, words = DECISIONS.get(seat["decision"] or "", ("clear", "Answered"))
		return icon if seat["decision"] else "answered", _(words)
	if seat["state"] == ClearanceState.QUESTION_ASKED:
		return "question", _("Question to the sponsor")
	if seat["state"] == ClearanceState.WITHDRAWN:
		return "withdrawn", _("No longer asked")
	if seat["state"] == ClearanceState.PENDING:
		return ("overdue", _("Overdue")) if seat["overdue"] else ("pending", _("Asked"))
	return "next", _("Not asked yet")


def _stage(stage: dict[str, Any]) -> dict[str, Any]:
	status = {
		"done": _("Done"),
		"current": _("Now"),
		"next": _("Ahead"),
		"refused": _("Not cleared by everybody"),
		"stopped": _("Broke off here"),
	}
	seats = [seat_as_read(seat) for seat in stage["seats"]]
	return {
		"title": _(stage["state"]),
		"status": stage["status"],
		"status_words": status[stage["status"]],
		"seats": seats,
		"answered": sum(seat["state"] == ClearanceState.DECIDED for seat in seats),
	}


def _end(view: dict[str, Any]) -> dict[str, str]:
	"""Where the way ends: signature, or wherever it broke off."""
	outcome = view["outcome"]
	if outcome in (RouteOutcome.DECLINED, RouteOutcome.WITHDRAWN):
		return {"status": "broken", "title": _(outcome), "words": _("The approval ended here.")}
	if outcome == RouteOutcome.SIGNED:
		return {"status": "done", "title": _("Signed"), "words": _("Everybody asked has answered.")}
	if outcome == RouteOutcome.READY_TO_SIGN:
		return {
			"status": "current",
			"title": _("Ready to Sign"),
			"words": _("Everybody asked has answered; it can be signed."),
		}
	return {"status": "next", "title": _("Signature"), "words": _("When every stage has answered.")}


def _needed_by(plan: dict[str, Any] | None) -> dict[str, Any] | None:
	"""The back-planning of a document in a sentence."""
	if not plan:
		return None
	needed_by, start_by = formatdate(plan["needed_by"]), formatdate(plan["start_by"])
	if plan["late"]:
		words = _("Needed by {0}: what lies ahead takes {1} working days, {2} more than there are.").format(
			needed_by, plan["working_days"], plan["late"]
		)
	else:
		words = _("Needed by {0}: what lies ahead takes {1} working days, so start by {2}.").format(
			needed_by, plan["working_days"], start_by
		)
	return {"late": bool(plan["late"]), "words": words}


def _ledger(ledger: dict[str, Any]) -> dict[str, Any]:
	return {
		**ledger,
		"entries": [
			{
				**entry,
				"event": _(entry["event"]),
				"happened_on": moment(entry["happened_on"]),
				"short_hash": (entry["entry_hash"] or "")[:12],
			}
			for entry in ledger["entries"]
		],
	}
