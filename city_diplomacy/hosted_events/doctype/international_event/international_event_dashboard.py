from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "international_event",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"transactions": [{"label": _("During the event"), "items": ["Delegation Visit"]}],
	}
