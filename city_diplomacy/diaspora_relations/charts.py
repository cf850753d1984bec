"""What the chart about community programmes counts."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import cint

from city_diplomacy.access.rows import known_records
from city_diplomacy.diaspora_relations.calendar import PROGRAMME
from city_diplomacy.domain.community.programmes import ProgrammeStatus
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.registers.charts import bars, shown


@frappe.whitelist()
@checked
def places_by_kind(filters: Filters = None) -> dict[str, Any]:
	"""How many places of community programmes were taken, kind by kind, of what the person may know of."""
	known = known_records(PROGRAMME, frappe.session.user)
	if known is None:
		return {}
	programme = frappe.qb.DocType(PROGRAMME)
	rows = (
		frappe.qb.from_(programme)
		.select(programme.kind, Sum(programme.taken_total))
		.where(known & (programme.status != ProgrammeStatus.CANCELLED))
		.groupby(programme.kind)
		.orderby(programme.kind)
		.run()
	)
	filled = [(kind, cint(taken)) for kind, taken in rows if cint(taken)]
	return shown(
		bars([_(kind) for kind, _taken in filled], [taken for _kind, taken in filled], _("Places Taken"))
	)
