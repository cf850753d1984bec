"""A number of records for a card of Desk, and the list of exactly these records for whoever clicks on it."""

import json
from typing import Any

from city_diplomacy.access import doors

IS_SET = ("is", "set")


def count_and_open(doctype: str, *filters: tuple[str, str, Any]) -> dict[str, Any]:
	"""What a number card of type Custom answers: the records that match and may be known, and their list.

	`filters` are (field, operator, value), several of one field if need be. In Frappe's filters `<` and `<=` on a
	date match an empty one; give (field, *IS_SET) beside them. A filter without a value would be left out by the
	list.
	"""
	options: dict[str, list[str]] = {}
	for field, operator, value in filters:
		options.setdefault(f"{doctype}.{field}", []).append(json.dumps([operator, value], default=str))
	return {
		"value": doors.get_count(doctype, [[doctype, *one] for one in filters]),
		"fieldtype": "Int",
		"route": ["List", doctype, "List"],
		"route_options": options,
	}
