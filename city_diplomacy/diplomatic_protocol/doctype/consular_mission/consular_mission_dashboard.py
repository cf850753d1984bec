from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "consular_mission",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"transactions": [
			{"label": _("Cases and requests"), "items": ["Consular Case", "Ceremonial Request"]},
			{"label": _("Gifts"), "items": ["Official Gift"]},
		],
	}
