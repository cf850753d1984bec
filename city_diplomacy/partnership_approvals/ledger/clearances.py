"""Whether the clearances of a route are what the entries of its ledger tell of them, column by column."""

from collections.abc import Iterator

import frappe
from frappe import _

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.domain.record.recorded import Told
from city_diplomacy.partnership_approvals.ledger import notes
from city_diplomacy.partnership_approvals.ledger.notes import CARRIED_FROM, HIDDEN, OF_THE_ROUTE, WORDS
from city_diplomacy.partnership_approvals.ledger.stored import Read, Stored
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, LedgerFinding


def disagreements(read: Read, stored: Stored) -> Iterator[LedgerFinding]:
	"""A finding for each clearance that is gone or that no entry tells of, and for each column that is another."""
	rows = {row.name: row for row in stored.clearances.get(read.route_row.name, [])}
	told = read.recorded.clearances
	for name, columns in told.items():
		if name not in rows:
			yield _about(
				_last(columns), _("The clearance of {0} is gone.").format(_seat_told(columns) or name)
			)
	for name, row in rows.items():
		if name in told:
			yield from _columns(read, stored, rows, row)
		elif read.recorded.complete:
			yield _about(0, _("No entry tells of this clearance of {0}.").format(row.seat))
		for column in OF_THE_ROUTE[1:]:
			if row.get(column) != read.route_row.get(column):
				yield _about(0, _("A clearance of {0} names another document.").format(row.seat))


def _columns(
	read: Read, stored: Stored, rows: dict[str, ClearanceRow], row: ClearanceRow
) -> Iterator[LedgerFinding]:
	told = read.recorded.clearances[row.name]
	whole = row.name in read.recorded.whole
	for column, kind in notes.told_columns().items():
		value = told.get(column)
		if value is None and not whole:
			continue
		if column in WORDS:
			same = _same_words(read, rows, row, column, value)
		elif column in HIDDEN:
			same = _same_hidden(read, row.get(column), value)
		else:
			now, before = notes.written(kind, row.get(column)), value.value if value else None
			same = now == before or _is_renamed(read, stored, column, before, now)
		if not same:
			label = _(frappe.get_meta(notes.DOCTYPE).get_label(column))
			yield _about(
				value.sequence if value else _last(told),
				_("{0}: {1} is not what the ledger tells.").format(_seat_told(told) or row.seat, label),
			)


def _same_words(
	read: Read, rows: dict[str, ClearanceRow], row: ClearanceRow, column: str, told: Told | None
) -> bool:
	"""Words fit the digest that was told; removed ones are gone; those carried over are as they were there."""
	words = row.get(column) or ""
	if told is None:
		return words == _carried_words(read, rows, row, column)
	entry = read.entry(told.sequence)
	if entry is None:
		return False
	became = read.words.get(told.sequence)
	if became and became.removed:
		return not words
	return chain.remark_digest(words, entry[0].remarks_salt or "") == (told.value or "")


def _carried_words(read: Read, rows: dict[str, ClearanceRow], row: ClearanceRow, column: str) -> str:
	"""What an answer took along from the one it was carried over from, of words that have an entry there."""
	source = read.recorded.clearances[row.name].get(CARRIED_FROM)
	kept = rows.get(source.value) if source and column == "conditions_met" else None
	if not source or not kept:
		return ""
	said = read.recorded.clearances.get(kept.name, {}).get(column)
	return "" if said and said.sequence > source.sequence else kept.get(column) or ""


def _same_hidden(read: Read, value: str | None, told: Told | None) -> bool:
	if not told or not told.value:
		return not value
	entry = read.entry(told.sequence)
	key = read.keyring.find(entry[1].get("key")) if entry else None
	return key is not None and chain.keyed_digest(key, value or "") == told.value


def _is_renamed(read: Read, stored: Stored, column: str, before: object, now: object) -> bool:
	"""Whether a column names what was told of by another name: by the one the ledger says an account has since, or,
	in a link, where nothing bears the name any more, because it was rewritten with the record."""
	named = notes.links().get(column)
	if before in read.names and (named == "User" or column == "acting_for"):
		return now == read.names[before]
	return named is not None and bool(before) and before not in stored.known[named]


def _seat_told(columns: dict[str, Told]) -> str:
	return str(columns["seat"].value) if "seat" in columns else ""


def _last(columns: dict[str, Told]) -> int:
	return max((told.sequence for told in columns.values() if isinstance(told.sequence, int)), default=0)


def _about(sequence: int, problem: str) -> LedgerFinding:
	return {"sequence": sequence, "problem": problem}
