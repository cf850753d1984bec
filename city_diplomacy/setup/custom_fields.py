"""The fields and settings we add to other apps' DocTypes: one declaration for install, uninstall and tests."""

from typing import Any


def _person(fieldname: str, label: str, insert_after: str, description: str) -> dict[str, Any]:
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": "Link",
		"options": "User",
		"insert_after": insert_after,
		"description": description,
		"ignore_user_permissions": 1,
		"module": "Partnership Approvals",
	}


CUSTOM_FIELDS: dict[str, list[dict[str, Any]]] = {
	"Department": [
		{
			"fieldname": "approvals_section",
			"label": "Partnership approvals",
			"fieldtype": "Section Break",
			"insert_after": "is_group",
			"module": "Partnership Approvals",
		},
		_person(
			"department_head",
			"Head",
			"approvals_section",
			"Is asked when an agreement needs this department.",
		),
		_person("acting_head", "Acting head", "department_head", "Is asked while there is no head."),
		_person(
			"partnership_liaison",
			"Partnership liaison",
			"acting_head",
			"Follows what is asked of this department and keeps its promises.",
		),
	]
}

# (DocType, property, its type, value): links show people and departments by what they are called. Departments carry the
# company behind their name otherwise, and accounts are addresses.
LINK_TITLES: tuple[tuple[str, str, str, str], ...] = (
	("User", "show_title_field_in_link", "Check", "1"),
	("Department", "title_field", "Data", "department_name"),
	("Department", "show_title_field_in_link", "Check", "1"),
)

# Lists that need more columns than Frappe's four on a small screen: DocType, number of columns.
WIDE_LISTS = {
	"MOU": 5,
	"Partnership Commitment": 6,
	"Approval Clearance": 6,
	"Approval Decision": 6,
	"Trade Lead": 6,
	"Export Win": 6,
	"Trade Referral": 6,
}

# Added when the routing of another app's DocType is switched on, and not before.
STATE_FIELDS: dict[str, list[dict[str, Any]]] = {
	"Project": [
		{
			"fieldname": "workflow_state",
			"label": "Approval",
			"fieldtype": "Link",
			"options": "Workflow State",
			"insert_after": "status",
			"read_only": 1,
			"no_copy": 1,
			"in_standard_filter": 1,
			"module": "Partnership Approvals",
		}
	]
}
