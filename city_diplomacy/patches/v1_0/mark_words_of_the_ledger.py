import frappe

from city_diplomacy.domain.record.disclosure import DEFAULT


def execute() -> None:
	"""Words written before there were marks are deliberative until somebody marks them. May run twice."""
	table = frappe.qb.DocType("Approval Decision")
	(
		frappe.qb.update(table)
		.set(table.disclosure, str(DEFAULT))
		.where((table.remarks != "") & (table.disclosure.isnull() | (table.disclosure == "")))
		.run()
	)
