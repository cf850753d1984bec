from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "source_name",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {
			"Official Gift": "visit",
			"Guest List": "about",
			"Trade Lead": "source_visit",
		},
		"dynamic_links": {
			"source_name": ["Delegation Visit", "source_doctype"],
			"about": ["Delegation Visit", "about_type"],
		},
		"transactions": [
			{"label": _("Promises"), "items": ["Partnership Commitment"]},
			{"label": _("Guests"), "items": ["Guest List"]},
			{"label": _("Gifts"), "items": ["Official Gift"]},
			{"label": _("Trade"), "items": ["Trade Lead"]},
		],
	}
