"""One row for each DocType the app has something to say of to Frappe, its own and ERPNext's; `hooks.py` is computed
from it. A new register is one row here and one in the table of rights (`access/rights.py`).

Paths are written from the app's folder, so that this table imports none of what it names.
"""

from typing import Any

from city_diplomacy.registers.declaration import APPROVALS, Declared, PersonalData

RULES = f"{APPROVALS}.routing.permissions"
SCREENING = "trade_promotion.screening"
TRADE = "trade_promotion.permissions"
PROTOCOL = "diplomatic_protocol"
KEEP_OURS = "setup.transaction_deletion.keep_ours"

MARKUP = "public/js/markup.js"
# Words of records that are hashed, and so cannot be cleaned, are shown as text.
WORDS_AS_TEXT = "public/js/words_as_text.js"
DRAFTS = "public/js/drafts.js"
IN_FORCE = "public/js/in_force.js"
ANY_NAME = "public/js/any_name.js"
IMPORT_BUTTON = "public/js/import_button.js"
PARTNER_FORM = "public/js/partner_form.js"
GUEST_LINKS = (MARKUP, "public/js/guest_links.js")
SCREENING_FORM = "public/js/screening.js"
POLICY_IMPORT = "public/js/policy_import.js"
ROUTED_FORM = (
	MARKUP,
	"public/js/routed_drawing.js",
	"public/js/routed_actions.js",
	"public/js/routed_form.js",
)


def _partner(doctype: str, links: tuple[str, ...] = (), **more: Any) -> Declared:
	return Declared(
		doctype,
		is_partner=True,
		is_named=True,
		is_found_by_any_name=True,
		form_scripts=(PARTNER_FORM, *(GUEST_LINKS if links else ()), SCREENING_FORM),
		list_scripts=(ANY_NAME, *(GUEST_LINKS if links else ()), IMPORT_BUTTON),
		links=links,
		importing="partnerships.partners.importing.PARTNERS",
		**more,
	)


def _record_of_approval(doctype: str, *scripts: str, **more: int) -> Declared:
	"""Rows about a routed document, known to those who may know of it and, of it, of them."""
	return Declared(doctype, visible=f"{RULES}.visible_record_condition", list_scripts=scripts, **more)


