from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "network",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {
			"MOU": "party",
			"Partner Engagement": "partner",
			"Delegation Visit": "partner",
			"Official Gift": "partner",
			"Partnership Commitment": "partner",
		},
		"dynamic_links": {
			"party": ["City Network", "party_type"],
			"partner": ["City Network", "partner_type"],
		},
		"transactions": [
			{"label": _("Members"), "items": ["Network Membership"]},
			{"label": _("Agreements"), "items": ["MOU", "Partnership Commitment"]},
			{
				"label": _("Meetings and letters"),
				"items": ["Partner Engagement", "Delegation Visit", "Official Gift"],
			},
		],
	}
