"""The custody of approval records: marks of disclosure, redaction, legal holds.

Each act is an entry of the ledger, written with the document and its route locked like every other. What the
entry it is about says is never changed; only its words can go, from the ledger and from wherever the approval
repeats them.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, now_datetime

from city_diplomacy.access.rights import RECORD_KEEPING
from city_diplomacy.domain.record import disclosure as marks
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import LegalHoldError, RecordsError
from city_diplomacy.partnership_approvals.ledger import facts
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, EntryRow
from city_diplomacy.partnership_approvals.words import take as take_words

LONGEST_CITATION = 500
# Where a clearance keeps words that people wrote.
COLUMNS_OF_WORDS = ("remarks", "conditions", "conditions_met", "question", "answer")
# In the place of such words once they are to go; no text is the same as it.
REMOVED = object()
# event: the field of the document that repeats its words, where the document has it
DOCUMENT_WORDS = {"Existing Agreement Recorded": "existing_reason"}


def mark(entry: str, disclosure: str, exemption: str | None, reason: str | None) -> dict[str, Any]:
	"""Say whether the words of an entry may be released; a privilege or exemption cites its law.

	Answers the entry as `_answer` does. The same mark given again is taken once.
	"""
	routes.require_role(RECORD_KEEPING["mark"], _("mark what may be disclosed"))
	wanted = _mark(disclosure)
	citation = _bounded(exemption)
	if wanted in marks.NEEDS_EXEMPTION:
		citation = routes.require_words(citation, _("Cite the law that exempts these words."))
	else:
		citation = ""
	route, row = lock_entry(entry)
	_refuse_without_words(row)
	if (row.disclosure, row.exemption or "") == (wanted, citation):
		return _answer(row)
	marked = [row, *_copies(route, row)]
	for entry_row in marked:
		set_entry(entry_row, disclosure=wanted, exemption=citation)
	about = marks.written([entry_row.sequence for entry_row in marked])
	route.record(marks.MARKED, take_words(reason), about=about, marked_as=wanted, authority=citation)
	route.store()
	return _answer(row)


def redact(entry: str, reason: str) -> dict[str, Any]:
	"""Remove the words of an entry for good, with a reason; the ledger says that and by whom."""
	routes.require_role(RECORD_KEEPING["redact"], _("redact the words of a record"))
	reason = routes.require_words(reason, _("Say why these words are removed."))
	route, row = lock_entry(entry)
	_refuse_without_words(row)
	refuse_under_hold(route)
	if row.remarks and row.remarks in reason:
		frappe.throw(
			_("The reason repeats the words that are to be removed; say it without them."), RecordsError
		)
	redacted = [row, *_copies(route, row)]
	about = marks.written([entry_row.sequence for entry_row in redacted])
	remove_words(redacted, marks.REMOVED[marks.REDACTED])
	route.record(marks.REDACTED, reason, about=about, authority=row.exemption or None)
	route.store()
	return _answer(row)


def _copies(route: Route, row: EntryRow) -> list[EntryRow]:
	"""The entries that repeat an entry's words because its answer was carried over into a later round."""
	table = frappe.qb.DocType("Approval Decision")
	same_words = (
		(table.route == route.row.name)
		& (table.event == facts.CARRIED_OVER)
		& (table.remarks == row.remarks)
		& (table.name != row.name)
	)
	return frappe.qb.from_(table).select("*").where(same_words).for_update().run(as_dict=True)


def place_hold(doctype: str, name: str, reason: str) -> dict[str, Any]:
	"""From now on nothing of this record is redacted or disposed of."""
	routes.require_role(RECORD_KEEPING["hold"], _("place a legal hold"))
	reason = routes.require_words(reason, _("Say for which matter the record must be kept."))
	route = routes.lock_existing(doctype, name)
	if hold_on(route):
		frappe.throw(_("{0} is under a legal hold already.").format(name), RecordsError)
	route.record(marks.HOLD_PLACED, reason)
	route.store()
	hold = frappe.get_doc(
		{
			"doctype": "Legal Hold",
			"name": frappe.generate_hash(length=16),
			"reference_doctype": doctype,
			"reference_name": name,
			"route": route.row.name,
			"reason": reason,
			"placed_by": frappe.session.user,
			"placed_on": now_datetime(),
			"placed_sequence": route.row.ledger_count,
		}
	)
	hold.db_insert()
	return {
		"hold": hold.name,
		"on": True,
		"message": _("{0} is kept whole until the hold is lifted.").format(name),
	}