DECLARED = (
	# partnerships
	Declared(
		"MOU",
		visible=f"{RULES}.visible_agreements_condition",
		routing="partnerships.agreements.mou_routing.MOU_ROUTING",
		is_found_by_any_name=True,
		form_scripts=(
			PARTNER_FORM,
			*ROUTED_FORM,
			DRAFTS,
			"public/js/following_agreements.js",
			SCREENING_FORM,
		),
		list_scripts=(MARKUP, ANY_NAME, IMPORT_BUTTON),
		has_calendar=True,
		feed="partnerships.feeds.agreements",
		events={"validate": f"{SCREENING}.gates.answer_intake"},
	),
	Declared("Agreement Type", is_named=True),
	_partner("Partner City"),
	_partner("Partner Organisation", links=("partnerships.partners.verification.VERIFY_OUR_ENTRY",)),
	_partner("City Network"),
	Declared(
		"Network Membership",
		visible="partnerships.networks.membership_routing.visible_memberships_condition",
		routing="partnerships.networks.membership_routing.MEMBERSHIP_ROUTING",
		form_scripts=(PARTNER_FORM, *ROUTED_FORM),
		list_scripts=(IMPORT_BUTTON,),
	),
	Declared(
		"Partnership Commitment",
		visible="partnerships.permissions.visible_commitments_condition",
		form_scripts=(PARTNER_FORM,),
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed="partnerships.feeds.commitments",
	),
	Declared(
		"Partner Engagement",
		visible="partnerships.permissions.visible_engagements_condition",
		form_scripts=(PARTNER_FORM,),
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed="partnerships.feeds.engagements",
	),
	Declared("Partnership Topic", is_named=True),
	Declared("Name Key"),
	Declared(
		"Register Import",
		visible="register_imports.visibility.visible_imports_condition",
		form_scripts=(MARKUP,),
	),
	Declared("Register Import Line"),
	Declared(
		"City Diplomacy Settings",
		events={
			"validate": "setup.routing_switches.refuse_off_while_running",
			"on_update": ("setup.routing_switches.follow_switches", "trade_promotion.stages.follow_settings"),
		},
	),
	# functions
	_partner(
		"Diaspora Organisation",
		links=(
			"diaspora_relations.verification.VERIFY_OUR_ENTRY",
			"diaspora_relations.consent.WITHDRAW_OUR_CONSENT",
		),
		personal=(PersonalData("email", ("contact_person", "phone")),),
	),
	Declared(
		"Trade Lead",
		visible=f"{TRADE}.visible_leads_condition",
		is_found_by_any_name=True,
		form_scripts=(MARKUP, PARTNER_FORM, DRAFTS, SCREENING_FORM),
		list_scripts=(ANY_NAME, IMPORT_BUTTON),
		importing="trade_promotion.importing.LEADS",
	),
	Declared("Trade Stage"),
	Declared("Trade Filing Rule", list_scripts=(IN_FORCE,)),
	Declared(
		"Trade Referral",
		visible=f"{TRADE}.visible_about_leads_condition",
		form_scripts=(PARTNER_FORM,),
	),
	Declared(
		"Export Win",
		visible=f"{TRADE}.visible_about_leads_condition",
		form_scripts=(PARTNER_FORM, *GUEST_LINKS),
		links=("trade_promotion.confirmation.CONFIRM_A_WIN",),
	),
	Declared("Restricted Party List", form_scripts=(MARKUP,)),
	Declared("Restricted Party"),
	Declared("Restricted Party Key"),
	Declared(
		"Party Screening",
		visible=f"{TRADE}.visible_screenings_condition",
		form_scripts=(MARKUP,),
	),
	Declared("Screening Run"),
	# Visits
	Declared(
		"Delegation Visit",
		visible="diplomatic_protocol.visits.visit_routing.visible_visits_condition",
		routing="diplomatic_protocol.visits.visit_routing.VISIT_ROUTING",
		form_scripts=(PARTNER_FORM, *ROUTED_FORM, *GUEST_LINKS[1:]),
		links=("diplomatic_protocol.visits.who_is_coming.WHO_IS_COMING",),
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed="diplomatic_protocol.visits.ics.visits",
		personal=(
			PersonalData("requester_email", ("requester_name", "requester_phone")),
			PersonalData(
				"email", ("name_as_written", "name_as_spoken", "diet", "access_needs"), "Visit Delegate"
			),
		),
	),
	# hosted events and community
	Declared(
		"International Event",
		visible="hosted_events.permissions.visible_events_condition",
		form_scripts=(PARTNER_FORM, DRAFTS),
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed="hosted_events.feeds.events",
	),
	Declared(
		"Directory Registration",
		form_scripts=(MARKUP, PARTNER_FORM),
		personal=(PersonalData("email", ("contact_person", "phone")),),
	),
	Declared(
		"Community Programme",
		form_scripts=(PARTNER_FORM,),
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed="diaspora_relations.feeds.sessions",
	),
	Declared(
		"Committee Duty",
		form_scripts=(PARTNER_FORM,),
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed="diaspora_relations.feeds.duties",
	),
	# protocol: corps, gifts, ceremonies
	Declared(
		"Consular Mission",
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed=f"{PROTOCOL}.feeds.national_days",
		importing=f"{PROTOCOL}.corps.importing.MISSIONS",
		personal=(
			PersonalData("email", ("full_name", "pronunciation", "form_of_address"), "Consular Officer"),
		),
	),
	Declared("Consular Case", visible=f"{PROTOCOL}.corps.cases.visible_cases_condition"),
	Declared(
		"Official Gift",
		form_scripts=(PARTNER_FORM,),
		list_scripts=(IMPORT_BUTTON,),
		personal=(PersonalData("other_email", ("other_name", "other_contact")),),
	),
	Declared("Gift Threshold", list_scripts=(IN_FORCE,)),
	Declared(
		"Ceremonial Request",
		list_scripts=(IMPORT_BUTTON,),
		has_calendar=True,
		feed=f"{PROTOCOL}.feeds.ceremonies",
		personal=(PersonalData("contact_email", ("contact_name", "contact_phone")),),
	),
	Declared("Ceremonial Rule", list_scripts=(IN_FORCE,)),
	Declared("Protocol Settings"),
	# guest lists
	Declared(
		"Guest List",
		visible=f"{PROTOCOL}.guests.lists.visible_lists_condition",
		feed=f"{PROTOCOL}.feeds.guest_lists",
		form_scripts=(MARKUP,),
	),
	Declared(
		"Invited Guest",
		visible=f"{PROTOCOL}.guests.lists.visible_guests_condition",
		form_scripts=GUEST_LINKS,
		list_scripts=(*GUEST_LINKS, IMPORT_BUTTON),
		links=(f"{PROTOCOL}.guests.will_you_come.WILL_YOU_COME",),
		personal=(
			PersonalData(
				"email", ("guest_name", "name_as_spoken", "form_of_address", "diet", "access_needs")
			),
		),
	),
	# results
	Declared("Visit Triage Rule"),
	Declared("Visit Checklist Step"),
	Declared("SDG Goal"),
	Declared("SDG Target", is_named=True),
	# links for people outside
	Declared("Guest Link", visible="guest_links.permissions.visible_links_condition"),
	Declared("Guest Link Key"),
	# calendars people subscribe to
	Declared(
		"Calendar Feed",
		visible="calendar_feeds.feeds.visible_feeds_condition",
		form_scripts=("public/js/calendar_feeds.js",),
		list_scripts=("public/js/calendar_feeds.js",),
	),
	# approvals
	Declared(
		"Routing Policy",
		form_scripts=(
			MARKUP,
			"public/js/routed_drawing.js",
			"public/js/policy_check.js",
			"public/js/policy_trial.js",
			"public/js/running_agreements.js",
			POLICY_IMPORT,
			"public/js/policy_form.js",
		),
		list_scripts=(POLICY_IMPORT,),
	),
	_record_of_approval("Approval Route"),
	_record_of_approval("Approval Clearance", WORDS_AS_TEXT),
	_record_of_approval("Approval Decision", WORDS_AS_TEXT, "public/js/full_names.js"),
	_record_of_approval("Approval Snapshot", WORDS_AS_TEXT),
	_record_of_approval("Approval Notice", WORDS_AS_TEXT, days_kept=180),
	_record_of_approval("Council Action"),
	_record_of_approval("Legal Hold", WORDS_AS_TEXT),
	_record_of_approval("Ledger Head", WORDS_AS_TEXT),
	Declared("Records Schedule"),
	Declared("Approval Delegation", visible=f"{RULES}.visible_delegations_condition"),
	Declared(
		"Approval Notification Preference",
		visible=f"{APPROVALS}.notices.preferences.visible_preferences_condition",
	),
	# Frappe's and ERPNext's
	Declared("Company", is_named=True),
	Declared("Country", is_named=True),
	Declared("Currency", is_named=True),
	Declared(
		"Customer",
		is_named=True,
		events={"before_insert": f"{SCREENING}.gates.refuse_from_unscreened_lead"},
	),
	Declared("Language", is_named=True),
	Declared("Department", is_named=True, events={"on_update": "overrides.departments.let_people_read"}),
	Declared(
		"User",
		is_named=True,
		events={
			"before_insert": "setup.roles.give_nothing_in_setup",
			"after_rename": f"{APPROVALS}.engine.renamed_people.follow",
		},
	),
	Declared("Event", form_scripts=("public/js/event.js",)),
	# on_change also follows what ERPNext sets beneath the document layer.
	Declared(
		"Opportunity",
		events={
			"before_insert": f"{SCREENING}.gates.refuse_from_unscreened_lead",
			"on_change": "trade_promotion.opportunities.show_on_trade_lead",
		},
	),
	Declared(
		"Project",
		visible="overrides.project_routing.visible_projects_condition",
		routing="overrides.project_routing.PROJECT_ROUTING",
		form_scripts=(*ROUTED_FORM, "public/js/project.js"),
	),
	Declared(
		"Transaction Deletion Record",
		events=dict.fromkeys(("validate", "before_submit", "before_update_after_submit"), KEEP_OURS),
	),
	Declared("Property Setter", events={"validate": "access.doors.refuse_titles_in_links"}),
	Declared("Workflow", events={"on_update": f"{APPROVALS}.policies.check.show_findings_of_workflow"}),
	Declared("Workflow Action", visible=f"{RULES}.visible_actions_condition"),
	Declared("Notification Log", visible=f"{RULES}.visible_notifications_condition"),
	Declared("Prepared Report", visible="access.prepared_reports.visible_to"),
)
