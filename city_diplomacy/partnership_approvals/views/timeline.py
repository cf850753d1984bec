"""The timeline of a routed document's form: what its ledger says happened, and who did it, as each reader may know.

A comment or a version in the name of whoever answered last would name that person to everybody who reads the
document, and one in the system's name credits nobody with what people did. So neither is written, and the form asks
here (Frappe's hook `additional_timeline_content`).
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from city_diplomacy.partnership_approvals.engine.visibility import (
	EntryAsSeen,
	entry_as_seen,
	reader_for,
	seat_as_seen,
)
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger import notes
from city_diplomacy.partnership_approvals.ledger.facts import PREPARED
from city_diplomacy.partnership_approvals.views.approvals import CLEARANCE_FIELDS

# The engine's own bookkeeping; it stays in the ledger.
NOT_SHOWN = frozenset({PREPARED, notes.UPDATED, "Baseline Recorded"})
MOST = 100


def of_document(doctype: str, name: str) -> list[dict[str, Any]]:
	"""What the form of a routed document shows in its timeline, as far as the signed-in person may know it."""
	route_row = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doctype, "reference_name": name},
		["name", "requested_by"],
		as_dict=True,
	)
	if not route_row:
		return []
	doc = frappe.get_doc(doctype, name)
	if not doc.has_permission("read"):
		return []
	# What of a row leaves this module is decided per entry, by the rules of the seats.
	rows = frappe.get_all(
		"Approval Clearance",
		filters={"route": route_row.name},
		fields=list(CLEARANCE_FIELDS),
		limit_page_length=0,
	)
	entries = [entry for entry in ledger.entries_of(route_row.name) if entry.event not in NOT_SHOWN][-MOST:]
	reader = reader_for(doc, route_row, rows, entries)
	visible = {row.name: seat_as_seen(row, reader) for row in rows}
	return [_shown(entry_as_seen(entry, visible.get(entry.clearance), reader)) for entry in entries]


def _shown(entry: EntryAsSeen) -> dict[str, Any]:
	said = ": ".join(part for part in (entry["seat"], _(entry["decision"] or "")) if part)
	what = " · ".join(part for part in (_(entry["event"]), said) if part)
	who = f"<b>{escape_html(entry['actor_name'])}</b> · " if entry["actor_name"] else ""
	acting = _("for {0}").format(entry["acting_for"]) if entry["acting_for"] else ""
	words = entry["remarks"] or ""
	return {
		"icon": "branch",
		"creation": entry["happened_on"],
		"is_card": False,
		"content": who
		+ "<br>".join(escape_html(part) for part in (f"{what} {acting}".strip(), words) if part),
	}
