from city_diplomacy.access import guarded as _guarded

app_name = "city_diplomacy"
app_title = "City Diplomacy"
app_publisher = "City Diplomacy contributors"
app_description = "The partnership system of a city's international-affairs office"
app_email = "maintainers@city-diplomacy.example"
app_license = "gpl-3.0"
required_apps = ["frappe/erpnext"]

after_install = "city_diplomacy.setup.install.after_install"
after_migrate = "city_diplomacy.setup.install.after_migrate"
before_uninstall = "city_diplomacy.setup.uninstall.before_uninstall"

fixtures = [
	{"dt": "SDG Goal", "filters": [["goal", ">", 0]]},
	{"dt": "SDG Target", "filters": [["target", "is", "set"]]},
]

_guards = "city_diplomacy.partnership_approvals.engine.guards"
_permissions = "city_diplomacy.partnership_approvals.routing.permissions"
_choices = "city_diplomacy.partnership_approvals.notices.preferences"

# The approval engine is bound per DocType, so that any DocType of any app can be routed the same way.
_routed = {
	"validate": f"{_guards}.check_move",
	"before_submit": f"{_guards}.check_move",
	"before_update_after_submit": f"{_guards}.check_move",
	"before_cancel": f"{_guards}.refuse_cancel",
	"before_discard": f"{_guards}.refuse_cancel",
	"before_rename": f"{_guards}.refuse_rename",
	"on_update": [
		f"{_guards}.check_outcome",
		"city_diplomacy.partnership_approvals.native.workflow_actions.follow_state",
	],
	"on_submit": f"{_guards}.check_outcome",
	"on_update_after_submit": f"{_guards}.check_outcome",
	"on_cancel": f"{_guards}.refuse_cancel",
	"on_trash": f"{_guards}.refuse_trash",
}

# All but agreements are left alone until City Diplomacy Settings switches them on.
routed_doctypes = {
	"MOU": "city_diplomacy.partnerships.agreements.mou_routing.MOU_ROUTING",
	"Network Membership": "city_diplomacy.partnerships.networks.membership_routing.MEMBERSHIP_ROUTING",
	"Project": "city_diplomacy.overrides.project_routing.PROJECT_ROUTING",
}

# Who moved a routed document is told to each reader as they may know it.
additional_timeline_content = {
	doctype: ["city_diplomacy.partnership_approvals.views.timeline.of_document"]
	for doctype in routed_doctypes
}

# What people clear may name records of these; see `partnership_approvals/engine/renames.py`.
_named = {"after_rename": "city_diplomacy.partnership_approvals.engine.renames.follow"}

_keep_ours = "city_diplomacy.setup.transaction_deletion.keep_ours"

doc_events = {
	"MOU": _routed,
	"Network Membership": _routed,
	"Project": _routed,
	"Department": {"on_update": "city_diplomacy.overrides.departments.let_people_read", **_named},
	"Agreement Type": _named,
	"City Network": _named,
	"Company": _named,
	"Currency": _named,
	"Customer": _named,
	"Diaspora Organisation": _named,
	"Language": _named,
	"Partner City": _named,
	"Partner Organisation": _named,
	"Partnership Topic": _named,
	"SDG Target": _named,
	"Property Setter": {"validate": "city_diplomacy.access.doors.refuse_titles_in_links"},
	"User": {
		"before_insert": "city_diplomacy.setup.roles.give_nothing_in_setup",
		"after_rename": [
			_named["after_rename"],
			"city_diplomacy.partnership_approvals.engine.renamed_people.follow",
		],
	},
	"Routing Policy": {"on_trash": "city_diplomacy.partnership_approvals.policies.rehearsals.forget"},
	"Workflow": {
		"on_update": "city_diplomacy.partnership_approvals.policies.check.show_findings_of_workflow",
	},
	"Transaction Deletion Record": {
		"validate": _keep_ours,
		"before_submit": _keep_ours,
		"before_update_after_submit": _keep_ours,
	},
	# on_change also follows what ERPNext sets beneath the document layer.
	"Opportunity": {"on_change": "city_diplomacy.trade_promotion.opportunities.show_on_trade_lead"},
}

