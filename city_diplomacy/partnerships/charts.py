"""What charts count: groups in the order people know them by, whole numbers, labels short enough to be read."""

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.partnerships.relationship import RelationshipStage
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE, MOU_ROUTING

# Cities we only share a network with; the register's list leaves them out at first as well.
NOT_SHOWN = RelationshipStage.NETWORK_PEER
# Up to this number Frappe's charts would divide one agreement into halves and quarters.
SMALL = 2


@frappe.whitelist()
@checked
def agreements_by_state(filters: Filters = None) -> dict[str, Any]:
	"""How many agreements stand where, in the order of the route."""
	return _with_bars(by_standing(_counted("MOU", MOU_ROUTING.state_field)))


@frappe.whitelist()
@checked
def partner_cities_by_stage(filters: Filters = None) -> dict[str, Any]:
	"""How many partner cities are at each stage, from a contact to a sister city."""
	counts = _counted("Partner City", "relationship_stage")
	options = frappe.get_meta("Partner City").get_field("relationship_stage").options.split("\n")
	stages = [stage for stage in options if counts.get(stage) and stage != NOT_SHOWN]
	chart = bars([_(stage) for stage in stages], [counts[stage] for stage in stages], _("Partner Cities"))
	return _with_bars(chart)


def by_standing(counts: Mapping[str, int]) -> dict[str, Any]:
	"""A chart of numbers by state: each state of the route, then what is in force, then what is over."""
	routing = MOU_ROUTING
	on_their_way = [state for state in routing.states if state == routing.draft or routing.is_running(state)]
	ended = [state for state in routing.states if state not in (*on_their_way, *IN_FORCE)]
	groups = [
		*((_label(state), (state,)) for state in on_their_way),
		(_("In Force"), IN_FORCE),
		(_("Ended"), tuple(ended)),
	]
	numbers = [(label, sum(counts.get(state, 0) for state in states)) for label, states in groups]
	shown = [(label, number) for label, number in numbers if number]
	return bars([label for label, _number in shown], [number for _label, number in shown], _("Agreements"))


def bars(labels: Sequence[str], values: Sequence[int], name: str) -> dict[str, Any]:
	"""The data of a bar chart of counts; an axis of a few is marked further up, so that it counts in ones."""
	data: dict[str, Any] = {"labels": list(labels), "datasets": [{"name": name, "values": list(values)}]}
	if values and max(values) <= SMALL:
		data["yMarkers"] = [{"label": "", "value": SMALL + 1}]
	return data


def _with_bars(chart: dict[str, Any]) -> dict[str, Any]:
	"""The chart, or nothing: Frappe then says that there is no data, where it would draw an empty frame."""
	return chart if chart["labels"] else {}


def _label(state: str) -> str:
	"""A state as a chart has room for."""
	return {WorkflowState.MAYORS_DECISION: _("Mayor"), WorkflowState.COUNCIL_DECISION: _("Council")}.get(
		state
	) or _(state)


def _counted(doctype: str, field: str) -> dict[str, int]:
	"""How many records one may read have each value.

	Frappe shows every chart to System Managers, our roles or not: who may read none counts none.
	"""
	if not frappe.has_permission(doctype):
		return {}
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table[field], Count("*")).groupby(table[field])
	return dict(query.where(known_records(doctype, frappe.session.user)).run())
