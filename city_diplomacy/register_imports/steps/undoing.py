"""Taking an import back: exactly what it added and changed, where nobody has touched it since."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.domain.imports.states import DONE, LineOutcome
from city_diplomacy.register_imports import lines, refusals
from city_diplomacy.register_imports.lines import Line

BATCH = 100
# Columns in which Frappe keeps what people did with a record without saving it.
MARKS = ("_comments", "_assign", "_user_tags", "_liked_by")
# (DocType, column with the DocType, column with the name) of what people hang on a record or send about it.
HUNG_ON = (
	("File", "attached_to_doctype", "attached_to_name"),
	("Communication", "reference_doctype", "reference_name"),
	("ToDo", "reference_type", "reference_name"),
	("Guest Link", "reference_doctype", "reference_name"),
)


def step(row: Any) -> bool:
	"""Take back the next batch, from the end of the file upwards. Answers whether more is left."""
	batch = lines.read(row.name, DONE, limit=BATCH, upwards=False)
	touched, put_back = _touched(row.register, batch), {}
	for line in batch:
		record = line.record
		if record in touched:
			line.comes_to(LineOutcome.LEFT, [("", touched[record])], record)
			continue
		undo = _delete if line.outcome == LineOutcome.ADDED else _put_back
		stamp, problems = refusals.attempt(lambda line=line, undo=undo: undo(row.register, line))
		if stamp:
			put_back[record] = stamp
		line.comes_to(LineOutcome.LEFT if problems else LineOutcome.TAKEN_BACK, problems, record)
	lines.write(row.name, batch)
	# A line further up may have made the record or changed it as well.
	lines.stamp(row.name, put_back)
	return len(batch) == BATCH


def _touched(register: str, batch: Iterable[Line]) -> dict[str, str]:
	"""By record, why it is left alone."""
	stamps = {line.record: line.stamp for line in batch}
	marks = [mark for mark in MARKS if frappe.db.has_column(register, mark)]
	rows = frappe.get_all(
		register,
		filters={"name": ["in", list(stamps) or [""]]},
		fields=["name", "modified", *marks],
		limit_page_length=0,
	)
	there = {row.name: row for row in rows}
	found = dict.fromkeys(stamps.keys() - there.keys(), _("It was deleted or renamed since."))
	for name, row in there.items():
		if cstr(row.modified) != stamps[name]:
			found[name] = _("It was changed since, and is left as it is.")
		elif any(row[mark] not in (None, "", "[]") for mark in marks):
			found[name] = _("Somebody has noted something on it since, and it is left as it is.")
	for doctype, kind, column in HUNG_ON:
		filters = {kind: register, column: ["in", list(stamps) or [""]]}
		for name in frappe.get_all(doctype, filters, pluck=column, limit_page_length=0):
			found.setdefault(
				name, _("Something was attached to it or sent about it since, and it is left as it is.")
			)
	return found


def _delete(register: str, line: Line) -> None:
	# Made by this import, by the right to create; nobody has touched it since. Rules against deleting hold.
	frappe.delete_doc(register, line.record, ignore_permissions=True, delete_permanently=True)


def _put_back(register: str, line: Line) -> str:
	doc = frappe.get_doc(register, line.record, for_update=True)
	doc.check_permission("write")
	for fieldname, value in line.before.items():
		if doc.meta.get_field(fieldname).fieldtype in ("Table", "Table MultiSelect"):
			value = [row for row in doc.get(fieldname) if row.name in value]
		doc.set(fieldname, value)
	doc.save()
	return str(doc.modified)
