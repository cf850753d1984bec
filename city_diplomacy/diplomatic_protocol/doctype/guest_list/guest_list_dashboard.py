from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "guest_list",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"transactions": [{"label": _("Guests"), "items": ["Invited Guest"]}],
	}
