"""What charts count: groups in the order people know them by, whole numbers, labels short enough to be read."""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.partnerships.relationship import RelationshipStage
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE, MOU_ROUTING
from city_diplomacy.registers.charts import bars, counted, shown

# Cities we only share a network with; the register's list leaves them out at first as well.
NOT_SHOWN = RelationshipStage.NETWORK_PEER


@frappe.whitelist()
@checked
def agreements_by_state(filters: Filters = None) -> dict[str, Any]:
	"""How many agreements stand where, in the order of the route."""
	return shown(by_standing(counted("MOU", MOU_ROUTING.state_field)))


@frappe.whitelist()
@checked
def partner_cities_by_stage(filters: Filters = None) -> dict[str, Any]:
	"""How many partner cities are at each stage, from a contact to a sister city."""
	counts = counted("Partner City", "relationship_stage")
	options = frappe.get_meta("Partner City").get_field("relationship_stage").options.split("\n")
	stages = [stage for stage in options if counts.get(stage) and stage != NOT_SHOWN]
	chart = bars([_(stage) for stage in stages], [counts[stage] for stage in stages], _("Partner Cities"))
	return shown(chart)


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
	filled = [(label, number) for label, number in numbers if number]
	return bars([label for label, _number in filled], [number for _label, number in filled], _("Agreements"))


def _label(state: str) -> str:
	"""A state as a chart has room for."""
	return {WorkflowState.MAYORS_DECISION: _("Mayor"), WorkflowState.COUNCIL_DECISION: _("Council")}.get(
		state
	) or _(state)
