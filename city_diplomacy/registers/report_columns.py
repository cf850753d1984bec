"""A column of a report, as Frappe wants it."""

from typing import Any


def column(
	fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, **more: Any
) -> dict[str, Any]:
	"""`label` is translated already; `options` and the like are handed on."""
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
