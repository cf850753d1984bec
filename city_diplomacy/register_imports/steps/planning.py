"""What would become of each line: added, changed, left out as a double, or refused; nothing of it is written."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from frappe import _

from city_diplomacy.domain.imports.states import LineOutcome
from city_diplomacy.register_imports import lines, refusals
from city_diplomacy.register_imports.bulk import grounds, inserting, keeping
from city_diplomacy.register_imports.bulk.conditions import why_one_by_one
from city_diplomacy.register_imports.lines import Line
from city_diplomacy.register_imports.reading.fields import NAME
from city_diplomacy.register_imports.reading.givens import Blanks, Column, Given, LineReader
from city_diplomacy.register_imports.registers_open import importing_of
from city_diplomacy.register_imports.store import IMPORT
from city_diplomacy.registers.importing import none_above
from city_diplomacy.registers.readable import readable

LOCKING = 50
"""Lines that are saved one by one in a transaction, which the preview takes back. What they lock, such as the counter of
a series or the records they change, is held until it ends, and others wait for it: half a second."""


class Planner:
	"""Looks at the lines of one import, a batch at a time."""

	def __init__(self, import_name: str, register: str, columns: Sequence[Column]):
		self.import_name, self.register = import_name, register
		self.reader = LineReader(register, columns)
		self.importing = importing_of(register)
		self.blanks = Blanks()
		self.many_at_once = not why_one_by_one(register, self.importing)
		self.grounds = grounds.of_rules(register, self.importing) if self.many_at_once else ""

	def at_once(self, most: int) -> int:
		"""How many lines are done in a transaction."""
		saves_each = not self.many_at_once or any(
			column.target.path == NAME for column in self.reader.columns
		)
		return min(most, LOCKING) if saves_each else most

	def plan(self, batch: list[Line]) -> None:
		"""Let each line of a batch come to its outcome."""
		new = []
		for given in self.reader.read(batch):
			if given.problems:
				given.line.comes_to(LineOutcome.REFUSED, given.problems)
			elif given.name:
				self._plan_change(given)
			else:
				new.append(given)
		unlike = self._unlike(new)
		if among := self.importing.among_lines:
			# With the lines above it each is compared when all were looked at.
			for given in unlike:
				given.line.found_by = among.kept(given.document)
			above = none_above(unlike)
		else:
			above = self.importing.alike_above([given.document for given in unlike])
		self._judge(self._without_alike(unlike, above))

	def without_doubles(self, givens: list[Given]) -> list[Given]:
		"""The lines that repeat no record and no line above them, and those decided to be added all the same; the others
		come to their outcome here."""
		unlike = self._unlike(givens)
		return self._without_alike(unlike, self.importing.alike_above([given.document for given in unlike]))

	def _unlike(self, givens: list[Given]) -> list[Given]:
		return self._without_same(self._without_repeated(givens))

	def _without_alike(self, givens: list[Given], above: Sequence[Sequence[int]]) -> list[Given]:
		left = []
		alike = self.importing.alike([given.document for given in givens])
		for given, records, places in zip(givens, alike, above, strict=True):
			if given.line.is_wanted_anyway or not (records or places):
				left.append(given)
			else:
				given.line.may_be([*records, *(givens[place].line.line for place in places)])
		return left

	def document(self, given: Given) -> Any:
		"""A new document of a line, which says of itself where it comes from; it is to be inserted once."""
		doc, given.document = given.document or given.fill(self.blanks.new(self.register)), None
		self.mark(doc)
		return doc

	def mark(self, doc: Any) -> None:
		"""Let the record's history say that an import made or changed it."""
		doc.flags.updater_reference = {
			"doctype": IMPORT,
			"docname": self.import_name,
			"label": _("via Register Import"),
		}

	def change(self, given: Given, record: str) -> tuple[Any, dict[str, Any]]:
		"""Save a record with what a line says. Answers the document and what stood there before, or nothing if the
		line says nothing new.

		Raises UnknownRecordError or PermissionError, and what the register refuses.
		"""
		doc = readable(self.register, record, "write", for_update=True)
		before = given.apply_to(doc)
		if before:
			self.mark(doc)
			doc.save()
		return doc, before

	def _without_repeated(self, givens: list[Given]) -> list[Given]:
		"""The lines that mean another record than every line above them."""
		readable_names = []
		for given in givens:
			key = []
			problems = refusals.judge(lambda given=given, key=key: key.append(self._key_of(given)))
			if problems:
				given.line.comes_to(LineOutcome.REFUSED, problems)
			else:
				given.line.double_key = key[0]
				readable_names.append(given)
		if not readable_names:
			return []
		keys = [given.line.double_key for given in readable_names]
		above = lines.first_with_key(self.import_name, keys, min(given.line.line for given in readable_names))
		left = []
		for given in readable_names:
			key, number = given.line.double_key, above.get(given.line.double_key)
			if number and not given.line.is_wanted_anyway:
				given.line.comes_to(LineOutcome.DUPLICATE, [("", _("It repeats line {0}.").format(number))])
				continue
			if key:
				above.setdefault(key, given.line.line)
			left.append(given)
		return left

	def _key_of(self, given: Given) -> str:
		given.document = given.fill(self.blanks.new(self.register))
		key = self.importing.key(given.document)
		return blake2b(key.encode(), digest_size=16).hexdigest() if key else ""

	def _without_same(self, givens: list[Given]) -> list[Given]:
		"""The lines that repeat no stored record."""
		left, found = [], self.importing.same([given.document for given in givens])
		for given, record in zip(givens, found, strict=True):
			if record and not given.line.is_wanted_anyway:
				given.line.comes_to(
					LineOutcome.DUPLICATE, [("", _("{0} is in the register already.").format(record))], record
				)
				given.line.candidates = [record]
			else:
				left.append(given)
		return left

	def _judge(self, givens: list[Given]) -> None:
		makers = [lambda given=given: self.document(given) for given in givens]
		if self.many_at_once:
			found = inserting.judge_all(makers, self.importing)
		else:
			found = [(refusals.trial(lambda make=make: make().insert()), None) for make in makers]
		for given, (problems, prepared) in zip(givens, found, strict=True):
			given.line.comes_to(LineOutcome.REFUSED if problems else LineOutcome.ADD, problems)
			if prepared and self.grounds and keeping.may_be_kept(prepared):
				given.line.prepared = keeping.pack(prepared, self.grounds)

	def _plan_change(self, given: Given) -> None:
		changed = []
		problems = refusals.trial(lambda: changed.append(bool(self.change(given, given.name)[1])))
		if problems:
			given.line.comes_to(LineOutcome.REFUSED, [(_("ID"), why) for _column, why in problems])
		else:
			given.line.comes_to(
				LineOutcome.CHANGE if changed[0] else LineOutcome.UNCHANGED, record=given.name
			)
