"""Who may know of an event: everybody with a role for events, unless it names an agreement they may not know of."""

import frappe
from frappe.query_builder import Criterion

from city_diplomacy.partnership_approvals.routing.permissions import visible_agreements_condition

EVENT = "International Event"


def visible_events_condition(user: str) -> Criterion:
	"""The events a person may know of, over `frappe.qb.DocType("International Event")`."""
	event, row, agreement = (frappe.qb.DocType(name) for name in (EVENT, "Event Agreement", "MOU"))
	visible = frappe.qb.from_(agreement).select(agreement.name).where(visible_agreements_condition(user))
	hidden = frappe.qb.from_(row).select(row.parent)
	hidden = hidden.where(
		(row.parenttype == EVENT) & row.agreement.isnotnull() & row.agreement.notin(visible)
	)
	return event.name.notin(hidden)
