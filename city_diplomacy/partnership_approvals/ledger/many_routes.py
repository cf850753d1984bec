"""Many routes in hand at once, for jobs that write one entry in each of a batch of ledgers."""

from typing import Any

import frappe

HEAD = ("ledger_count", "ledger_head", "ledger_key_id")


def lock(names: list[str]) -> dict[str, Any]:
	"""The rows of routes by name, with their documents locked first and in the engine's order."""
	found = frappe.get_all(
		"Approval Route",
		filters={"name": ["in", names]},
		fields=["reference_doctype", "reference_name"],
		limit_page_length=0,
	)
	for doctype in sorted({row.reference_doctype for row in found}):
		document = frappe.qb.DocType(doctype)
		wanted = sorted(row.reference_name for row in found if row.reference_doctype == doctype)
		(
			frappe.qb.from_(document)
			.select(document.name)
			.where(document.name.isin(wanted))
			.orderby(document.name)
			.for_update()
			.run()
		)
	route = frappe.qb.DocType("Approval Route")
	locked = (
		frappe.qb.from_(route)
		.select(route.star)
		.where(route.name.isin(names))
		.orderby(route.name)
		.for_update()
	).run(as_dict=True)
	return {row.name: row for row in locked}


def store_heads(routes: list[Any]) -> None:
	"""Write where the ledgers of locked routes end now, with one statement for a batch."""
	frappe.db.bulk_update(
		"Approval Route",
		{route.name: {field: route[field] for field in HEAD} for route in routes},
		chunk_size=len(routes) or 1,
	)
