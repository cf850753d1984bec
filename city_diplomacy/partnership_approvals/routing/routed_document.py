"""The base of our own routed DocTypes: a document the engine moves is read once, under its lock."""

from copy import deepcopy

from city_diplomacy.registers.register import Register


class RoutedDocument(Register):
	"""Saves the reading Frappe begins each save with where the engine moves a document it has just read.

	A DocType of another app is routed without it, as Frappe saves it.
	"""

	def remember_as_read(self) -> None:
		"""Keep a copy of the document as it was just read, under a lock that is held, before anybody sets a value."""
		self.flags.as_read = deepcopy(self)

	def load_doc_before_save(self, *, raise_exception: bool = False) -> None:
		"""Know the document as it is stored, as Document.load_doc_before_save.

		For the one save by which a route moves it, that is the copy of `remember_as_read`.
		"""
		as_read = self.flags.pop("as_read", None)
		if not (as_read and self.flags.moved_by_route):
			super().load_doc_before_save(raise_exception=raise_exception)
			return
		self._doc_before_save = as_read
		# A copy of a row does not know its document.
		for row in as_read.get_all_children():
			row.parent_doc = as_read
		# Frappe 16 lets each row know itself as it is stored; 15 has no such list.
		for table in getattr(self, "_non_computed_table_fieldnames", ()):
			stored = {row.name: row for row in as_read.get(table) or ()}
			for row in self.get(table):
				row._doc_before_save = stored.get(row.name)
