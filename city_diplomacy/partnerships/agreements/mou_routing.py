"""How agreements (MOUs) are routed: their states, who moves them, and what stays editable meanwhile."""

from city_diplomacy.access.rights import CLERK, MANAGER, OFFICER
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype

STANDINGS = (
	WorkflowState.ACTIVE,
	WorkflowState.SUSPENDED,
	WorkflowState.EXPIRED,
	WorkflowState.TERMINATED,
	WorkflowState.SUPERSEDED,
)
IN_FORCE = (WorkflowState.ACTIVE, WorkflowState.SUSPENDED)
GIVEN_UP = (WorkflowState.DECLINED, WorkflowState.WITHDRAWN)
OVER = (*(state for state in STANDINGS if state not in IN_FORCE), *GIVEN_UP)

MOU_ROUTING = RoutedDoctype(
	doctype="MOU",
	page="/agreement/{name}",
	own_signing=True,
	requesters=(OFFICER, MANAGER),
	managers=(MANAGER,),
	signers=(MANAGER, CLERK),
	stage_states=(WorkflowState.IN_CLEARANCE, WorkflowState.MAYORS_DECISION, WorkflowState.COUNCIL_DECISION),
	council_state=WorkflowState.COUNCIL_DECISION,
	standings=STANDINGS,
	standing_changes={
		WorkflowState.ACTIVE: (WorkflowState.SUSPENDED, WorkflowState.TERMINATED),
		WorkflowState.SUSPENDED: (WorkflowState.ACTIVE, WorkflowState.TERMINATED),
		WorkflowState.EXPIRED: (WorkflowState.TERMINATED,),
	},
	sponsor_field="sponsor",
	needed_by_field="needed_by",
	visible_to="city_diplomacy.partnership_approvals.routing.permissions.visible_agreements_condition",
	few_known="city_diplomacy.partnership_approvals.routing.permissions.few_known_agreements",
	files=("texts", "language", "sha256", "file"),
	signature_fields=frozenset({"signed_on", "signed_precision", "signed_by_substitute"}),
	open_fields=frozenset(
		{
			"workflow_state",
			"needed_by",
			"sponsor",
			"sponsor_department",
			# The office's own calendar, not the agreement's: reviews are moved and held while it is in force.
			"next_review_date",
			"review_interval_months",
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
			"search_names",
			"amended_from",
			# For lists; it says what the parties say.
			"counterparts",
		}
	),
)
