"""What the form of an import and the lists of registers call. What writes is POST only."""

import frappe

from city_diplomacy.domain.imports.states import LineDecision
from city_diplomacy.partnership_approvals.arguments import Line, Name, Start, checked
from city_diplomacy.register_imports import imports, registers_open, shown, store
from city_diplomacy.register_imports.exceptions import ImportStateError
from city_diplomacy.registers.readable import readable


@frappe.whitelist()
@checked
def registers() -> list[dict[str, str]]:
	"""The registers the signed-in person may import into, as choices of a field."""
	return [{"value": one, "label": frappe._(one)} for one in registers_open.open_to_person()]


@frappe.whitelist(methods=["POST"])
@checked
def read(name: Name) -> None:
	"""Look at every line of an import's file, by a job, and write nothing of it. The import is the person's own."""
	readable(store.IMPORT, name, "write")
	imports.read(name)


@frappe.whitelist()
@checked
def rows(name: Name, outcome: Line = "", start: Start = 0) -> dict:
	"""A page of an import's lines, as `shown.page`."""
	return shown.page(readable(store.IMPORT, name), outcome or "", start or 0)


@frappe.whitelist(methods=["POST"])
@checked
def decide(name: Name, line: Start, decision: Line, record: Name = None) -> None:
	"""Say what becomes of a line that may be a double: Add Anyway, Update That One or Skip. The import is the person's own."""
	readable(store.IMPORT, name, "write")
	if decision not in list(LineDecision):
		frappe.throw(frappe._("Decide to add the line, to update a record, or to skip it."), ImportStateError)
	imports.decide(name, line, LineDecision(decision), record or "")


@frappe.whitelist(methods=["POST"])
@checked
def run(name: Name) -> None:
	"""Import what the preview shows, by a job. The import is the person's own."""
	readable(store.IMPORT, name, "write")
	imports.run(name)


@frappe.whitelist(methods=["POST"])
@checked
def cancel(name: Name) -> None:
	"""Stop an import that runs."""
	readable(store.IMPORT, name, "write")
	imports.cancel(name)


@frappe.whitelist(methods=["POST"])
@checked
def undo(name: Name) -> None:
	"""Take an import back, by a job."""
	readable(store.IMPORT, name, "write")
	imports.undo(name)


@frappe.whitelist(methods=["POST"])
@checked
def resume(name: Name) -> None:
	"""Go on with an import whose worker ended. It is the person's own."""
	readable(store.IMPORT, name, "write")
	imports.resume(name)


@frappe.whitelist()
@checked
def refused(name: Name) -> None:
	"""Download the refused lines with the reason in a column, as CSV."""
	doc = readable(store.IMPORT, name)
	frappe.local.response.filename = shown.file_name(doc)
	# The mark by which spreadsheets know that it is UTF-8.
	frappe.local.response.filecontent = "\ufeff".encode() + shown.refused_as_csv(doc).encode()
	frappe.local.response.type = "download"
