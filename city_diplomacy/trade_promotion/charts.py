"""What the charts about trade count, in the order of the office's stages."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.trade.leads import OPEN, Direction
from city_diplomacy.domain.trade.wins import WinStatus
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.registers.charts import bars, counted, shown
from city_diplomacy.trade_promotion.stages import LEAD, stages_of


@frappe.whitelist()
@checked
def leads_by_stage(filters: Filters = None) -> dict[str, Any]:
	"""How many open trade leads are at each stage, direction after direction."""
	table = frappe.qb.DocType(LEAD)
	counts = counted(LEAD, "stage", table.status.isin(OPEN))
	stages = [stage.name for direction in Direction for stage in stages_of(direction)]
	filled = [stage for stage in stages if counts.get(stage)]
	return shown(bars([_(stage) for stage in filled], [counts[stage] for stage in filled], _("Trade Leads")))


@frappe.whitelist()
@checked
def wins_by_status(filters: Filters = None) -> dict[str, Any]:
	"""How many wins are drafted, claimed, with the company, confirmed and disputed."""
	counts = counted("Export Win", "status")
	filled = [str(status) for status in WinStatus if counts.get(status)]
	return shown(
		bars([_(status) for status in filled], [counts[status] for status in filled], _("Export Wins"))
	)
