"""Names of many new records, as Frappe gives them one by one: the numbers of a series are taken together."""

from typing import Any

import frappe
from frappe.model import naming

from city_diplomacy.register_imports.bulk.conditions import handlers_of

NAMING = ("before_naming", "autoname")


class Series:
	"""Numbers of naming series, handed out under one lock and stored once."""

	def __init__(self, keep: bool = True):
		self.keep, self.current, self._stored = keep, {}, {}

	def __call__(self, key: str, digits: int) -> str:
		if key not in self.current:
			self._stored[key] = self._read(key)
			self.current[key] = self._stored[key] or 0
		self.current[key] += 1
		return f"{self.current[key]:0{digits}d}"

	def _read(self, key: str) -> int | None:
		table = frappe.qb.DocType("Series")
		query = frappe.qb.from_(table).select(table.current).where(table.name == key)
		rows = (query.for_update() if self.keep else query).run()
		return rows[0][0] if rows else None

	def go_back_to(self, current: dict[str, int]) -> None:
		"""Take back the numbers handed out since; a refused record uses none."""
		self.current = {key: current.get(key, stored or 0) for key, stored in self._stored.items()}

	def store(self) -> None:
		"""Write how far each series has come."""
		table = frappe.qb.DocType("Series")
		for key, current in self.current.items():
			if self._stored[key] is None:
				frappe.qb.into(table).columns("name", "current").insert(key, current).run()
			elif current != self._stored[key]:
				frappe.qb.update(table).set(table.current, current).where(table.name == key).run()
			self._stored[key] = current


def run(doc: Any, event: str) -> None:
	"""The controller's method and the handlers of its own DocType; those of every DocType have nothing to do here."""
	method = getattr(doc, event, None)
	if callable(method):
		method()
	for path in handlers_of(doc.doctype, event):
		frappe.get_attr(path)(doc, event)


def name(doc: Any, series: Series) -> None:
	"""As `Document.set_new_name`, with the numbers of a series from `series`."""
	pattern, is_named_by_controller = doc.meta.autoname or "", callable(getattr(doc, "autoname", None))
	numbered = is_numbered(doc)
	if not numbered and (pattern or not is_named_by_controller):
		doc.set_new_name()
		return
	run(doc, "before_naming")
	if numbered:
		doc.name = number(doc, series)
	else:
		run(doc, "autoname")
	doc.name = naming.validate_name(doc.doctype, doc.name or naming.make_autoname("hash", doc.doctype))
	for row in doc.get_all_children():
		name_row(row)
	doc.flags.name_set = True


def is_numbered(doc: Any) -> bool:
	"""Whether a series gives a document its name."""
	pattern = doc.meta.autoname or ""
	return "#" in pattern and ":" not in pattern and not callable(getattr(doc, "autoname", None))


def number(doc: Any, series: Series) -> str:
	"""The next name of the series a document belongs to."""
	return naming.parse_naming_series(doc.meta.autoname.split("."), doc=doc, number_generator=series)


def hash_name() -> str:
	return naming.make_autoname("hash")


def name_row(row: Any) -> None:
	if (row.meta.autoname or "hash").lower() != "hash" or any(
		callable(getattr(row, event, None)) or handlers_of(row.doctype, event) for event in NAMING
	):
		naming.set_new_name(row)
	elif not row.name:
		row.name = naming.make_autoname("hash", row.doctype)
