from city_diplomacy.register_imports import drafts, registers_open, store, visibility
from city_diplomacy.register_imports.reading import columns
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class RegisterImport(Register):
	"""A table brought into a register: its file, which column fills which field, and how far it is."""

	def onload(self) -> None:
		columns.show(self)
		self.set_onload("fields", columns.choices(self.register))
		self.set_onload("is_silent", store.is_silent(self))
		self.set_onload("is_own", visibility.is_own(self))

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		registers_open.refuse_unless_open(self.register)
		drafts.keep_what_the_server_set(self)
		drafts.take_file(self)
		drafts.take_columns(self)

	def on_trash(self) -> None:
		drafts.forget(self)
