"""Changing the dates or signatories of an agreement in force: an act with a reason, and an entry of its ledger.

What was signed is not edited. But an agreement is renewed, notice is given, a date was entered wrongly: then a
manager says what is different and why, and the ledger has the content as it reads from then on.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from city_diplomacy.domain import sentences
from city_diplomacy.domain.record.content import changed_fields
from city_diplomacy.partnership_approvals.engine import routes, signing
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger.facts import DATES_CHANGED, SIGNATORIES_CHANGED
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.routing.routed_doctypes import content_of
from city_diplomacy.partnerships.agreements import signature_days
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from city_diplomacy.registers.languages import site_language

DATES = ("effective_date", "expiry_date", "signed_on", "signed_precision")
SIGNATORIES = "signatories"
OTHER_DATES = sentences._("{title} has other dates or signatories now")


def change(agreement: str, reason: str, changes: dict[str, Any]) -> Any:
	"""Give an agreement in force other dates or signatories; returns the document.

	`changes` are values for DATES and, for SIGNATORIES, all its rows; what is not in it stays. Raises PermissionError
	for anybody but managers, SignatureDayError for a signature on a day that cannot be, ApprovalError for an
	agreement that is not signed or when nothing would differ.
	"""
	route = routes.lock_existing("MOU", agreement)
	routes.require_role(MOU_ROUTING.managers, _("change the dates or signatories of what is signed"))
	if not route.routing.is_signed(route.state):
		frappe.throw(
			_("{0} is {1}; until it is signed, its dates and signatories are edited on its form.").format(
				agreement, _(route.state)
			),
			ApprovalError,
		)
	words = routes.require_words(reason, _("Say why the dates or signatories change."))
	doc = route.document()
	before = content_of(doc)
	_apply(doc, changes)
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.changing_signed = True
	doc.save()
	after = content_of(doc)
	changed = changed_fields(before, after)
	if not changed:
		frappe.throw(_("Nothing of it is different."), ApprovalError)
	_check_days(route, doc)
	event = SIGNATORIES_CHANGED if SIGNATORIES in changed else DATES_CHANGED
	route.record_text(event, route.document(), f"{words}\n\n{_in_words(doc, before, after, changed)}")
	route.store()
	notify.tell_requester(route, doc, OTHER_DATES)
	return doc


def _apply(doc: Any, changes: dict[str, Any]) -> None:
	for fieldname in DATES:
		if fieldname in changes:
			doc.set(fieldname, changes[fieldname] or None)
	if SIGNATORIES in changes:
		columns = {
			df.fieldname for df in frappe.get_meta("MOU Signatory").fields if df.fieldtype != "Column Break"
		}
		rows = [{column: row.get(column) for column in columns} for row in changes[SIGNATORIES]]
		doc.set(SIGNATORIES, [])
		for row in rows:
			doc.append(SIGNATORIES, row)


def _check_days(route: routes.Route, doc: Any) -> None:
	if doc.existing_agreement:
		signature_days.refuse_since(doc, getdate(doc.creation))
	else:
		signature_days.refuse_outside(doc, signing.last_cleared_on(route))


def _in_words(doc: Any, before: dict[str, Any], after: dict[str, Any], changed: tuple[str, ...]) -> str:
	return "\n".join(
		f"{_(doc.meta.get_label(field), site_language())}: {_plain(before.get(field))} → {_plain(after.get(field))}"
		for field in changed
	)


def _plain(value: Any) -> str:
	if isinstance(value, list):
		return "; ".join(", ".join(cstr(part) for part in row.values() if part) for row in value) or "-"
	return cstr(value) or "-"


def keep_what_signing_set(doc: Any) -> None:
	"""The signed copy of an agreement in force, and its successor, stay as stored; no form edits them."""
	stored = doc.get_doc_before_save()
	doc.superseded_by = stored.superseded_by if stored else None
	doc.search_names = stored.search_names if stored else None
	if stored and stored.docstatus.is_submitted():
		doc.signed_copy = stored.signed_copy
