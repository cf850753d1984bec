"""Counting the statements a piece of work sends to the database, on both grounds."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def counted_statements() -> Iterator[list[str]]:
	"""A list that fills with the statements of the block."""
	sent: list[str] = []
	# The sandbox sends everything through `execute`, Frappe's own database through `sql`.
	name = "sql" if hasattr(frappe.db.__class__, "sql") else "execute"
	send = getattr(frappe.db, name)

	def send_and_note(query, *args, **kwargs):
		sent.append(str(query))
		return send(query, *args, **kwargs)

	setattr(frappe.db, name, send_and_note)
	try:
		yield sent
	finally:
		delattr(frappe.db, name)
