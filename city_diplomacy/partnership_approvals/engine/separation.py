"""Separation of duties on a site: who prepared a document, and who fills which mandatory seat of it.

Everything is read from the ledger and from locked rows, never from the document's own columns: those can be
handed on, and whoever did something has done it.
"""

from collections.abc import Iterable

import frappe
from frappe import _

from city_diplomacy.domain.route import separation as rules
from city_diplomacy.domain.route.joins import FAVOURABLE
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import SelfApprovalError
from city_diplomacy.partnership_approvals.ledger.facts import PREPARED
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.routing.preparers import prepared_by
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, RouteRow


def record_preparation(route: Route, people: Iterable[str]) -> None:
	"""Enter in the ledger, once each, who prepared the document. `route` is a Route in hand."""
	for person in sorted(set(people) - prepared_by(route.row) - {frappe.session.user, "Administrator"}):
		route.record(PREPARED, acting_for=person)


def refuse_conflict(
	route: Route, row: ClearanceRow, user: str, acting_for: str | None = None, recording: bool = False
) -> None:
	"""Raises SelfApprovalError when `user` may not answer for the seat of a clearance, pass for it, or record what
	came by letter from `acting_for`.

	`route` is a Route; it is judged by its clearances.
	"""
	found = rules.why_not(
		user,
		row.seat,
		mandatory=bool(row.mandatory),
		prepared=prepared_by(route.row),
		filled=_filled(route) if row.mandatory else (),
		acting_for=acting_for,
		recording=recording,
	)
	if found:
		frappe.throw(_sentence(found, route.row, user, recording), SelfApprovalError)


def _filled(route: Route) -> list[rules.Filled]:
	rows = [
		row for row in route.clearances if row.mandatory and not row.overridden and row.decision in FAVOURABLE
	]
	by_letter = recorded_answers(rows)
	return [
		rules.Filled(row.seat, row.put_to, recorder=row.decided_by)
		if (row.seat, row.decided_by) in by_letter
		else rules.Filled(row.seat, row.decided_by, row.acting_for)
		for row in rows
		if row.round == route.row.round and row.state == ClearanceState.DECIDED
	]


def recorded_answers(rows: Iterable[ClearanceRow]) -> set[tuple[str, str | None]]:
	"""Of all clearances of a route: (seat, recorder) of the answers that came by letter, in any round.

	A row that carries such an answer over names the recorder too. Nobody records an answer to a seat of their own,
	so the pair says how an answer came.
	"""
	return {(row.seat, row.decided_by) for row in rows if row.recorded}


def _sentence(found: rules.Finding, route_row: RouteRow, user: str, recording: bool) -> str:
	about, person = route_row.reference_name, full_names([found.person])[found.person]
	if found.conflict is rules.Conflict.PREPARED:
		who = _("You") if found.person == user == frappe.session.user else person
		if recording:
			return _("{0} prepared {1}, so somebody else has to record what came by letter.").format(
				who, about
			)
		return _("{0} prepared {1}, so somebody else has to clear it.").format(who, about)
	if found.conflict is rules.Conflict.RECORDED_ANOTHER_SEAT:
		return _(
			"{0} recorded the answer of {1}; somebody else has to decide this mandatory seat of {2}."
		).format(person, found.seat, about)
	if found.conflict is rules.Conflict.FOR_ONE_WHO_PREPARED:
		return _("{0} prepared {1}, so nobody can clear it in that name.").format(person, about)
	return _("{0} answered for {1} already; nobody fills two mandatory seats of {2}.").format(
		person, found.seat, about
	)
