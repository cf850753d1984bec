"""The versions of lists by which parties are screened now."""

import frappe
from frappe.utils import add_days, get_datetime

from city_diplomacy.domain.trade.screening.states import ListVersion

LIST = "Restricted Party List"


def versions_in_force() -> list[ListVersion]:
	"""The lists parties are screened against, with their versions."""
	rows = frappe.get_all(
		LIST,
		filters={"enabled": 1},
		fields=["name", "version", "imported_on", "stale_after_days"],
		order_by="name asc",
		limit_page_length=0,
	)
	return [
		ListVersion(
			row.name,
			row.version,
			get_datetime(row.imported_on),
			get_datetime(add_days(get_datetime(row.imported_on), row.stale_after_days or 0)),
		)
		for row in rows
		if row.imported_on
	]
