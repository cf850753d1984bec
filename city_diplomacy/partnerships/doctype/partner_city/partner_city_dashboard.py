from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "partner_city",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {
			"MOU": "party",
			"Partner Engagement": "partner",
			"Delegation Visit": "partner",
			"Official Gift": "partner",
			"Partnership Commitment": "partner",
		},
		"dynamic_links": {
			"party": ["Partner City", "party_type"],
			"partner": ["Partner City", "partner_type"],
		},
		"transactions": [
			{"label": _("Agreements"), "items": ["MOU", "Partnership Commitment"]},
			{
				"label": _("Meetings and letters"),
				"items": ["Partner Engagement", "Delegation Visit", "Official Gift"],
			},
			{"label": _("Networks and trade"), "items": ["Network Membership", "Trade Lead"]},
			{"label": _("People and places"), "items": ["Partner Organisation"]},
		],
	}
