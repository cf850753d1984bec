"""Dates and signatories are part of what is cleared and signed: the ledger says what each agreement's content is now.

Answers given before hold for the content with dates and signatories as they stand, where the rest is what was
cleared. Content that is not what the ledger ended with is left as it is: it was changed beneath the engine, and
verification names it. May run twice.
"""

from functools import partial
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record.content import content_hash
from city_diplomacy.partnership_approvals.engine import renames, routes
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.routing.routed_doctypes import content_of, files_of, hash_of
from city_diplomacy.registers.languages import site_language

EVENT = "Content Widened"
ADDED = frozenset({"effective_date", "expiry_date", "signatories", "signed_on", "signed_precision"})


def execute() -> None:
	names = frappe.get_all(
		"Approval Route", {"reference_doctype": "MOU"}, pluck="reference_name", limit_page_length=0
	)
	for name in sorted(names):
		if frappe.db.exists("MOU", name):
			_widen(routes.lock_existing("MOU", name))


def _widen(route: routes.Route) -> None:
	doc = route.document()
	last = renames.last_hash(route)
	under_way = route.state in (*route.routing.stage_states, route.routing.ready)
	if last == hash_of(doc) or (last is None and route.routing.text_may_change(route.state)):
		return
	if last is not None and last != _hash_before(doc):
		frappe.log_error(
			_("{0} is not what its ledger says").format(doc.name),
			reference_doctype="MOU",
			reference_name=doc.name,
		)
		return
	words = _("Dates and signatories are part of what is cleared and signed from now on.", site_language())
	route.record(EVENT, words, content_hash=snapshots.keep(route.row, doc))
	route.store()
	if under_way:
		renames.keep_answers(route, doc, partial(_holds_for, doc))


def _holds_for(doc: Any, row: Any, watched: tuple[str, ...]) -> str | None:
	return hash_of(doc, watched) if _hash_before(doc, watched) == row.content_hash else None


def _hash_before(doc: Any, watched: tuple[str, ...] = ()) -> str:
	"""The hash of a document's content as it was taken until now."""
	content = {field: value for field, value in content_of(doc, watched).items() if field not in ADDED}
	return content_hash(content, files_of(doc, watched))
