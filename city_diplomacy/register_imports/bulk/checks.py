"""Frappe's checks of a new document's values, without those that plainly find nothing.

How long each value is and whether it holds markup Frappe looks up column by column, twice for each row. A row whose values
are all short and without markup is known at a glance; any other goes through Frappe's checks.
"""

from typing import Any

from city_diplomacy.register_imports.bulk.columns import LONGEST_NUMBER, LONGEST_OF_NO_FIELD, columns_of

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
	columns = columns_of(row.meta)
	longest, tables = columns.longest, row._table_fieldnames
	for column, value in row.__dict__.items():
		if value is None:
			continue
		if isinstance(value, str):
			if "<" in value or ">" in value or len(value) > longest.get(column, LONGEST_OF_NO_FIELD):
				return False
		elif column not in longest:
			continue
		elif isinstance(value, int | float):
			if abs(value) >= 10**LONGEST_NUMBER or column in columns.narrow:
				return False
		elif isinstance(value, dict) or (isinstance(value, list) and column not in tables):
			return False
	return True
