"""What the office needs before a draft is taken in, and before anybody else is asked about it."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.partnerships.agreements import parties, texts
from city_diplomacy.partnerships.exceptions import IntakeNotCompleteError, NotReadyForIntakeError

INTAKE_CHECKS = ("duplicates_checked", "tier_checked", "jurisdiction_checked")


def check_ready_for_intake(doc: Any) -> None:
	"""What the office needs before it takes a draft in, all in one message. Called by the engine.

	Raises NotReadyForIntakeError.
	"""
	missing = [
		_("Name at least one party on the side “{0}”.").format(_(side)) for side in parties.missing_sides(doc)
	]
	if not cstr(doc.purpose).strip():
		missing.append(_("Say in one paragraph what the agreement is for."))
	if not doc.sponsor:
		missing.append(_("Name the sponsor who answers questions about it."))
	elif not frappe.db.get_value("User", doc.sponsor, "enabled"):
		missing.append(
			_("The account of the sponsor {0} is disabled; name somebody else.").format(doc.sponsor)
		)
	if missing:
		frappe.throw("<br>".join(missing), NotReadyForIntakeError)


def check_intake_complete(doc: Any) -> None:
	"""The office's own checklist and the text, before anybody else is asked. Called by the engine.

	Raises IntakeNotCompleteError with everything that is missing.
	"""
	if missing := missing_for_clearance(doc):
		frappe.throw("<br>".join(missing), IntakeNotCompleteError)


def missing_for_clearance(doc: Any) -> list[str]:
	"""A sentence for each thing without which nobody else is asked."""
	missing = []
	unchecked = [check for check in INTAKE_CHECKS if not doc.get(check)]
	if unchecked:
		missing.append(
			_("Intake is not complete. Still to be checked: {0}.").format(
				"; ".join(_(doc.meta.get_label(check)) for check in unchecked)
			)
		)
	if no_text := texts.missing_text(doc):
		missing.append(no_text)
	asked = (frappe.get_attr(path)(doc) for path in frappe.get_hooks("agreement_intake"))
	return missing + [sentence for sentences in asked for sentence in sentences]
