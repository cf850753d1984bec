from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	return {
		"fieldname": "reference_name",
		"method": "city_diplomacy.partnerships.partners.connections.count",
		"non_standard_fieldnames": {
			"MOU": "parent_agreement",
			"Partner Engagement": "agreement",
			"International Event": "agreement",
			"Partnership Commitment": "source_name",
		},
		"dynamic_links": {
			"reference_name": ["MOU", "reference_doctype"],
			"source_name": ["MOU", "source_doctype"],
		},
		"transactions": [
			{"label": _("Promises"), "items": ["Partnership Commitment"]},
			{"label": _("Meetings and letters"), "items": ["Partner Engagement", "International Event"]},
			{"label": _("Agreements under it"), "items": ["MOU"]},
			{"label": _("Approval"), "items": ["Approval Clearance", "Council Action", "Approval Decision"]},
		],
	}
