"""What the chart about international events counts, in the order of the phases."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.events.phases import Phase
from city_diplomacy.hosted_events.permissions import EVENT
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.registers.charts import bars, counted, shown


@frappe.whitelist()
@checked
def events_by_phase(filters: Filters = None) -> dict[str, Any]:
	"""How many international events are in each phase."""
	counts = counted(EVENT, "phase")
	filled = [str(phase) for phase in Phase if counts.get(phase)]
	return shown(
		bars([_(phase) for phase in filled], [counts[phase] for phase in filled], _("International Events"))
	)
