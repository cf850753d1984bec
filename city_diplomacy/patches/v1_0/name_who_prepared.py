"""Routes opened before carry on their row who prepared the document, as their ledger says."""

import frappe

from city_diplomacy.partnership_approvals.ledger_facts import PREPARING
from city_diplomacy.partnership_approvals.separation import with_author


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
	for route, prepared in people.items():
		frappe.db.set_value("Approval Route", route, "prepared_by", prepared, update_modified=False)
