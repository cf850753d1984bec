from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "partner",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {
			"MOU": "party",
			"Partner Engagement": "partner",
			"Delegation Visit": "partner",
			"Official Gift": "partner",
			"Partnership Commitment": "partner",
			"International Event": "organiser",
			"Community Programme": "partner",
			"Committee Duty": "organisation",
		},
		"dynamic_links": {
			"party": ["Partner Organisation", "party_type"],
			"partner": ["Partner Organisation", "partner_type"],
			"organiser": ["Partner Organisation", "organiser_type"],
			"organisation": ["Partner Organisation", "organisation_type"],
		},
		"transactions": [
			{"label": _("Agreements"), "items": ["MOU", "Partnership Commitment"]},
			{
				"label": _("Meetings and letters"),
				"items": ["Partner Engagement", "Delegation Visit", "Official Gift"],
			},
			{
				"label": _("Events and community"),
				"items": ["International Event", "Community Programme", "Committee Duty"],
			},
		],
	}
