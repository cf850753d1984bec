"""Doing what the lines of an import come to, batch after batch; each batch and what it did are stored together."""

from typing import Any

import frappe

from city_diplomacy.domain.imports.states import TO_DO, LineDecision, LineOutcome
from city_diplomacy.register_imports import lines, refusals
from city_diplomacy.register_imports.bulk import inserting
from city_diplomacy.register_imports.lines import Line
from city_diplomacy.register_imports.reading import columns
from city_diplomacy.register_imports.reading.givens import Given
from city_diplomacy.register_imports.reading.links import OTHER_NAMES
from city_diplomacy.register_imports.steps.planning import Planner
from city_diplomacy.register_imports.store import IMPORT

BATCH = 1_000


def step(row: Any) -> bool:
	"""Do the next batch of lines. Answers whether more is left; done twice, it finds the second time what is left."""
	doc = frappe.get_doc(IMPORT, row.name)
	batch = lines.read(row.name, TO_DO, limit=BATCH)
	if batch:
		Writer(row.name, row.register, columns.columns_of(doc)).do(batch)
		lines.write(row.name, batch)
		# What a line above made or changed as well is not touched by anybody else.
		lines.stamp(row.name, {one.record: one.stamp for one in batch if one.outcome == LineOutcome.CHANGED})
	return len(batch) == BATCH


class Writer(Planner):
	"""Writes the lines of one import. What changed in the register since they were looked at counts."""

	def do(self, batch: list[Line]) -> None:
		new = []
		for given in self.reader.read(batch):
			record = given.line.record if given.line.decision == LineDecision.UPDATE else given.name
			if given.problems:
				given.line.comes_to(LineOutcome.REFUSED, given.problems)
			elif record:
				self._change(given, record)
			else:
				new.append(given)
		self._add(self.without_doubles(new))

	def _add(self, givens: list[Given]) -> None:
		makers = [lambda given=given: self.document(given) for given in givens]
		if self.many_at_once:
			results = inserting.insert_all(makers, self.importing)
		else:
			results = [inserting.insert_alone(make) for make in makers]
		for given, (name, problems, stamp) in zip(givens, results, strict=True):
			given.line.comes_to(LineOutcome.REFUSED if problems else LineOutcome.ADDED, problems, name)
			given.line.stamp = stamp

	def _change(self, given: Given, record: str) -> None:
		if not given.name:
			self._keep_title(given, record)
		answer, problems = refusals.attempt(lambda: self.change(given, record))
		if problems:
			given.line.comes_to(LineOutcome.REFUSED, problems, record)
			return
		doc, before = answer
		given.line.comes_to(LineOutcome.CHANGED if before else LineOutcome.UNCHANGED, record=record)
		given.line.before, given.line.stamp = before, str(doc.modified) if before else ""

	def _keep_title(self, given: Given, record: str) -> None:
		"""A record found under another name keeps its own; the other is added where it has a table for them."""
		meta = frappe.get_meta(self.register)
		title = given.values.pop(meta.title_field, None)
		table = next((df.fieldname for df in meta.get_table_fields() if df.options == OTHER_NAMES), None)
		own = frappe.db.get_value(self.register, record, meta.title_field) if meta.title_field else None
		if title and table and own and title.casefold() != own.casefold():
			given.rows.setdefault(table, []).append({"alternate_name": title})
