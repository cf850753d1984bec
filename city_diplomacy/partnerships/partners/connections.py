"""How many records hang on one, for the connections on a form.

Frappe's own count asks past permissions and ignores the type of a Dynamic Link that sits in a child table,
so it would tell of confidential agreements and mix up a city with a network of the same name.
"""

from typing import Any

import frappe

from city_diplomacy.access.rows import one_condition
from city_diplomacy.partnership_approvals.arguments import Filters, Name, RegisterName, checked
from city_diplomacy.registers.readable import readable

# Frappe shows "99+" beyond it.
MOST_COUNTED = 100


@frappe.whitelist()
@checked
def count(doctype: RegisterName, name: Name, items: Filters = None) -> dict[str, Any]:
	"""What `frappe.desk.notifications.get_open_count` answers, as far as the signed-in person may see it."""
	readable(doctype, name)
	links = frappe.get_meta(doctype).get_dashboard_data()
	offered = [item for group in links.transactions for item in group["items"]]
	wanted = frappe.parse_json(items) if items else offered
	# The lists ask the same of the person, such as their departments and whom they stand in for.
	with one_condition():
		found = [
			{"doctype": other, "open_count": 0, "count": _count(other, name, links)}
			for other in wanted
			if other in offered and frappe.has_permission(other, "read")
		]
	return {"count": {"external_links_found": found, "internal_links_found": []}}


def _count(other: str, name: str, links: Any) -> int:
	fieldname = links.get("non_standard_fieldnames", {}).get(other, links.fieldname)
	filters = [[_holder_of(other, fieldname), fieldname, "=", name]]
	dynamic = links.get("dynamic_links", {}).get(fieldname)
	if dynamic:
		own_type, type_field = dynamic
		filters.append([_holder_of(other, type_field), type_field, "=", own_type])
	return len(
		frappe.get_list(other, filters=filters, distinct=True, pluck="name", limit_page_length=MOST_COUNTED)
	)


def _holder_of(doctype: str, fieldname: str) -> str:
	"""The DocType that has the field: `doctype` itself or one of its tables."""
	meta = frappe.get_meta(doctype)
	if meta.has_field(fieldname):
		return doctype
	return next(
		df.options for df in meta.get_table_fields() if frappe.get_meta(df.options).has_field(fieldname)
	)
