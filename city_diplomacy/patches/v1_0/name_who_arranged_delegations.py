"""Delegations made before say who arranged them: whoever entered the record. May run twice."""

import frappe


def execute() -> None:
	table = frappe.qb.DocType("Approval Delegation")
	unnamed = table.arranged_by.isnull() | (table.arranged_by == "")
	frappe.qb.update(table).set(table.arranged_by, table.owner).where(unnamed).run()
