from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "international_event",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {"Guest List": "about"},
		"dynamic_links": {"about": ["International Event", "about_type"]},
		"transactions": [
			{"label": _("During the event"), "items": ["Delegation Visit"]},
			{"label": _("Guests"), "items": ["Guest List"]},
		],
	}
