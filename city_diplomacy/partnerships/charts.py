"""What the charts of the workspace count: groups in the order people know them by, of what one may read."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from city_diplomacy.access.rows import known_records
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnerships.mou_routing import MOU_ROUTING

# Cities we only share a network with; the register's list leaves them out at first as well.
NOT_SHOWN = "Network Peer"


@frappe.whitelist()
@checked
def agreements_by_state(filters: Filters = None) -> dict[str, Any]:
	"""How many agreements stand where, in the order of the route."""
	return _counted("MOU", MOU_ROUTING.state_field, MOU_ROUTING.states)


@frappe.whitelist()
@checked
def partner_cities_by_stage(filters: Filters = None) -> dict[str, Any]:
	"""How many partner cities are at each stage, from a contact to a sister city."""
	options = frappe.get_meta("Partner City").get_field("relationship_stage").options.split("\n")
	stages = [stage for stage in options if stage and stage != NOT_SHOWN]
	return _counted("Partner City", "relationship_stage", stages)


def _counted(doctype: str, field: str, groups: Iterable[str]) -> dict[str, Any]:
	"""Labels and numbers of the groups that have any. Raises PermissionError where the person may read none."""
	frappe.has_permission(doctype, throw=True)
	table = frappe.qb.DocType(doctype)
	counts = dict(
		frappe.qb.from_(table)
		.select(table[field], Count("*"))
		.where(known_records(doctype, frappe.session.user))
		.groupby(table[field])
		.run()
	)
	shown = [group for group in groups if counts.get(group)]
	return {
		"labels": [_(group) for group in shown],
		"datasets": [{"name": _(doctype), "values": [counts[group] for group in shown]}],
	}
