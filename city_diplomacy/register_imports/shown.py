"""The lines of an import as its form shows them, and the refused ones as a file to mend."""

import csv
import io
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.cells import guarded
from city_diplomacy.domain.imports.states import LineDecision, LineOutcome
from city_diplomacy.domain.words import neutral
from city_diplomacy.register_imports import lines
from city_diplomacy.register_imports.lines import Line

PAGE = 50
LONGEST_SHOWN = 80


def page(doc: Any, outcome: str = "", start: int = 0) -> dict[str, Any]:
	"""{"counts": {outcome: lines}, "headings": [...], "rows": [...]} of the form's table, `start` lines on."""
	wanted = [LineOutcome(outcome)] if outcome in list(LineOutcome) else []
	found = lines.read(doc.name, wanted, limit=PAGE, start=start)
	meant = lines.records_meant(doc.name, found)
	places = [row.place - 1 for row in doc.columns if row.path]
	return {
		"counts": dict(lines.count(doc.name)),
		"headings": [row.heading for row in doc.columns if row.path],
		"rows": [_row(one, places, meant[one.line]) for one in found],
		"page": PAGE,
		"register": _(doc.register),
		"decisions": {str(one): _(str(one)) for one in LineDecision},
		"outcomes": {str(one): _(str(one)) for one in LineOutcome},
	}


def _row(one: Line, places: list[int], meant: list[str]) -> dict[str, Any]:
	cells = one.cells[0]
	return {
		"line": one.line,
		"outcome": str(one.outcome),
		"decision": str(one.decision),
		"record": one.record,
		"candidates": meant,
		"problems": [{"column": column, "why": why} for column, why in one.problems],
		"cells": [_short(cells[place]) if place < len(cells) else "" for place in places],
	}


def _short(cell: Any) -> str:
	text = neutral(str(cell))
	return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def refused_as_csv(doc: Any) -> str:
	"""The refused lines as they stood in the file, with a last column that says why; read by the importer again."""
	out = io.StringIO()
	writer = csv.writer(out)
	last = max((row.place for row in doc.columns), default=0)
	headings = [""] * last
	for row in doc.columns:
		headings[row.place - 1] = row.heading
	writer.writerow([guarded(heading) for heading in (*headings, _("Why it was refused"))])
	for one in lines.read(doc.name, (LineOutcome.REFUSED,)):
		for place, cells in enumerate(one.cells):
			filled = [*cells, *[""] * (last - len(cells))][:last]
			why = " ".join(f"{column}: {text}" if column else text for column, text in one.problems)
			writer.writerow([guarded(cell) for cell in (*filled, "" if place else why)])
	return out.getvalue()


def file_name(doc: Any) -> str:
	return f"{frappe.scrub(doc.register)}-refused.csv".replace("_", "-")
