"""Ledger Verification is prepared by a worker: of an existing report, Frappe keeps how it is run as it was."""

import frappe

REPORT = "Ledger Verification"


def execute() -> None:
	if frappe.db.exists("Report", REPORT):
		frappe.db.set_value("Report", REPORT, "prepared_report", 1)
