"""The routing policies a new site starts with; seeded once, then the administrator's own."""

from typing import Any

import frappe

from city_diplomacy.setup.permissions import CLERK, LEGAL, MAYOR

SMALL_OFFICE = "Small Office"
COMPOSITE = "Composite of US Practice"

_ATTORNEY = {
	"stage": 1,
	"workflow_state": "In Clearance",
	"seat": "City Attorney",
	"asked_of": "Role",
	"role": LEGAL,
	"mandatory": 1,
	"working_days": 10,
	"recorded_decision_allowed": 1,
	"co_reviewers_see": "Decisions",
	"why": "The city attorney clears every agreement as to form and legality.",
}
_MAYOR = {
	"stage": 2,
	"workflow_state": "Mayor's Decision",
	"seat": "Mayor or City Manager",
	"asked_of": "Role",
	"role": MAYOR,
	"mandatory": 1,
	"veto": 1,
	"if_refused": "Decline",
	"working_days": 10,
	"recorded_decision_allowed": 1,
	"co_reviewers_see": "Decisions",
	"why": "The mayor or city manager decides whether the city enters into this agreement.",
}
_COUNCIL = {
	"stage": 3,
	"workflow_state": "Council Decision",
	"seat": "City Council, through its clerk",
	"asked_of": "Role",
	"role": CLERK,
	"mandatory": 1,
	"if_refused": "Decline",
	"working_days": 30,
	"recorded_decision_allowed": 1,
	"co_reviewers_see": "Remarks",
	"condition": "doc.council_must_adopt",
	"why": "The council must adopt this agreement; the clerk records its vote.",
}

POLICIES: tuple[dict[str, Any], ...] = (
	{
		"title": SMALL_OFFICE,
		"document_type": "MOU",
		"status": "Active",
		"description": "Attorney, then mayor or city manager, then the clerk. Fits an office of two; "
		"decisions that come by letter can be recorded.",
		"rules": [
			_ATTORNEY,
			_MAYOR,
			{
				**_COUNCIL,
				"seat": "City Clerk",
				"condition": "",
				"working_days": 15,
				"why": "The clerk attests the agreement and records the council's vote where one is required.",
			},
		],
	},
	{
		"title": COMPOSITE,
		"document_type": "MOU",
		"status": "Ready",
		"description": "Law, finance, every affected department and, for travel or gifts, ethics at the same "
		"time; then the mayor; then the council where it must adopt.",
		"rules": [
			_ATTORNEY,
			{
				"stage": 1,
				"workflow_state": "In Clearance",
				"seat": "Finance",
				"asked_of": "Department in Settings",
				"settings_field": "finance_department",
				"mandatory": 1,
				"working_days": 5,
				"recorded_decision_allowed": 1,
				"co_reviewers_see": "Decisions",
				"why": "Finance confirms what the agreement costs and that no funds are obligated unseen.",
			},
			{
				"stage": 1,
				"workflow_state": "In Clearance",
				"seat": "Affected department",
				"asked_of": "Departments of the Document",
				"table_field": "departments",
				"working_days": 5,
				"recorded_decision_allowed": 1,
				"co_reviewers_see": "Decisions",
				"why": "The agreement gives your department something to do or to pay for.",
			},
			{
				"stage": 1,
				"workflow_state": "In Clearance",
				"seat": "Ethics",
				"asked_of": "Department in Settings",
				"settings_field": "ethics_department",
				"condition": "doc.travel_or_gifts",
				"working_days": 5,
				"recorded_decision_allowed": 1,
				"co_reviewers_see": "Decisions",
				"why": "The agreement involves travel or gifts.",
			},
			_MAYOR,
			_COUNCIL,
		],
	},
)


def seed_policies() -> None:
	"""Create a default policy unless one of that name was ever made here."""
	for policy in POLICIES:
		if frappe.db.exists(
			"Routing Policy", {"title": policy["title"], "document_type": policy["document_type"]}
		):
			continue
		values = {field: value for field, value in policy.items() if field != "status"}
		doc = frappe.get_doc({"doctype": "Routing Policy", **values})
		# Seeding runs at install and migrate, in nobody's name.
		doc.flags.ignore_permissions = True
		# Nobody has an account yet: see `policy_check.refuse_unsound`.
		doc.flags.seeding = True
		doc.insert()
		doc.submit()
		if policy["status"] == "Active":
			doc.status = "Active"
			doc.save()
