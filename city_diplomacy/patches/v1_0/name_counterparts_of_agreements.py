"""Agreements entered before say in one column with whom they are, for lists."""

import frappe

from city_diplomacy.partnerships.agreements.parties import in_words

AT_ONCE = 1000


def execute() -> None:
	names = frappe.get_all(
		"MOU", filters={"counterparts": ["is", "not set"]}, pluck="name", limit_page_length=0
	)
	for start in range(0, len(names), AT_ONCE):
		parties: dict[str, list] = {}
		for row in frappe.get_all(
			"MOU Party",
			filters={"parenttype": "MOU", "parent": ["in", names[start : start + AT_ONCE]]},
			fields=["parent", "side", "party", "party_name", "country"],
			order_by="parent asc, idx asc",
			limit_page_length=0,
		):
			parties.setdefault(row.parent, []).append(row)
		named = {name: {"counterparts": in_words(rows)} for name, rows in parties.items()}
		frappe.db.bulk_update("MOU", named, chunk_size=AT_ONCE, update_modified=False)
