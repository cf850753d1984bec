"""Rows changed beneath the engine, one column after the other, as somebody with the database's password would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe

from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing.routed_doctypes import NOT_CONTENT, is_table

# What Frappe keeps for itself about every row. A name is what others call the row by; where that says anything
# it is spoiled by a test of its own.
BOOKKEEPING = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"idx",
	"parent",
	"parentfield",
	"parenttype",
)
NEVER_NULL = ("Check", "Int", "Float", "Currency", "Percent")
OTHER = {
	"Int": lambda value: (value or 0) + 70,
	"Check": lambda value: 0 if value else 1,
	"Float": lambda value: (value or 0) + 7,
	"Currency": lambda value: (value or 0) + 7,
	"Percent": lambda value: (value or 0) + 7,
	"Date": lambda value: "2001-02-03",
	"Datetime": lambda value: "2001-02-03 04:05:06.000007",
}


def columns_of(doctype: str) -> dict[str, str]:
	"""The columns of a DocType that hold something, with their kinds."""
	return {
		df.fieldname: df.fieldtype
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype not in NOT_CONTENT and not is_table(df)
	}


def spoiled(doctype: str, row: Any, but: Any = ()) -> Iterator[tuple[str, Any]]:
	"""Each column of a stored row with another value, and with none where it has one; one stands so at a time."""
	for column, kind in columns_of(doctype).items():
		if column in but:
			continue
		values = [OTHER.get(kind, lambda value: "something else")(row.get(column))]
		if row.get(column) and kind not in NEVER_NULL:
			values.append(None)
		for value in values:
			with for_a_moment():
				write(doctype, row.name, **{column: value})
				yield column, value


@contextmanager
def for_a_moment() -> Iterator[None]:
	"""What is changed in the block is as it was after it."""
	frappe.db.savepoint("untouched")
	yield
	frappe.db.rollback(save_point="untouched")


def write(doctype: str, name: str, **values: Any) -> None:
	"""Beneath every document: no hook runs, and not even `modified` tells."""
	frappe.db.set_value(doctype, name, values, update_modified=False)


def problems(agreement: Any) -> list[str]:
	return [found["problem"] for found in entries.verify("MOU", agreement.name)["findings"]]


def rows_of(doctype: str, **filters: Any) -> list[Any]:
	return frappe.get_all(
		doctype, filters=filters, fields=["*"], order_by="creation asc", limit_page_length=0
	)
