import frappe
from frappe import _

from city_diplomacy.domain.imports.states import RUNNING, WRITTEN, ImportStatus
from city_diplomacy.register_imports import columns, files, lines, registers_open, store
from city_diplomacy.register_imports.exceptions import ImportStateError
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register

SET_BY_THE_SERVER = ("owner", "creation", "status", "why", "progressed_on", "lines", *store.COUNTED)


class RegisterImport(Register):
	"""A table brought into a register: its file, which column fills which field, and how far it is."""

	def onload(self) -> None:
		columns.show(self)
		self.set_onload("fields", columns.choices(self.register))
		self.set_onload("is_silent", store.is_silent(self))

	def before_insert(self) -> None:
		refuse_stored_as_new(self)
		self.status = ImportStatus.NEW

	def validate(self) -> None:
		registers_open.refuse_unless_open(self.register)
		self.keep_what_the_server_set()
		self.take_file()
		self.take_columns()

	def on_trash(self) -> None:
		if self.status in RUNNING and not store.is_silent(self):
			frappe.throw(_("Cancel this import before it is deleted."), ImportStateError)
		lines.forget(self.name)

	def keep_what_the_server_set(self) -> None:
		stored = self.get_doc_before_save()
		for fieldname in SET_BY_THE_SERVER:
			if stored:
				self.set(fieldname, stored.get(fieldname))
			elif fieldname in store.COUNTED or fieldname in ("lines", "why", "progressed_on"):
				self.set(fieldname, None)

	def take_file(self) -> None:
		"""A new file is read as far as its headings. Raises ImportFileError."""
		stored = self.get_doc_before_save()
		if stored and stored.file == self.file:
			return
		self.refuse_once_begun()
		files.refuse_foreign_file(self.file)
		columns.guess(self)
		self.title = f"{_(self.register)}: {self.file.rpartition('/')[2]}"[:140]

	def take_columns(self) -> None:
		"""Another field for a column makes the preview out of date. Raises ImportFileError."""
		columns.settle(self)
		stored = self.get_doc_before_save()
		if stored and columns.filled(stored) != columns.filled(self):
			self.refuse_once_begun()
			lines.forget(self.name)
			self.update({"status": ImportStatus.NEW, "lines": 0, **dict.fromkeys(store.COUNTED, 0)})

	def refuse_once_begun(self) -> None:
		"""Raises ImportStateError while the import runs, and once it has written records."""
		if self.status in RUNNING or self.status in WRITTEN or self.added or self.changed:
			frappe.throw(_("This import has begun. Make a new one for another file or other columns."), ImportStateError)
