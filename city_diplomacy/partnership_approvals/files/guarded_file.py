"""Frappe's File with the rules of `guard` and `kept` before each thing it does.

A class of its own (hook `override_doctype_class`), because Frappe runs its own part of `before_insert` and
`on_trash`, which copies and deletes bytes, before any `doc_events`.
"""

import os
import re
from typing import Any

import frappe
from frappe.core.doctype.file.file import File
from frappe.utils import get_files_path

from city_diplomacy.partnership_approvals.files import guard, kept

# What Frappe replaces by "_" in the name on disk, after it has looked whether the name is free.
REPLACED_ON_DISK = re.compile(r"[/\\%?#]")


class GuardedFile(File):
	"""A file of the site; nobody gets at another's, and what an approval record rests on stays."""

	attached_to_field: str | None
	file_name: str
	thumbnail_url: str | None

	def before_insert(self) -> None:
		guard.check_new(self)
		super().before_insert()

	def validate(self) -> None:
		guard.check_change(self)
		super().validate()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		kept.refuse_removal(self)

	def on_trash(self) -> None:
		kept.refuse_removal(self)
		super().on_trash()

	def validate_duplicate_entry(self) -> None:
		"""Take the address of a File with the same bytes; what is elsewhere has no bytes to be the same."""
		if not self.is_remote_file:
			super().validate_duplicate_entry()

	def fetch_attached_to_field(self, old_file_url: str) -> bool:
		"""Whether a field of the record is to follow a change of privacy: only one that holds files is."""
		before = self.attached_to_field
		if not super().fetch_attached_to_field(old_file_url):
			return False
		if guard.is_attach_field(self.attached_to_doctype, self.attached_to_field or ""):
			return True
		self.attached_to_field = before
		return False

	def save_file(self, *args: Any, **options: Any) -> Any:
		written = super().save_file(*args, **options)
		# From here on the address and the hash are the server's own.
		self.flags.bytes_written = True
		return written

	def save_file_on_filesystem(self) -> Any:
		"""Write the bytes, over nothing but the file's own that no other File shares."""
		name = REPLACED_ON_DISK.sub("_", self.file_name)
		if os.path.exists(get_files_path(name, is_private=self.is_private)) and not self._is_own(name):
			stem, ending = os.path.splitext(name)
			self.file_name = f"{stem}{frappe.generate_hash(length=10)}{ending}"
		return super().save_file_on_filesystem()

	def _is_own(self, name: str) -> bool:
		url = f"{'/private' if self.is_private else ''}/files/{name}"
		if self.is_new() or frappe.db.get_value("File", self.name, "file_url") != url:
			return False
		return not guard.is_used_by_another(url, self.name)

	def delete_file_from_filesystem(self, only_thumbnail: bool = False) -> None:
		"""Delete the bytes unless another File is stored there, whatever its hash says."""
		if guard.is_used_by_another(self.thumbnail_url, self.name):
			self.thumbnail_url = None
		shared = guard.is_used_by_another(self.file_url, self.name)
		super().delete_file_from_filesystem(only_thumbnail=only_thumbnail or shared)

	@frappe.whitelist(methods=["POST"])
	def optimize_file(self) -> None:
		"""Make an image smaller: the one that is stored, not what a client says it is."""
		self.reload()
		self.check_permission("write")
		kept.refuse_removal(self)
		super().optimize_file()

	def unzip(self) -> list[File]:
		"""Put the files of an archive in its place, for whoever may delete it."""
		self.check_permission("delete")
		kept.refuse_removal(self)
		return super().unzip()
