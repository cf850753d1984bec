"""A Kanban board of Frappe's for each direction, with a column for each of its stages."""

import json
from typing import Any

import frappe

from city_diplomacy.domain.trade.leads import OPEN, Direction
from city_diplomacy.trade_promotion.stages import LEAD, stages_of

BOARD = "Kanban Board"
BOARDS = {
	Direction.EXPORT: "Export Leads",
	Direction.INWARD_INVESTMENT: "Investment Leads",
	Direction.TOURISM: "Tourism Leads",
}
# What a card shows beneath the company.
ON_A_CARD = ["status", "market", "lead_owner", "stage_since"]


def seed_boards() -> None:
	"""Once, on install or upgrade: a board removed later stays removed."""
	for direction, name in BOARDS.items():
		if frappe.db.exists(BOARD, name):
			continue
		filters = [[LEAD, "direction", "=", direction], [LEAD, "status", "in", list(OPEN)]]
		frappe.get_doc(
			{
				"doctype": BOARD,
				"kanban_board_name": name,
				"reference_doctype": LEAD,
				"field_name": "stage",
				"filters": json.dumps(filters),
				"fields": json.dumps(ON_A_CARD),
				"columns": [{"column_name": stage.name} for stage in stages_of(direction)],
			}
			# Install and upgrade run in nobody's name.
		).insert(ignore_permissions=True)


def follow_stage(stage: Any, is_going: bool = False) -> None:
	"""Give the board of a stage's direction a column for each stage, in their order.

	Columns keep what was arranged on them.
	"""
	for direction in {stage.direction, (stage.get_doc_before_save() or stage).direction}:
		_refresh(direction, without=stage.name if is_going else None)


def follow_rename(old: str, new: str) -> None:
	"""Let the column of a renamed stage have its new name."""
	column = frappe.qb.DocType(f"{BOARD} Column")
	ours = (column.parent.isin(list(BOARDS.values()))) & (column.column_name == old)
	frappe.qb.update(column).set(column.column_name, new).where(ours).run()


def _refresh(direction: str, without: str | None) -> None:
	name = BOARDS.get(direction)
	if not name or not frappe.db.exists(BOARD, name):
		return
	board = frappe.get_doc(BOARD, name)
	there = {column.column_name: column for column in board.columns}
	wanted = [stage.name for stage in stages_of(direction) if stage.name != without]
	if wanted == list(there):
		return
	board.set("columns", [there.get(stage) or {"column_name": stage, "order": "[]"} for stage in wanted])
	for place, column in enumerate(board.columns, start=1):
		# A row keeps the place it was stored with, whatever list it is put into.
		column.idx = place
	# Whoever keeps the table of stages keeps the columns of its boards.
	board.save(ignore_permissions=True)
