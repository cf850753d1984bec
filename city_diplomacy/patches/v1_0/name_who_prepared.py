"""Routes opened before carry on their row who prepared the document, as their ledger says."""

import frappe

from city_diplomacy.partnership_approvals.ledger.facts import PREPARING, with_author

AT_ONCE = 1000


def execute() -> None:
	people: dict[str, str | None] = {}
	for entry in frappe.get_all(
		"Approval Decision",
		filters={"event": ["in", PREPARING]},
		fields=["route", "event", "actor", "acting_for"],
		order_by="route asc, sequence asc",
		limit_page_length=0,
	):
		people[entry.route] = with_author(people.get(entry.route), entry.event, entry.actor, entry.acting_for)
	named = {route: {"prepared_by": prepared} for route, prepared in people.items()}
	frappe.db.bulk_update("Approval Route", named, chunk_size=AT_ONCE, update_modified=False)
