"""People already named for departments get the reviewer's role, as those named from now on do."""

import frappe

from city_diplomacy.overrides.departments import let_people_read


def execute() -> None:
	for name in frappe.get_all("Department", pluck="name"):
		let_people_read(frappe.get_doc("Department", name))
