from city_diplomacy.access import guarded as _guarded
from city_diplomacy.moved_methods import MOVED_METHODS as _MOVED_METHODS
from city_diplomacy.registers.declaration import full as _full
from city_diplomacy.registers.declared import DECLARED as _DECLARED

app_name = "city_diplomacy"
app_title = "City Diplomacy"
app_publisher = "City Diplomacy contributors"
app_description = "The partnership system of a city's international-affairs office"
app_email = "maintainers@city-diplomacy.example"
app_license = "gpl-3.0"
required_apps = ["frappe/erpnext"]

after_install = "city_diplomacy.setup.install.after_install"
after_migrate = [
	"city_diplomacy.setup.install.after_migrate",
	# Lists whose keys another version of the code made get new ones, by jobs.
	"city_diplomacy.trade_promotion.screening.keys.enqueue_outdated",
]
before_uninstall = "city_diplomacy.setup.uninstall.before_uninstall"

fixtures = [
	{"dt": "SDG Goal", "filters": [["goal", ">", 0]]},
	{"dt": "SDG Target", "filters": [["target", "is", "set"]]},
]

_dispatch = "city_diplomacy.access.dispatch"

# What each DocType asks of Frappe is declared once, in `registers/declared.py`.
doc_events = {one.doctype: one.all_events for one in _DECLARED if one.all_events}

# The approval engine is bound per DocType, so that any DocType of any app can be routed the same way. All but
# agreements are left alone until City Diplomacy Settings switches them on.
routed_doctypes = {one.doctype: _full(one.routing) for one in _DECLARED if one.routing}

# What people outside are sent links for, each declared in its function's room.
guest_link_purposes = [_full(path) for one in _DECLARED for path in one.links]

# What each DocType puts into the calendars people subscribe to.
calendar_feed_sources = [_full(one.feed) for one in _DECLARED if one.feed]

# Who moved a routed document is told to each reader as they may know it.
additional_timeline_content = {
	doctype: ["city_diplomacy.partnership_approvals.views.timeline.of_document"]
	for doctype in routed_doctypes
}

# Which records a person may know of, answered by one hook for lists and one for single records.
visible_records = {one.doctype: _full(one.visible) for one in _DECLARED if one.visible}
has_permission = dict.fromkeys((*visible_records, *_guarded.NARROWED), f"{_dispatch}.may_see")
permission_query_conditions = dict.fromkeys(
	(*visible_records, *_guarded.NARROWED, *_guarded.child_tables()), f"{_dispatch}.conditions"
)

# Frappe's own part of inserting and deleting a File comes before any doc_events, and copies and deletes bytes.
override_doctype_class = {"File": "city_diplomacy.partnership_approvals.files.guarded_file.GuardedFile"}

_search = "city_diplomacy.partnerships.partners.search"
_named_many_ways = [one.doctype for one in _DECLARED if one.is_found_by_any_name]
standard_queries = dict.fromkeys(_named_many_ways, f"{_search}.find_partner")
found_by_any_name = dict.fromkeys(_named_many_ways, f"{_search}.find_for_search_bar")
global_search_doctypes = {"Default": [{"doctype": doctype} for doctype in _named_many_ways]}

# What records say of a person, for those who ask what is kept of them or ask to be forgotten.
user_data_fields = [
	{"doctype": each.table or one.doctype, "filter_by": each.filter_by, "redact_fields": list(each.redacted)}
	for one in _DECLARED
	for each in one.personal
]

default_log_clearing_doctypes = {one.doctype: one.days_kept for one in _DECLARED if one.days_kept}

scheduler_events = {
	# Every few minutes: what the job after a decision could not deliver, and what waited for its hour.
	"all": ["city_diplomacy.partnership_approvals.notices.deliver.deliver"],
	"hourly": [
		"city_diplomacy.guest_links.schedule.follow_mails",
		"city_diplomacy.trade_promotion.screening.keys.enqueue_outdated",
		"city_diplomacy.trade_promotion.screening.runs.go_on",
	],
	"daily": [
		"city_diplomacy.guest_links.schedule.run",
		"city_diplomacy.diaspora_relations.duty_reminders.run",
		"city_diplomacy.diaspora_relations.registrations.forget_contacts",
		"city_diplomacy.partnerships.agreements.signing.expire_agreements",
		"city_diplomacy.partnership_approvals.engine.escalate.run",
	],
	"daily_long": [
		"city_diplomacy.diplomatic_protocol.visits.needs.delete_needs",
		"city_diplomacy.diplomatic_protocol.guests.needs.delete_needs",
		"city_diplomacy.partnership_approvals.records.disposal.dispose_by_schedule",
		"city_diplomacy.partnership_approvals.records.watch.verify_ledgers",
		"city_diplomacy.partnership_approvals.records.watch.export_heads",
	],
}

doctype_js = {one.doctype: list(one.form_scripts) for one in _DECLARED if one.form_scripts}
doctype_list_js = {one.doctype: list(one.list_scripts) for one in _DECLARED if one.list_scripts}
calendars = [one.doctype for one in _DECLARED if one.has_calendar]
doctype_calendar_js = dict.fromkeys(calendars, "public/js/calendars.js")

jinja = {
	"methods": [
		"city_diplomacy.partnership_approvals.records.printed.approval_record",
		"city_diplomacy.partnership_approvals.council.papers.council_papers",
		"city_diplomacy.partnership_approvals.records.printed.releasable_record",
	]
}

# Every request is looked at once it is known who makes it, and before Frappe answers.
auth_hooks = ["city_diplomacy.access.requests.check"]

override_whitelisted_methods = {**_guarded.ANSWERED_HERE, **_MOVED_METHODS}

after_request = [
	"city_diplomacy.partnership_approvals.native.sign_in.lead_back",
	"city_diplomacy.guest_links.headers.keep_to_itself",
	"city_diplomacy.calendar_feeds.headers.finish",
	"city_diplomacy.moved_addresses.lead_on",
]

# What else an agreement lacks before others are asked: functions of the agreement that return sentences.
agreement_intake = ["city_diplomacy.trade_promotion.screening.gates.missing_of_agreement"]

# Reviewers who sign in by themselves come to what is asked of them, residents to the page the city chose.
get_website_user_home_page = "city_diplomacy.partnerships.public_pages.home_page.home_page_of"

website_route_rules = [
	{"from_route": "/agreement/<name>", "to_route": "agreement"},
	{"from_route": "/clearance/<name>", "to_route": "clearance"},
	{"from_route": "/notification-preferences", "to_route": "notification_preferences"},
	{"from_route": "/link/<token>", "to_route": "guest_link"},
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