# Frappe's own part of inserting and deleting a File comes before any doc_events, and copies and deletes bytes.
override_doctype_class = {"File": "city_diplomacy.partnership_approvals.files.guarded_file.GuardedFile"}

# Records that are found under any of their names, by links, lists and the search bar of Desk.
_named_many_ways = (
	"Partner City",
	"Partner Organisation",
	"City Network",
	"Diaspora Organisation",
	"MOU",
	"Trade Lead",
)
_search = "city_diplomacy.partnerships.partners.search"
standard_queries = dict.fromkeys(_named_many_ways, f"{_search}.find_partner")
found_by_any_name = dict.fromkeys(_named_many_ways, f"{_search}.find_for_search_bar")
global_search_doctypes = {"Default": [{"doctype": doctype} for doctype in _named_many_ways]}

# Rows of our child tables, and Frappe's rows about a record, follow what may be known of the record.
_rows = "city_diplomacy.access.rows"

has_permission = {
	**dict.fromkeys(_guarded.NARROWED, f"{_rows}.may_see_row"),
	"MOU": f"{_permissions}.may_see_agreement",
	"Network Membership": "city_diplomacy.partnerships.networks.membership_routing.may_see_membership",
	"Project": "city_diplomacy.overrides.project_routing.may_see_project",
	"Approval Route": f"{_permissions}.may_see_approval_record",
	"Approval Clearance": f"{_permissions}.may_see_approval_record",
	"Approval Decision": f"{_permissions}.may_see_approval_record",
	"Approval Snapshot": f"{_permissions}.may_see_approval_record",
	"Approval Delegation": f"{_permissions}.may_see_delegation",
	"Approval Notice": f"{_permissions}.may_see_approval_record",
	"Workflow Action": f"{_permissions}.may_see_workflow_action",
	"Notification Log": f"{_permissions}.may_see_notification",
	"Approval Notification Preference": f"{_choices}.may_see_preference",
	"Legal Hold": f"{_permissions}.may_see_approval_record",
	"Ledger Head": f"{_permissions}.may_see_approval_record",
	"Rehearsal Difference": f"{_permissions}.may_see_approval_record",
	"Council Action": f"{_permissions}.may_see_approval_record",
	"Partnership Commitment": "city_diplomacy.partnerships.permissions.may_see_commitment",
	"Partner Engagement": "city_diplomacy.partnerships.permissions.may_see_engagement",
	"Prepared Report": "city_diplomacy.access.prepared_reports.may_see",
}

permission_query_conditions = {
	**dict.fromkeys((*_guarded.child_tables(), *_guarded.NARROWED), f"{_rows}.rows_query"),
	"MOU": f"{_permissions}.agreements_query",
	"Network Membership": "city_diplomacy.partnerships.networks.membership_routing.memberships_query",
	"Project": "city_diplomacy.overrides.project_routing.projects_query",
	"Approval Route": f"{_permissions}.approval_route_query",
	"Approval Clearance": f"{_permissions}.approval_clearance_query",
	"Approval Decision": f"{_permissions}.approval_decision_query",
	"Approval Snapshot": f"{_permissions}.approval_snapshot_query",
	"Approval Delegation": f"{_permissions}.delegations_query",
	"Approval Notice": f"{_permissions}.approval_notice_query",
	"Workflow Action": f"{_permissions}.workflow_action_query",
	"Approval Notification Preference": f"{_choices}.preferences_query",
	"Legal Hold": f"{_permissions}.legal_hold_query",
	"Ledger Head": f"{_permissions}.ledger_head_query",
	"Rehearsal Difference": f"{_permissions}.rehearsal_difference_query",
	"Council Action": f"{_permissions}.council_action_query",
	"Partnership Commitment": "city_diplomacy.partnerships.permissions.commitments_query",
	"Partner Engagement": "city_diplomacy.partnerships.permissions.engagements_query",
	"Prepared Report": "city_diplomacy.access.prepared_reports.query",
}

# Days after which Frappe's Log Settings clear what has been delivered; an administrator may set others.
default_log_clearing_doctypes = {"Approval Notice": 180}

