"""Pages of a report's rows: what Desk shows is held in memory whole, there and in the browser."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint


def page_of(filters: Any, count: int, rows: int) -> tuple[int, int | None]:
	"""Where the page begins that a report's filters ask for, and how many rows it has at most; (0, None) for all.

	`count` is how many rows there are on all pages of `rows`; a page beyond the last is taken for the last.
	"""
	if cint(filters.all_pages):
		return 0, None
	last = max(1, -(-count // rows))
	return (min(max(cint(filters.page), 1), last) - 1) * rows, rows


def which_rows(start: int, shown: int, count: int) -> str | None:
	"""Says which rows a page shows, where it does not show all."""
	if shown >= count:
		return None
	first, last, every = (frappe.format(number, "Int") for number in (start + 1, start + shown, count))
	return _("Rows {0} to {1} of {2}. Choose another page, or all of them to export.").format(
		first, last, every
	)