def lift_hold(doctype: str, name: str, reason: str) -> dict[str, Any]:
	"""The matter is over; redaction and the records schedule apply again."""
	routes.require_role(RECORD_KEEPING["hold"], _("lift a legal hold"))
	reason = routes.require_words(reason, _("Say why the hold is lifted."))
	route = routes.lock_existing(doctype, name)
	hold = hold_on(route)
	if not hold:
		frappe.throw(_("{0} is under no legal hold.").format(name), RecordsError)
	route.record(marks.HOLD_LIFTED, reason)
	route.store()
	frappe.db.set_value(
		"Legal Hold",
		hold,
		{
			"lifted_by": frappe.session.user,
			"lifted_on": now_datetime(),
			"lift_reason": reason,
			"lifted_sequence": route.row.ledger_count,
		},
	)
	return {"hold": hold, "on": False, "message": _("The legal hold on {0} is lifted.").format(name)}


def hold_on(route: Route) -> str | None:
	"""The open hold on a locked route, read with its lock."""
	return frappe.db.get_value(
		"Legal Hold", {"route": route.row.name, "lifted_on": ["is", "not set"]}, "name", for_update=True
	)


def refuse_under_hold(route: Route) -> None:
	"""Raises LegalHoldError while the record must be kept."""
	if hold_on(route):
		frappe.throw(
			_("{0} is under a legal hold; its words must be kept until the hold is lifted.").format(
				route.row.reference_name
			),
			LegalHoldError,
		)


def lock_entry(entry: str) -> tuple[Route, EntryRow]:
	"""An entry with document, route and its own row locked, in that order."""
	found = frappe.db.get_value("Approval Decision", entry, ["reference_doctype", "reference_name"])
	if not found:
		frappe.throw(_("This entry does not exist."), frappe.DoesNotExistError)
	route = routes.lock_existing(*found)
	return route, frappe.db.get_value("Approval Decision", entry, "*", as_dict=True, for_update=True)


def set_entry(row: EntryRow, **values: Any) -> None:
	"""Write the mark of an entry beneath the document layer, which refuses everybody."""
	frappe.db.set_value("Approval Decision", row.name, values, update_modified=False)
	row.update(values)


def remove_words(rows: list[EntryRow], removed: str) -> None:
	"""Take the words of entries of locked routes away, with the salt that would let short ones be guessed, and
	from wherever the approval repeats them. A fixed number of statements, and one for each hold, existing
	agreement or notification that repeats words."""
	_remove_repetitions(rows)
	table = frappe.qb.DocType("Approval Decision")
	(
		frappe.qb.update(table)
		.set(table.remarks, None)
		.set(table.remarks_salt, "")
		.set(table.words_removed, removed)
		.where(table.name.isin([row.name for row in rows]))
		.run()
	)
	for row in rows:
		row.update({"remarks": None, "remarks_salt": "", "words_removed": removed})


def _remove_repetitions(rows: list[EntryRow]) -> None:
	clearances = _clearances_of({row.route for row in rows if row.clearance})
	for row in rows:
		for clearance in clearances.get(row.route, ()):
			if clearance.name == row.clearance or _carries_words_of(clearance, row):
				clearance.update(_columns_with(row, clearance))
		if row.event in (marks.HOLD_PLACED, marks.HOLD_LIFTED):
			_remove_from_hold(row)
		field = DOCUMENT_WORDS.get(row.event)
		if field and frappe.get_meta(row.reference_doctype).has_field(field):
			frappe.db.set_value(row.reference_doctype, row.reference_name, field, None, update_modified=False)
	for column in COLUMNS_OF_WORDS:
		emptied = [
			clearance.name
			for of_route in clearances.values()
			for clearance in of_route
			if clearance.get(column) == REMOVED
		]
		if emptied:
			frappe.db.set_value(
				"Approval Clearance", {"name": ["in", emptied]}, column, None, update_modified=False
			)
	_remove_from_notifications(rows)


