"""What becomes of the record when an account gets another name, or goes into another account.

Frappe rewrites links, and nothing else. Who prepared a document, for whom somebody answered and what the ledger
says are plain text. So the rename is an entry in every ledger that names the account or waits for it; from then on
the old name and the new one are one person, to the separation of duties and to whoever verifies the record.
"""

import frappe
from frappe import _

from city_diplomacy.domain.route.states import OPEN
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.engine.clearance_rows import CLEARANCE
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.ledger.facts import PERSON_RENAMED, PREPARED, known_as, payload_of
from city_diplomacy.partnership_approvals.routing import preparers
from city_diplomacy.partnership_approvals.shapes import Document
from city_diplomacy.registers.languages import in_language, site_language


def follow(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Bound as `after_rename` to User."""
	with in_language(site_language()):
		words = (
			_("The account {0} went into the account {1}.")
			if merge
			else _("The account {0} is now called {1}.")
		)
	for route_name in sorted(_naming(old, new)):
		about = frappe.db.get_value(
			"Approval Route", route_name, ["reference_doctype", "reference_name"], as_dict=True
		)
		if route := routes.lock(about.reference_doctype, about.reference_name):
			_follow_in(route, old, new, words.format(old, new))


def names_now(route_name: str) -> dict[str, str]:
	"""By the name an account had when the ledger of a route was written: the one it has now."""
	# What an act on the route is judged by; nobody is shown these entries.
	renamed = frappe.get_all(
		"Approval Decision",
		filters={"route": route_name, "event": PERSON_RENAMED},
		fields=["payload"],
		order_by="sequence asc",
	)
	return known_as(map(payload_of, renamed))


def _follow_in(route: Route, old: str, new: str, words: str) -> None:
	route.record(PERSON_RENAMED, words, acting_for=new, authority=old)
	prepared = preparers.prepared_by(route.row)
	if old in prepared and new not in prepared:
		route.record(PREPARED, acting_for=new)
	route.clearances.follow_account(old, new)
	route.store()


def _naming(old: str, new: str) -> set[str]:
	"""The routes whose ledger names the account by its old name, and those with a question put to it."""
	entries = frappe.qb.DocType("Approval Decision")
	by_ledger = (
		frappe.qb.from_(entries)
		.select(entries.route)
		.distinct()
		.where((entries.actor == old) | (entries.acting_for == old))
		.run(pluck=True)
	)
	# Its links were rewritten before this is called.
	waiting = (
		frappe.qb.from_(CLEARANCE)
		.select(CLEARANCE.route)
		.distinct()
		.where((CLEARANCE.put_to == new) & CLEARANCE.state.isin(OPEN))
		.run(pluck=True)
	)
	return {*by_ledger, *waiting}
