"""Frappe's checks of a new document's values, without those that plainly find nothing.

How long each value is and whether it holds markup Frappe looks up column by column, twice for each row. A row whose values
are all short and without markup is known at a glance; any other goes through Frappe's checks.
"""

from typing import Any

from frappe.utils import cint

LONGEST_DATA = 140
LONGEST_NUMBER = 9
"""Digits that fit into any column of numbers."""
LONGEST_WRITTEN = 24
"""Characters of any number as text."""
FIND_NOTHING = ("_validate_length", "_sanitize_content")


def validate(doc: Any) -> None:
	"""As `Document._validate`."""
	plain = [row for row in (doc, *doc.get_all_children()) if is_plain(row)]
	for row in plain:
		row.__dict__.update(dict.fromkeys(FIND_NOTHING, _find_nothing))
	try:
		doc._validate()
	finally:
		for row in plain:
			for check in FIND_NOTHING:
				del row.__dict__[check]


def _find_nothing() -> None:
	return None


def is_plain(row: Any) -> bool:
	"""Whether every value of a row is short enough for any column it could be in, and none holds markup."""
	get_field = row.meta.get_field
	for column, value in row.__dict__.items():
		if isinstance(value, str):
			if "<" in value or ">" in value or len(value) > _longest_text(get_field(column)):
				return False
		elif isinstance(value, int | float):
			df = get_field(column)
			if df and (abs(value) >= 10**LONGEST_NUMBER or 0 < cint(df.get("length")) < LONGEST_WRITTEN):
				return False
		elif (isinstance(value, dict) and get_field(column)) or (
			isinstance(value, list) and column not in row._table_fieldnames and get_field(column)
		):
			return False
	return True


def _longest_text(df: Any) -> int:
	if not df:
		# No column of the DocType's own; Frappe asks nothing about its length.
		return LONGEST_DATA * LONGEST_DATA
	longest = cint(df.get("length")) or LONGEST_DATA
	return min(longest, LONGEST_NUMBER) if df.fieldtype in ("Int", "Long Int") else longest
