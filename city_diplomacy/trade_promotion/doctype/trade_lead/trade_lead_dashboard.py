from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "trade_lead",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"transactions": [{"label": _("Help and results"), "items": ["Trade Referral", "Export Win"]}],
	}