def _columns_with(row: EntryRow, clearance: ClearanceRow) -> dict[str, object]:
	"""The columns of a clearance that say what the entry says."""
	if column := facts.WORDS.get(row.event):
		said = [column] if clearance.get(column) == row.remarks else []
	elif facts.words_of(_text(clearance.remarks), _text(clearance.conditions)) == row.remarks:
		said = ["remarks", "conditions"]
	else:
		said = [column for column in COLUMNS_OF_WORDS if clearance.get(column) == row.remarks]
	return dict.fromkeys(said, REMOVED)


def _text(value: object) -> str | None:
	return value if isinstance(value, str) else None


def _remove_from_hold(row: EntryRow) -> None:
	placed = row.event == marks.HOLD_PLACED
	frappe.db.set_value(
		"Legal Hold",
		{"route": row.route, "placed_sequence" if placed else "lifted_sequence": row.sequence},
		"reason" if placed else "lift_reason",
		None,
		update_modified=False,
	)


def _remove_from_notifications(rows: list[EntryRow]) -> None:
	"""Questions, reasons and the like were also told to people. A letter that has left cannot be called back."""
	told = [row for row in rows if row.remarks]
	if not told:
		return
	notices = frappe.qb.DocType("Approval Notice")
	(
		frappe.qb.update(notices)
		.set(notices.what, None)
		.where(
			notices.reference_name.isin(sorted({row.reference_name for row in told}))
			& notices.what.isin(sorted({row.remarks for row in told if row.remarks}))
		)
		.run()
	)
	notes = frappe.get_all(
		"Notification Log",
		filters={"document_name": ["in", sorted({row.reference_name for row in told})]},
		fields=["name", "document_type", "document_name", "email_content"],
		limit_page_length=0,
	)
	for note in notes:
		said = [
			row
			for row in told
			if (row.reference_doctype, row.reference_name) == (note.document_type, note.document_name)
			and escape_html(row.remarks or "") in (note.email_content or "")
		]
		if said:
			frappe.db.set_value("Notification Log", note.name, "email_content", None, update_modified=False)


def _carries_words_of(clearance: ClearanceRow, row: EntryRow) -> bool:
	"""Whether a later answer of the seat repeats a question or how conditions were met; what it repeats of the
	answer itself has an entry of its own."""
	return bool(clearance.carried_over) and clearance.seat == row.seat and row.event in facts.WORDS


def _clearances_of(route_names: set[str]) -> dict[str, list[ClearanceRow]]:
	if not route_names:
		return {}
	rows = frappe.get_all(
		"Approval Clearance",
		filters={"route": ["in", sorted(route_names)]},
		fields=["name", "route", "seat", "carried_over", *COLUMNS_OF_WORDS],
		limit_page_length=0,
	)
	found: dict[str, list[ClearanceRow]] = {}
	for row in rows:
		found.setdefault(row.route, []).append(row)
	return found


def _refuse_without_words(row: EntryRow) -> None:
	if not row.remarks:
		frappe.throw(
			_("Entry {0} has no words. Who decided what and when is public and stays.").format(row.sequence),
			RecordsError,
		)


def _mark(disclosure: str) -> str:
	try:
		return str(marks.Disclosure(disclosure))
	except ValueError:
		frappe.throw(
			_("{0} is not a mark. Choose one of: {1}.").format(
				disclosure, ", ".join(_(str(known)) for known in marks.Disclosure)
			),
			RecordsError,
		)


def _bounded(citation: str | None) -> str:
	words = take_words(citation)
	if len(words) > LONGEST_CITATION:
		frappe.throw(_("A citation is shorter than {0} characters.").format(LONGEST_CITATION), RecordsError)
	return words


def _answer(row: EntryRow) -> dict[str, Any]:
	"""{"entry", "sequence", "disclosure", "exemption", "words_removed"}."""
	return {
		"entry": row.name,
		"sequence": row.sequence,
		"disclosure": row.disclosure,
		"exemption": row.exemption or "",
		"words_removed": row.words_removed or "",
	}
