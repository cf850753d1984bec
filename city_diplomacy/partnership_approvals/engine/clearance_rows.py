"""The clearances of a route in hand: read once with their locks, and written by the engine here alone."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils import now_datetime
from pypika import Table

from city_diplomacy.domain.route.joins import FAVOURABLE, Decision
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.ledger import notes
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, RouteRow

CLEARANCE = Table("tabApproval Clearance")


class ClearanceRows:
	"""Every clearance a route ever had, in the order they were asked.

	They are read when the first is looked at. From then on they are as they are stored: whoever writes clearances
	holds the lock of their route, and writes them through this, which notes for the ledger what was written.
	`route_row` is the row of that route, locked.
	"""

	def __init__(self, route_row: RouteRow):
		self.route_row = route_row
		self._read: list[ClearanceRow] | None = None

	def __iter__(self) -> Iterator[ClearanceRow]:
		if self._read is None:
			self._read = locked_rows(self.route_row.name)
		return iter(self._read)

	def named(self, name: str) -> ClearanceRow | None:
		return next((row for row in self if row.name == name), None)

	def in_states(self, *states: str) -> list[ClearanceRow]:
		return [row for row in self if row.state in states]

	def of_round(self, *states: str) -> list[ClearanceRow]:
		"""Those of the round the route is in, in one of the states."""
		return [row for row in self.in_states(*states) if row.round == self.route_row.round]

	def favourable(self) -> list[ClearanceRow]:
		"""The answers of this round by which a seat clears the document."""
		return [row for row in self.of_round(ClearanceState.DECIDED) if row.decision in FAVOURABLE]

	def stood_aside(self, round: int, seat: str) -> list[ClearanceRow]:
		"""The answers by which somebody stood aside from a seat in a round."""
		return [
			row for row in self if (row.round, row.seat, row.decision) == (round, seat, Decision.RECUSE.value)
		]

	def change(self, row: ClearanceRow, **values: Any) -> None:
		"""Write columns of a clearance whose row is locked; the next entry of its route tells of them."""
		frappe.db.set_value("Approval Clearance", row.name, values)
		row.update(values)
		if self._read is not None:
			# The scheduler locks a single row by its name.
			for known in self._read:
				if known.name == row.name:
					known.update(values)
		notes.note(self.route_row, row.name, values)

	def set_state(self, rows: list[ClearanceRow], state: str) -> None:
		"""Let clearances of this route have a state that nobody gave them by answering; no name is left on them."""
		if not rows:
			return
		values = {"state": state, "next_escalation": None, "modified": now_datetime()}
		query = frappe.qb.update(CLEARANCE).where(CLEARANCE.name.isin([row.name for row in rows]))
		for column, value in values.items():
			query = query.set(CLEARANCE[column], value)
		query.run()
		for row in rows:
			row.update(values)
			notes.note(self.route_row, row.name, {"state": state})

	def add(self, rows: list[ClearanceRow], carried_from: str | None = None) -> None:
		"""Store new clearances."""
		for row in rows:
			notes.note_new(self.route_row, row, carried_from)
		fields = list(rows[0].keys())
		frappe.db.bulk_insert("Approval Clearance", fields, [[row[f] for f in fields] for row in rows])
		if self._read is not None:
			self._read += rows

	def follow_account(self, old: str, new: str) -> None:
		"""Let answers given for an account name it as it is called now; the entry of the rename tells of it."""
		named = (CLEARANCE.route == self.route_row.name) & (CLEARANCE.acting_for == old)
		frappe.qb.update(CLEARANCE).set(CLEARANCE.acting_for, new).where(named).run()
		self._read = None


def locked_rows(route_name: str) -> list[ClearanceRow]:
	"""All clearances of a route as they are now, their rows locked, in the order they were asked.

	A plain read would show them as they were when the request began. They are found by the index that begins with
	the route and by nothing else: by another condition the database could find them by another index, and lock
	what belongs to other agreements.
	"""
	query = frappe.qb.from_(CLEARANCE).select(CLEARANCE.star).where(CLEARANCE.route == route_name)
	return query.orderby(CLEARANCE.asked_on).for_update().run(as_dict=True)
