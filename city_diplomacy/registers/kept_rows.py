"""Rows that are only changed through the record they belong to.

Saving a record writes its rows without their own hooks; a row's hooks run only when somebody saves or deletes
the row by itself, as `PUT` and `DELETE /api/resource/MOU Party/<row>` do. None of the record's rules would
see that, so the row refuses.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from city_diplomacy.registers.errors import KeptRowError


class KeptRow(Document):
	"""A row that is refused by itself while it belongs to one of the DocTypes in KEPT_WITH."""

	KEPT_WITH: tuple[str, ...] = ()

	def before_insert(self) -> None:
		self.refuse_by_itself()

	def before_validate(self) -> None:
		self.refuse_by_itself()

	def before_update_after_submit(self) -> None:
		self.refuse_by_itself()

	def before_cancel(self) -> None:
		self.refuse_by_itself()

	def before_discard(self) -> None:
		self.refuse_by_itself()

	def on_update(self) -> None:
		# Reached when a script asks Frappe to skip validation.
		self.refuse_by_itself()

	def on_trash(self) -> None:
		self.refuse_by_itself()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		self.refuse_by_itself()

	def refuse_by_itself(self) -> None:
		"""Raises KeptRowError, naming the record to open.

		The stored owner counts as well as the given one: a client may send another along with its change.
		"""
		stored = frappe.db.get_value(self.doctype, self.name, ["parenttype", "parent"]) if self.name else None
		for owner in (stored, (self.get("parenttype"), self.get("parent"))):
			if owner and owner[0] in self.KEPT_WITH:
				kind = _("agreement") if owner[0] == "MOU" else _(owner[0])
				frappe.throw(
					_("Open the {0} {1} and change it there.").format(kind, owner[1] or ""), KeptRowError
				)
