"""Many routes in hand at once, for jobs that write one entry in each of a batch of ledgers."""

import frappe

from city_diplomacy.partnership_approvals.shapes import RouteRow

HEAD = ("ledger_count", "ledger_head", "ledger_key_id")


def lock(names: list[str]) -> dict[str, RouteRow]:
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
	table = frappe.qb.DocType("Approval Route")
	locked = (
		frappe.qb.from_(table)
		.select(table.star)
		.where(table.name.isin(names))
		.orderby(table.name)
		.for_update()
	).run(as_dict=True)
	return {row.name: row for row in locked}


def store_heads(route_rows: list[RouteRow]) -> None:
	"""Write where the ledgers of locked routes end now, with one statement for a batch."""
	frappe.db.bulk_update(
		"Approval Route",
		{route_row.name: {field: route_row[field] for field in HEAD} for route_row in route_rows},
		chunk_size=len(route_rows) or 1,
	)
