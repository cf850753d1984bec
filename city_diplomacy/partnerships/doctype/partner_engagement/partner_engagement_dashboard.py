from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "source_name",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {"Guest List": "about"},
		"dynamic_links": {
			"source_name": ["Partner Engagement", "source_doctype"],
			"about": ["Partner Engagement", "about_type"],
		},
		"transactions": [
			{"label": _("Promises"), "items": ["Partnership Commitment"]},
			{"label": _("Guests"), "items": ["Guest List"]},
		],
	}
