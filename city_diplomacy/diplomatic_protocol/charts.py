"""What the charts about protocol count."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.corps.missions import MISSION
from city_diplomacy.domain.protocol.corps import MissionType
from city_diplomacy.domain.protocol.gifts import Direction
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.registers.charts import bars, counted, shown

# Two years of them fit a chart.
QUARTERS_SHOWN = 8


@frappe.whitelist()
@checked
def gifts_by_quarter(filters: Filters = None) -> dict[str, Any]:
	"""How many gifts were received and given in each of the last quarters that have any."""
	gift = frappe.qb.DocType("Official Gift")
	received, given = (
		counted("Official Gift", "gift_quarter", gift.direction == direction)
		for direction in (Direction.RECEIVED, Direction.GIVEN)
	)
	quarters = sorted({*received, *given})[-QUARTERS_SHOWN:]
	data = bars(quarters, [received.get(one, 0) for one in quarters], _(Direction.RECEIVED))
	data["datasets"].append({"name": _(Direction.GIVEN), "values": [given.get(one, 0) for one in quarters]})
	return shown(data)


@frappe.whitelist()
@checked
def missions_by_type(filters: Filters = None) -> dict[str, Any]:
	"""How many missions of each type are in the city."""
	mission = frappe.qb.DocType(MISSION)
	counts = counted(MISSION, "mission_type", mission.closed_on.isnull())
	filled = [str(one) for one in MissionType if counts.get(one)]
	return shown(bars([_(one) for one in filled], [counts[one] for one in filled], _("Missions")))
