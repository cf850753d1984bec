"""The fields of DocTypes that rules are about, picked once for many documents.

Each of Frappe's rules picks its fields, such as those that are required or links, from all fields of the DocType, and does
so again for each document: that is most of what its rules cost. Which fields they are does not change meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe

PICKING = ("get", "get_fields_to_fetch")
"""Methods of Meta that go through all fields."""


@contextmanager
def picked_once(register: str) -> Iterator[None]:
	"""In the block, what is picked from the fields of a register and of its tables is kept."""
	meta = frappe.get_meta(register)
	metas = [meta, *(frappe.get_meta(df.options) for df in meta.get_table_fields())]
	for one in metas:
		for method in PICKING:
			one.__dict__[method] = _keeping(getattr(one, method))
	try:
		yield
	finally:
		for one in metas:
			for method in PICKING:
				one.__dict__.pop(method, None)


def _keeping(pick: Callable[..., Any]) -> Callable[..., Any]:
	kept: dict[str, list[Any]] = {}

	def picked(*asked: Any, **more: Any) -> Any:
		key = repr((asked, more))
		if key not in kept:
			found = pick(*asked, **more)
			if not isinstance(found, list):
				# `get` answers the other properties of a DocType as well.
				return found
			kept[key] = found
		# Whoever asks may add to what it is given.
		return list(kept[key])

	return picked
