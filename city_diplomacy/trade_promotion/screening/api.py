"""What forms call about lists and screenings. What writes is POST only."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.arguments import Line, Name, Words, checked
from city_diplomacy.registers.readable import readable
from city_diplomacy.trade_promotion.exceptions import ScreeningError
from city_diplomacy.trade_promotion.screening import gates, lists, runs, screenings
from city_diplomacy.trade_promotion.screening.subjects import SUBJECTS


@frappe.whitelist(methods=["POST"])
@checked
def import_list(restricted_party_list: Name) -> dict[str, str]:
	"""Import the file of a list by a job; answers how the list stands."""
	doc = readable(lists.LIST, restricted_party_list, "write")
	lists.enqueue_import(doc)
	return {"status": frappe.db.get_value(lists.LIST, doc.name, "status")}


@frappe.whitelist(methods=["POST"])
@checked
def screen(subject_type: Line, subject: Name) -> dict[str, str]:
	"""Screen a record against the lists in force; answers the screening, {"name", "state"}."""
	if subject_type not in SUBJECTS:
		frappe.throw(_("Records of this kind are not screened."), ScreeningError)
	readable(subject_type, subject)
	return _screened(subject_type, subject)


@frappe.whitelist(methods=["POST"])
@checked
def screen_agreement(agreement: Name) -> list[dict[str, str]]:
	"""Screen the counterparts of an agreement; answers the screenings, {"name", "state"}, and sets its box."""
	doc = readable("MOU", agreement, "write")
	done = [_screened(*one) for one in gates.counterparts(doc)]
	doc.save()
	return done


@frappe.whitelist(methods=["POST"])
@checked
def decide(screening: Name, candidate: Name, verdict: Line, words: Words) -> dict[str, str]:
	"""Decide about a candidate of a screening, with words; answers {"state"}."""
	readable(screenings.SCREENING, screening, "write")
	return {"state": screenings.decide(screening, candidate, verdict, words).state}


@frappe.whitelist(methods=["POST"])
@checked
def screen_everybody() -> dict[str, str]:
	"""Begin to screen everybody again who was screened against our lists; answers the run, {"name"}."""
	if not frappe.has_permission(lists.LIST, "write"):
		frappe.throw(_("Everybody is screened again by those who keep the lists."), frappe.PermissionError)
	screenings.refuse_stale()
	run = runs.start()
	if not run:
		frappe.throw(
			_("Nobody was screened against our lists yet, so nobody is screened again."), ScreeningError
		)
	return {"name": run}


@frappe.whitelist()
@checked
def standing(subject_type: Line, subject: Name) -> dict[str, Any]:
	"""How the screening of a record stands, for its form: {"missing": what is to be done, or nothing, "screening"}."""
	if subject_type not in SUBJECTS:
		frappe.throw(_("Records of this kind are not screened."), ScreeningError)
	readable(subject_type, subject)
	if not frappe.has_permission(screenings.SCREENING, "read"):
		return {}
	missing, ours = gates.standing_of(subject_type, subject)
	return {"missing": missing, "screening": ours.name if ours else None}


def _screened(subject_type: str, subject: str) -> dict[str, str]:
	doc = frappe.get_doc({"doctype": screenings.SCREENING, "subject_type": subject_type, "subject": subject})
	# What somebody entered of the party stays known.
	doc.flags.as_before = True
	doc.insert()
	return {"name": doc.name, "state": doc.state}
