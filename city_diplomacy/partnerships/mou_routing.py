"""How agreements (MOUs) are routed: their states, who moves them, and what stays editable meanwhile."""

from city_diplomacy.partnership_approvals.routed_doctypes import RoutedDoctype
from city_diplomacy.setup.permissions import CLERK, MANAGER, OFFICER

STANDINGS = ("Active", "Suspended", "Expired", "Terminated", "Superseded")

MOU_ROUTING = RoutedDoctype(
	doctype="MOU",
	page="/agreement/{name}",
	own_signing=True,
	requesters=(OFFICER, MANAGER),
	managers=(MANAGER,),
	signers=(MANAGER, CLERK),
	stage_states=("In Clearance", "Mayor's Decision", "Council Decision"),
	council_state="Council Decision",
	standings=STANDINGS,
	standing_changes={
		"Active": ("Suspended", "Terminated"),
		"Suspended": ("Active", "Terminated"),
		"Expired": ("Terminated",),
	},
	sponsor_field="sponsor",
	needed_by_field="needed_by",
	visible_to="city_diplomacy.partnership_approvals.permissions.visible_agreements_condition",
	files=("texts", "language", "sha256", "file"),
	open_fields=frozenset(
		{
			"workflow_state",
			"needed_by",
			"sponsor",
			"sponsor_department",
			"signed_on",
			"signed_precision",
			"effective_date",
			"expiry_date",
			"next_review_date",
			"review_interval_months",
			"signatories",
			"confidential",
			"readers",
			"publish",
			"publish_purpose",
			"publish_value",
			"publish_signatories",
			"publish_texts",
			"duplicates_checked",
			"tier_checked",
			"jurisdiction_checked",
			"parties_screened",
			"intake_note",
			"source",
			"amended_from",
		}
	),
)
