"""Doing what the lines of an import come to, batch after batch; each batch and what it did are stored together."""

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

import frappe

from city_diplomacy.domain.imports.states import TO_DO, LineDecision, LineOutcome
from city_diplomacy.register_imports import lines, refusals
from city_diplomacy.register_imports.bulk import inserting, keeping
from city_diplomacy.register_imports.lines import Line
from city_diplomacy.register_imports.reading import columns
from city_diplomacy.register_imports.reading.givens import Given
from city_diplomacy.register_imports.reading.links import OTHER_NAMES
from city_diplomacy.register_imports.steps import since_the_look
from city_diplomacy.register_imports.steps.planning import Planner
from city_diplomacy.register_imports.store import IMPORT

BATCH = 1_000
# Lines are done in the order of the file; where those that are kept and others alternate more often, none is kept.
MOST_RUNS = 20


def step(row: Any) -> bool:
	"""Do the next batch of lines. Answers whether more is left; done twice, it finds the second time what is left."""
	doc = frappe.get_doc(IMPORT, row.name)
	writer = Writer(row.name, row.register, columns.columns_of(doc))
	most = writer.at_once(BATCH)
	batch = lines.read(row.name, TO_DO, limit=most)
	if batch:
		writer.do(batch)
		lines.write(row.name, batch)
		# What a line above made or changed as well is not touched by anybody else.
		lines.stamp(row.name, {one.record: one.stamp for one in batch if one.outcome == LineOutcome.CHANGED})
	return len(batch) == most


class Writer(Planner):
	"""Writes the lines of one import. What changed in the register since they were looked at counts."""

	def do(self, batch: list[Line]) -> None:
		runs = [(kept, list(run)) for kept, run in groupby(batch, key=self._is_kept)]
		if len(runs) > MOST_RUNS:
			runs = [(False, batch)]
		for kept, run in runs:
			(self._do_kept if kept else self._do_anew)(run)

	def _is_kept(self, line: Line) -> bool:
		"""Whether a line passed the rules when it was looked at, and they would say the same of it now."""
		return (
			bool(line.prepared and self.grounds)
			and line.outcome == LineOutcome.ADD
			and not line.decision
			and keeping.grounds_of(line.prepared) == self.grounds
		)

	@cached_property
	def _may_be_double(self) -> bool:
		"""Whether there may be a double that was not there when the lines were looked at."""
		return since_the_look.may_be_doubles(self.import_name, self.register)

	def _do_kept(self, run: list[Line]) -> None:
		if self._may_be_double:
			givens = self.reader.read(run)
			if any(given.problems or given.name for given in givens):
				self._do_anew(run)
				return
			run = [given.line for given in self.without_doubles(givens)]
		unpacker = keeping.Unpacker(self.register, self.blanks.new, self.importing)
		kept = [unpacker.unpack(line.prepared, line.found_by, self.mark) for line in run]
		if not kept:
			return
		if not keeping.links_lead_somewhere(row for one in kept for row in one.rows):
			self._do_anew(run)
			return
		for is_free, part in self._free(run, kept):
			if is_free and inserting.insert_kept(
				[one for _line, one in part], unpacker.series, self.importing
			):
				for line, one in part:
					line.comes_to(LineOutcome.ADDED, record=one.document.name)
					line.stamp = one.document.modified
			else:
				self._do_anew([line for line, _one in part])

	def _free(
		self, run: Sequence[Line], kept: Sequence[keeping.Kept]
	) -> list[tuple[bool, list[tuple[Line, keeping.Kept]]]]:
		"""The lines in runs, and of each run whether the names of its records are free."""
		taken = keeping.taken(self.register, [one.document for one in kept])
		pairs, free = list(zip(run, kept, strict=True)), []
		if taken is None:
			return [(False, pairs)]
		for one in kept:
			free.append(one.document.name not in taken)
			taken.add(one.document.name)
		runs = [
			(is_free, [pair for _free, pair in part])
			for is_free, part in groupby(zip(free, pairs, strict=True), key=lambda both: both[0])
		]
		return runs if len(runs) <= MOST_RUNS else [(False, pairs)]

	def _do_anew(self, batch: list[Line]) -> None:
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
