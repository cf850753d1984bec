"""The base of the DocTypes that only the approval engine writes.

The engine writes them beneath the document layer (`db_insert`, `frappe.db.set_value`), so every way a person
or a script can reach a document - Desk, REST, import, console `save()` - ends here and is refused,
the Administrator's too. There is no flag to let anybody through.
"""

from typing import Any

from frappe import _, throw

from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals.exceptions import EngineRecordError
from city_diplomacy.registers.register import Register


class EngineRecord(Register):
	def load_from_db(self) -> Any:
		"""Read the record to be shown, on a form or in print. The engine itself works on rows.

		Words from before `words.take` may hold markup. They are hashed, so it is only here that they are made neutral.
		"""
		loaded = super().load_from_db()
		for field in self.meta.fields:
			value = self.get(field.fieldname)
			if isinstance(value, str):
				self.set(field.fieldname, neutral(value))
		return loaded

	def before_insert(self) -> None:
		self.refuse()

	def before_validate(self) -> None:
		self.refuse()

	def on_update(self) -> None:
		# Reached when a script asks Frappe to skip validation.
		self.refuse()

	def on_trash(self) -> None:
		self.refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		self.refuse()

	def refuse(self) -> None:
		"""Raises EngineRecordError, whoever asks."""
		throw(
			_(
				"{0} records are written by the approval itself and cannot be added, changed, renamed or deleted."
			).format(_(self.doctype)),
			EngineRecordError,
		)
