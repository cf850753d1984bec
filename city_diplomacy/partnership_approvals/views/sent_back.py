"""Why a document came back or was declined: who said so, in which words, and what changed since.

The first thing people look for in a second round, and the office in a draft that came back. Each person is told as
much as the rules of the seats show them.
"""

from typing import Any

from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine.visibility import Reader, SeatAsSeen
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, routing_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, EntryRow, RouteRow

CAME_BACK, DECLINED = "Returned to Draft", "Declined"
REFUSALS = (Decision.RETURN, Decision.OBJECT)


def why(
	doc: Document,
	route_row: RouteRow,
	rows: list[ClearanceRow],
	visible: dict[str, SeatAsSeen],
	entries: list[EntryRow],
	reader: Reader,
) -> dict[str, Any] | None:
	"""The last return or refusal while it still matters: until the next round has ended, or for good when declined.

	{"event", "round", "happened_on", "seats": those that refused, as `visibility.seat_as_seen`, "by" and "reason":
	the person of the office or the sponsor who took it back and why, None where seats did or this person may not
	know, "changes": see `snapshots.changes_since`, for those who were asked and whoever sees the whole record}.
	None when nothing came back.
	"""
	entry = next((entry for entry in reversed(entries) if entry.event in (CAME_BACK, DECLINED)), None)
	if not entry or not _matters(entry, route_row, routing_of(doc.doctype)):
		return None
	of_round = [row for row in rows if row.round == entry.round]
	refused = [row for row in of_round if row.state == ClearanceState.DECIDED and row.decision in REFUSALS]
	takes_part = reader.sees_all or any(reader.owns(row) for row in rows)
	by_office = takes_part and bool(entry.remarks)
	return {
		"event": entry.event,
		"round": entry.round,
		"happened_on": entry.happened_on,
		"seats": [visible[row.name] for row in refused if visible[row.name]["decision"]],
		"by": reader.name_of(entry.actor) if by_office else None,
		"reason": entry.remarks if by_office else None,
		"changes": _changes(doc, route_row, refused or of_round) if takes_part else [],
	}


def _matters(entry: EntryRow, route_row: RouteRow, routing: RoutedDoctype) -> bool:
	if entry.event == DECLINED:
		return True
	if route_row.workflow_state in (routing.draft, routing.intake):
		return entry.round == route_row.round
	return entry.round == route_row.round - 1 and routing.is_running(route_row.workflow_state)


def _changes(doc: Document, route_row: RouteRow, rows: list[ClearanceRow]) -> list[dict[str, Any]]:
	if not rows:
		return []
	last = max(rows, key=lambda row: str(row.decided_on or ""))
	return snapshots.changes_since(doc, route_row.name, last.snapshot) or []
