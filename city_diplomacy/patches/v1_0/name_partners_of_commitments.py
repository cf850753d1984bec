"""Commitments entered before name the partner they were made with, as far as the record they were made in tells."""

import frappe

from city_diplomacy.partnerships.commitments.partners import partner_of

DOCTYPE = "Partnership Commitment"


def execute() -> None:
	table = frappe.qb.DocType(DOCTYPE)
	unnamed = table.partner.isnull() | (table.partner == "")
	frappe.qb.update(table).set(table.partner_type, table.counterpart_type).set(
		table.partner, table.counterpart
	).where(unnamed & (table.owed_by == "Counterpart")).run()
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.source_doctype, table.source_name)
		.where(unnamed & table.source_name.isnotnull())
		.run(as_dict=True)
	)
	for row in rows:
		if found := partner_of(row.source_doctype, row.source_name):
			named = dict(zip(("partner_type", "partner"), found, strict=True))
			frappe.db.set_value(DOCTYPE, row.name, named, update_modified=False)