scheduler_events = {
	# Every few minutes: what the job after a decision could not deliver, and what waited for its hour.
	"all": ["city_diplomacy.partnership_approvals.notices.deliver.deliver"],
	"daily": [
		"city_diplomacy.partnerships.agreements.signing.expire_agreements",
		"city_diplomacy.partnership_approvals.engine.escalate.run",
	],
	"daily_long": [
		"city_diplomacy.partnership_approvals.records.disposal.dispose_by_schedule",
		"city_diplomacy.partnership_approvals.records.watch.verify_ledgers",
		"city_diplomacy.partnership_approvals.records.watch.export_heads",
	],
}

# Scripts several forms share are read with each of them.
_partner_form = "public/js/partner_form.js"
_markup = "public/js/markup.js"
_routed_form = [
	_markup,
	"public/js/routed_drawing.js",
	"public/js/routed_actions.js",
	"public/js/routed_form.js",
]
_policy_import = "public/js/policy_import.js"
doctype_js = {
	"Event": "public/js/event.js",
	"MOU": [_partner_form, *_routed_form, "public/js/following_agreements.js"],
	"Routing Policy": [
		_markup,
		"public/js/policy_check.js",
		"public/js/running_agreements.js",
		_policy_import,
		"public/js/policy_form.js",
	],
	"Partner City": _partner_form,
	"Partner Organisation": _partner_form,
	"City Network": _partner_form,
	"Network Membership": [_partner_form, *_routed_form],
	"Project": [*_routed_form, "public/js/project.js"],
	"Partner Engagement": _partner_form,
	"Partnership Commitment": _partner_form,
	"Diaspora Organisation": _partner_form,
	"Trade Lead": _partner_form,
}

calendars = ["MOU", "Partnership Commitment", "Partner Engagement"]
doctype_calendar_js = dict.fromkeys(calendars, "public/js/calendars.js")

_lab = "partnership_approvals/page/policy_lab"
page_js = {
	"policy-lab": [
		_markup,
		"public/js/routed_drawing.js",
		f"{_lab}/policy_lab_trial.js",
		f"{_lab}/policy_lab_shadow.js",
	]
}

# Shows the words of records that are hashed, and so cannot be cleaned, as text.
_words_as_text = "public/js/words_as_text.js"
_any_name = "public/js/any_name.js"
doctype_list_js = {
	**dict.fromkeys(_named_many_ways, _any_name),
	"MOU": [_markup, _any_name],
	"Routing Policy": _policy_import,
	"Approval Clearance": _words_as_text,
	"Approval Decision": [_words_as_text, "public/js/full_names.js"],
	"Approval Notice": _words_as_text,
	"Approval Snapshot": _words_as_text,
	"Ledger Head": _words_as_text,
	"Legal Hold": _words_as_text,
	"Policy Rehearsal": _words_as_text,
	"Rehearsal Difference": _words_as_text,
}

jinja = {
	"methods": [
		"city_diplomacy.partnership_approvals.records.printed.approval_record",
		"city_diplomacy.partnership_approvals.council.papers.council_papers",
		"city_diplomacy.partnership_approvals.records.printed.releasable_record",
	]
}

# Every request is looked at once it is known who makes it, and before Frappe answers.
auth_hooks = ["city_diplomacy.access.requests.check"]

override_whitelisted_methods = _guarded.ANSWERED_HERE

after_request = ["city_diplomacy.partnership_approvals.native.sign_in.lead_back"]

# Reviewers who sign in by themselves come to what is asked of them, residents to the page the city chose.
get_website_user_home_page = "city_diplomacy.partnerships.home_page.home_page_of"

website_route_rules = [
	{"from_route": "/agreement/<name>", "to_route": "agreement"},
	{"from_route": "/clearance/<name>", "to_route": "clearance"},
	{"from_route": "/notification-preferences", "to_route": "notification_preferences"},
	{"from_route": "/council-action/<name>", "to_route": "council_action"},
]

# ERPNext's Transaction Deletion Record would otherwise raw-delete what links to the Company; see
# `setup/transaction_deletion.py`. Projects are kept where one of them was routed.
company_data_to_be_ignored = [
	"City Diplomacy Settings",
	"Department",
	"MOU",
	"Partner Engagement",
	"Partnership Commitment",
	"Project",
]

require_type_annotated_api_methods = True
