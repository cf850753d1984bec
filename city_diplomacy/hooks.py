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

_guards = "city_diplomacy.partnership_approvals.guards"
_permissions = "city_diplomacy.partnership_approvals.permissions"

# The approval engine is bound per DocType, so that any DocType of any app can be routed the same way.
_routed = {
	"validate": f"{_guards}.check_move",
	"before_submit": f"{_guards}.check_move",
	"before_update_after_submit": f"{_guards}.check_move",
	"before_cancel": f"{_guards}.refuse_cancel",
	"before_discard": f"{_guards}.refuse_cancel",
	"before_rename": f"{_guards}.refuse_rename",
	"on_update": f"{_guards}.check_outcome",
	"on_submit": f"{_guards}.check_outcome",
	"on_update_after_submit": f"{_guards}.check_outcome",
	"on_cancel": f"{_guards}.refuse_cancel",
	"on_trash": f"{_guards}.refuse_trash",
}

# All but agreements are left alone until City Diplomacy Settings switches them on.
routed_doctypes = {
	"MOU": "city_diplomacy.partnerships.mou_routing.MOU_ROUTING",
	"Network Membership": "city_diplomacy.partnerships.membership_routing.MEMBERSHIP_ROUTING",
	"Project": "city_diplomacy.partnerships.project_routing.PROJECT_ROUTING",
}

doc_events = {
	"MOU": _routed,
	"Network Membership": _routed,
	"Project": _routed,
	# on_change also follows what ERPNext sets beneath the document layer.
	"Opportunity": {"on_change": "city_diplomacy.trade_promotion.opportunities.show_on_trade_lead"},
}

_find_partner = "city_diplomacy.partnerships.search.find_partner"
standard_queries = {
	"Partner City": _find_partner,
	"Partner Organisation": _find_partner,
	"City Network": _find_partner,
	"Diaspora Organisation": _find_partner,
}

has_permission = {
	"MOU": f"{_permissions}.may_see_agreement",
	"Network Membership": "city_diplomacy.partnerships.membership_routing.may_see_membership",
	"Project": "city_diplomacy.partnerships.project_routing.may_see_project",
	"Approval Route": f"{_permissions}.may_see_approval_record",
	"Approval Clearance": f"{_permissions}.may_see_approval_record",
	"Approval Decision": f"{_permissions}.may_see_approval_record",
	"Approval Snapshot": f"{_permissions}.may_see_approval_record",
	"Approval Delegation": f"{_permissions}.may_see_delegation",
	"Partnership Commitment": "city_diplomacy.partnerships.permissions.may_see_commitment",
	"Partner Engagement": "city_diplomacy.partnerships.permissions.may_see_engagement",
}

permission_query_conditions = {
	"MOU": f"{_permissions}.agreements_query",
	"Network Membership": "city_diplomacy.partnerships.membership_routing.memberships_query",
	"Project": "city_diplomacy.partnerships.project_routing.projects_query",
	"Approval Route": f"{_permissions}.approval_route_query",
	"Approval Clearance": f"{_permissions}.approval_clearance_query",
	"Approval Decision": f"{_permissions}.approval_decision_query",
	"Approval Snapshot": f"{_permissions}.approval_snapshot_query",
	"Approval Delegation": f"{_permissions}.delegations_query",
	"Partnership Commitment": "city_diplomacy.partnerships.permissions.commitments_query",
	"Partner Engagement": "city_diplomacy.partnerships.permissions.engagements_query",
}

scheduler_events = {
	"daily": [
		"city_diplomacy.partnerships.standing.expire_agreements",
		"city_diplomacy.partnership_approvals.escalations.run",
	],
}

# Scripts several forms share are read with each of them.
_partner_form = "public/js/partner_form.js"
doctype_js = {
	"Event": "public/js/event.js",
	"MOU": [_partner_form, "public/js/agreement_route.js", "public/js/agreement_actions.js"],
	"Routing Policy": "public/js/running_agreements.js",
	"Partner City": _partner_form,
	"Partner Organisation": _partner_form,
	"City Network": _partner_form,
	"Network Membership": _partner_form,
	"Partner Engagement": _partner_form,
	"Partnership Commitment": _partner_form,
	"Diaspora Organisation": _partner_form,
	"Trade Lead": _partner_form,
}

jinja = {"methods": ["city_diplomacy.partnership_approvals.record.approval_record"]}

website_route_rules = [
	{"from_route": "/agreement/<name>", "to_route": "agreement"},
	{"from_route": "/clearance/<name>", "to_route": "clearance"},
]

# ERPNext's Transaction Deletion Record would otherwise raw-delete what links to the Company.
company_data_to_be_ignored = [
	"City Diplomacy Settings",
	"MOU",
	"Partner Engagement",
	"Partnership Commitment",
]

require_type_annotated_api_methods = True
