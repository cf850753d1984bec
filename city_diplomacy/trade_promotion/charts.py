"""What the charts about trade count, in the order of the office's stages."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from city_diplomacy.access.rows import EVERY_RECORD, known_records
from city_diplomacy.domain.trade.leads import OPEN, Direction
from city_diplomacy.domain.trade.wins import WinStatus
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnerships.charts import bars
from city_diplomacy.trade_promotion.stages import LEAD, stages_of


@frappe.whitelist()
@checked
def leads_by_stage(filters: Filters = None) -> dict[str, Any]:
	"""How many open trade leads are at each stage, direction after direction."""
	table = frappe.qb.DocType(LEAD)
	counts = _counted(LEAD, "stage", table.status.isin(OPEN))
	if not counts:
		return {}
	stages = [stage.name for direction in Direction for stage in stages_of(direction)]
	shown = [stage for stage in stages if counts.get(stage)]
	return bars([_(stage) for stage in shown], [counts[stage] for stage in shown], _("Trade Leads"))


@frappe.whitelist()
@checked
def wins_by_status(filters: Filters = None) -> dict[str, Any]:
	"""How many wins are drafted, claimed, with the company, confirmed and disputed."""
	counts = _counted("Export Win", "status")
	shown = [str(status) for status in WinStatus if counts.get(status)]
	if not shown:
		return {}
	return bars([_(status) for status in shown], [counts[status] for status in shown], _("Export Wins"))


def _counted(doctype: str, field: str, wanted: Any = EVERY_RECORD) -> dict[str, int]:
	"""How many records one may read have each value; none for whoever may read none, whom Frappe shows charts as well."""
	known = known_records(doctype, frappe.session.user)
	if known is None:
		return {}
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table[field], Count("*")).where(wanted & known)
	return dict(query.groupby(table[field]).run())
