"""The methods browsers can call, each with the check it reaches; `test_whitelisted_methods.py` holds them to it."""

APPROVALS = "city_diplomacy.partnership_approvals"
PARTNERSHIPS = "city_diplomacy.partnerships"
ENGAGEMENTS = f"{PARTNERSHIPS}.doctype.partner_engagement.partner_engagement"
POLICIES = f"{APPROVALS}.doctype.routing_policy.routing_policy"
TRADE = "city_diplomacy.trade_promotion"
COMMUNITY = "city_diplomacy.diaspora_relations"
EVENTS = "city_diplomacy.hosted_events"
LINKS = "city_diplomacy.guest_links"
FEEDS = "city_diplomacy.calendar_feeds"
IMPORTS = "city_diplomacy.register_imports"
PROTOCOL = "city_diplomacy.diplomatic_protocol"
GUESTS = "city_diplomacy.diplomatic_protocol.guests"
BRIEFING = "city_diplomacy.diplomatic_protocol.briefing"
VISITS = "city_diplomacy.diplomatic_protocol.visits"
DOORS = "city_diplomacy.access.doors"

# They answer and change nothing, so a GET may call them. Everything else is POST only.
READ_ONLY_METHODS = {
	f"{APPROVALS}.api.preview",
	f"{APPROVALS}.api.view",
	f"{APPROVALS}.api.inbox",
	f"{APPROVALS}.api.verify_ledger",
	f"{APPROVALS}.api.running_under_other_policies",
	f"{APPROVALS}.api.changes_since_cleared",
	f"{APPROVALS}.api.records.export_record",
	f"{APPROVALS}.api.records.acts_on",
	f"{APPROVALS}.api.check_policy",
	f"{APPROVALS}.api.council.texts_to_amend",
	f"{APPROVALS}.api.policies.list_examples",
	f"{APPROVALS}.api.council.open_questions",
	f"{APPROVALS}.api.policies.export_policy",
	f"{APPROVALS}.api.policies.choices",
	f"{APPROVALS}.api.rehearsals.form",
	f"{APPROVALS}.api.rehearsals.try_on",
	f"{APPROVALS}.api.form.for_form",
	f"{APPROVALS}.api.cards.count_waiting",
	f"{APPROVALS}.api.cards.count_overdue",
	f"{PARTNERSHIPS}.cards.count_due",
	f"{PARTNERSHIPS}.cards.count_in_clearance",
	f"{TRADE}.api.draft_win",
	f"{TRADE}.cards.count_open",
	f"{TRADE}.cards.count_own",
	f"{TRADE}.cards.count_referrals",
	f"{TRADE}.cards.count_stale",
	f"{TRADE}.cards.count_with_companies",
	f"{TRADE}.charts.leads_by_stage",
	f"{TRADE}.charts.wins_by_status",
	f"{TRADE}.cards.count_screenings_to_decide",
	f"{TRADE}.screening.api.standing",
	"city_diplomacy.diaspora_relations.cards.count_to_verify",
	*(
		f"{COMMUNITY}.cards.{card}"
		for card in ("count_duties_due", "count_programmes_under_way", "count_registrations_waiting")
	),
	*(f"{EVENTS}.cards.{card}" for card in ("count_ahead", "count_bids_due", "count_without_legacy")),
	f"{COMMUNITY}.charts.places_by_kind",
	f"{EVENTS}.charts.events_by_phase",
	f"{COMMUNITY}.calendar.due_duties",
	f"{COMMUNITY}.calendar.sessions",
	f"{EVENTS}.calendar.event_days",
	f"{PARTNERSHIPS}.partners.connections.count",
	f"{PARTNERSHIPS}.agreements.renewals.count_ahead",
	f"{PARTNERSHIPS}.charts.agreements_by_state",
	f"{PARTNERSHIPS}.charts.partner_cities_by_stage",
	f"{PARTNERSHIPS}.calendars.agreement_days",
	f"{PARTNERSHIPS}.calendars.due_commitments",
	f"{PARTNERSHIPS}.calendars.engagements",
	# protocol: corps, gifts, ceremonies
	f"{PROTOCOL}.cards.count_gifts_to_decide",
	f"{PROTOCOL}.cards.count_national_days",
	f"{PROTOCOL}.cards.count_open_cases",
	f"{PROTOCOL}.cards.count_requests",
	f"{PROTOCOL}.ceremonies.api.draft",
	f"{PROTOCOL}.ceremonies.api.findings",
	f"{PROTOCOL}.ceremonies.api.letter",
	f"{PROTOCOL}.ceremonies.calendar.ceremonies",
	f"{PROTOCOL}.charts.gifts_by_quarter",
	f"{PROTOCOL}.charts.missions_by_type",
	f"{PROTOCOL}.corps.api.compare",
	f"{PROTOCOL}.corps.calendar.national_days",
	f"{PROTOCOL}.gifts.api.about",
	f"{PROTOCOL}.gifts.api.warnings",
	f"{PROTOCOL}.gifts.public_log.download",
	# guest lists
	f"{GUESTS}.api.print_paper",
	f"{GUESTS}.api.view_seating",
	f"{GUESTS}.api.what_move_breaks",
	# visits
	f"{VISITS}.calendar.visits",
	f"{VISITS}.api.draft_letter",
	f"{VISITS}.api.draft_thanks",
	f"{BRIEFING}.api.page",
	f"{BRIEFING}.api.pdf",
	f"{VISITS}.api.calendar_file",
	f"{PARTNERSHIPS}.api.draft_renewal",
	f"{PARTNERSHIPS}.api.draft_amendment",
	f"{PARTNERSHIPS}.partners.search.find_partner",
	f"{TRADE}.api.find_hs_code",
	f"{IMPORTS}.api.registers",
	f"{IMPORTS}.api.rows",
	f"{IMPORTS}.api.refused",
	f"{PARTNERSHIPS}.public_pages.public_register.download_text",
	f"{LINKS}.api.about",
	f"{FEEDS}.api.feed",
	f"{DOORS}.get",
	f"{DOORS}.getdoc",
	f"{DOORS}.get_coords",
	f"{DOORS}.get_count",
	f"{DOORS}.get_link_title",
	f"{DOORS}.get_open_count",
	f"{DOORS}.search_everywhere",
	f"{DOORS}.search_link",
	f"{DOORS}.search_widget",
	f"{DOORS}.validate_link",
	f"{DOORS}.validate_link_and_fetch",
}

ARGUMENTS = f"{APPROVALS}.arguments"

# Whoever is not signed in may call them.
OPEN_TO_GUESTS = {
	f"{FEEDS}.api.feed",
	f"{PARTNERSHIPS}.public_pages.public_register.download_text",
	f"{PROTOCOL}.gifts.public_log.download",
}

# method: the calls that lead to its check, each made in the function the one before it names
PERMISSION_CHECKS = {
	# The token says whose calendar it is; what is in it is read as that person.
	f"{FEEDS}.api.feed": ("feeds.owner_of", "hmac.compare_digest"),
	f"{FEEDS}.api.make_address": ("frappe.has_permission",),
	f"{FEEDS}.api.revoke": ("frappe.has_permission",),
	f"{LINKS}.api.about": ("check_permission",),
	f"{LINKS}.api.send": ("_require", "require_issuer", "may_issue", "frappe.get_roles"),
	f"{LINKS}.api.send_many": ("_require", "require_issuer", "may_issue", "frappe.get_roles"),
	f"{LINKS}.api.send_again": (
		"_require_link",
		"_require",
		"require_issuer",
		"may_issue",
		"frappe.get_roles",
	),
	f"{LINKS}.api.revoke": ("_require_link", "_require", "require_issuer", "may_issue", "frappe.get_roles"),
	f"{LINKS}.api.decide": ("_require_link", "_require", "require_issuer", "may_issue", "frappe.get_roles"),
	f"{APPROVALS}.api.preview": ("readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.view": ("readable", "may_read", "frappe.has_permission"),
	# Answers only what is put to the signed-in person.
	f"{APPROVALS}.api.inbox": ("approvals.inbox",),
	f"{APPROVALS}.api.verify_ledger": ("readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.check_policy": ("readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.files.guarded_file.optimize_file": ("check_permission",),
	f"{APPROVALS}.api.start": ("routes.start", "require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.send_back": ("routes.send_back", "_require_office_or_sponsor", "frappe.get_roles"),
	f"{APPROVALS}.api.complete": ("signing.sign", "routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.change_standing": ("routes.change_standing", "require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.withdraw": ("routes.withdraw", "_require_office_or_sponsor", "frappe.get_roles"),
	f"{APPROVALS}.api.decide": (
		"decisions.decide",
		"seats.lock_asked",
		"stand_in",
		"is_asked",
		"frappe.get_roles",
	),
	f"{APPROVALS}.api.forward": (
		"reassign.forward",
		"seats.lock_asked",
		"stand_in",
		"is_asked",
		"frappe.get_roles",
	),
	f"{APPROVALS}.api.override": ("decisions.override", "routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.delegate": ("doc.check_permission",),
	f"{APPROVALS}.api.end_delegation": ("delegations.end", "readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.running_under_other_policies": (
		"migration.candidates",
		"routes.require_role",
		"frappe.get_roles",
	),
	f"{APPROVALS}.api.migrate": ("migration.migrate", "routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.changes_since_cleared": (
		"snapshots.changes_for",
		"readable",
		"may_read",
		"frappe.has_permission",
	),
	f"{APPROVALS}.api.ask": ("questions.ask", "seats.lock_asked", "stand_in", "is_asked", "frappe.get_roles"),
	f"{APPROVALS}.api.answer": ("questions.answer", "route.routing.people_answerable"),
	f"{APPROVALS}.api.record_decision": (
		"decisions.record_decision",
		"routes.require_role",
		"frappe.get_roles",
	),
	f"{APPROVALS}.api.confirm_conditions": (
		"conditions_met.confirm",
		"routes.require_role",
		"frappe.get_roles",
	),
	f"{APPROVALS}.api.dispute_conditions": ("conditions_met.dispute", "seats.lock_known", "_may_know"),
	# Keeps the signed-in person's own record; the save checks that it is theirs.
	f"{APPROVALS}.api.choose_notifications": ("preferences.choose", "doc.save"),
	f"{APPROVALS}.api.records.mark_disclosure": ("custody.mark", "routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.records.redact": ("custody.redact", "routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.records.legal_hold": ("custody.place_hold", "routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.records.export_record": ("routes.require_role", "frappe.get_roles"),
	f"{APPROVALS}.api.records.acts_on": ("readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.council.record_council_action": ("frappe.has_permission",),
	# `get_list` shows what the person may read.
	f"{APPROVALS}.api.council.open_questions": ("frappe.get_list",),
	f"{APPROVALS}.api.council.texts_to_amend": (
		"texts.list_for",
		"readable",
		"may_read",
		"frappe.has_permission",
	),
	f"{APPROVALS}.api.form.for_form": ("readable", "may_read", "frappe.has_permission"),
	# Frappe's list counts what the person may read.
	f"{APPROVALS}.api.cards.count_waiting": ("count_and_open", "doors.get_count"),
	f"{APPROVALS}.api.cards.count_overdue": ("count_and_open", "doors.get_count"),
	f"{PARTNERSHIPS}.cards.count_due": ("count_and_open", "doors.get_count"),
	f"{PARTNERSHIPS}.cards.count_in_clearance": ("count_and_open", "doors.get_count"),
	**{
		f"{TRADE}.cards.{card}": ("count_and_open", "doors.get_count")
		for card in ("count_open", "count_own", "count_referrals", "count_stale", "count_with_companies")
	},
	f"{TRADE}.charts.leads_by_stage": ("counted", "known_records"),
	f"{TRADE}.charts.wins_by_status": ("counted", "known_records"),
	"city_diplomacy.diaspora_relations.cards.count_to_verify": ("count_and_open", "doors.get_count"),
	f"{APPROVALS}.api.policies.list_examples": ("frappe.has_permission",),
	f"{APPROVALS}.api.policies.import_example": ("frappe.has_permission",),
	f"{APPROVALS}.api.policies.export_policy": ("readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.policies.import_policy": ("frappe.has_permission",),
	f"{APPROVALS}.api.policies.choices": ("frappe.has_permission",),
	f"{APPROVALS}.api.rehearsals.form": ("_policy", "readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.rehearsals.try_on": ("readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.rehearsals.what_if": ("_policy", "readable", "may_read", "frappe.has_permission"),
	f"{APPROVALS}.api.rehearsals.simulate": ("_policy", "readable", "may_read", "frappe.has_permission"),
	f"{POLICIES}.activate": ("readable", "doc.check_permission"),
	f"{POLICIES}.new_version": ("readable", "may_read", "frappe.has_permission"),
	f"{PARTNERSHIPS}.partners.connections.count": ("readable", "may_read", "frappe.has_permission"),
	# `get_list` shows what the person may read.
	f"{PARTNERSHIPS}.agreements.renewals.count_ahead": (
		"days_due",
		"_asked",
		"_of_agreements",
		"known_records",
	),
	f"{ENGAGEMENTS}.make_event": ("frappe.has_permission",),
	f"{ENGAGEMENTS}.make_from_event": ("frappe.has_permission",),
	f"{TRADE}.cards.count_screenings_to_decide": ("count_and_open", "doors.get_count"),
	f"{TRADE}.screening.api.import_list": ("readable", "doc.check_permission"),
	# The insert asks for the right to create one.
	f"{TRADE}.screening.api.screen": ("readable", "may_read", "frappe.has_permission"),
	f"{TRADE}.screening.api.screen_agreement": ("readable", "doc.check_permission"),
	f"{TRADE}.screening.api.decide": ("readable", "doc.check_permission"),
	f"{TRADE}.screening.api.screen_everybody": ("frappe.has_permission",),
	f"{TRADE}.screening.api.standing": ("readable", "may_read", "frappe.has_permission"),
	f"{TRADE}.api.make_lead": ("readable", "doc.check_permission"),
	f"{TRADE}.api.make_opportunity": ("readable", "doc.check_permission"),
	f"{PARTNERSHIPS}.api.sign": ("readable", "may_read", "frappe.has_permission"),
	f"{PARTNERSHIPS}.api.change_signed": ("signed_changes.change", "routes.require_role", "frappe.get_roles"),
	f"{PARTNERSHIPS}.api.record_existing": ("frappe.has_permission",),
	# `get_list` shows what the person may read.
	f"{PARTNERSHIPS}.calendars.agreement_days": ("listed", "frappe.get_list"),
	f"{PARTNERSHIPS}.calendars.due_commitments": ("listed", "frappe.get_list"),
	f"{PARTNERSHIPS}.calendars.engagements": ("listed", "frappe.get_list"),
	# protocol: corps, gifts, ceremonies
	**{
		f"{PROTOCOL}.cards.{card}": ("count_and_open", "doors.get_count")
		for card in ("count_gifts_to_decide", "count_national_days", "count_open_cases", "count_requests")
	},
	f"{PROTOCOL}.ceremonies.api.draft": ("readable", "may_read", "frappe.has_permission"),
	f"{PROTOCOL}.ceremonies.api.findings": ("readable", "may_read", "frappe.has_permission"),
	f"{PROTOCOL}.ceremonies.api.letter": ("readable", "may_read", "frappe.has_permission"),
	f"{PROTOCOL}.ceremonies.calendar.ceremonies": ("listed", "frappe.get_list"),
	f"{PROTOCOL}.charts.gifts_by_quarter": ("counted", "known_records"),
	f"{PROTOCOL}.charts.missions_by_type": ("counted", "known_records"),
	f"{PROTOCOL}.corps.api.compare": ("readable", "may_read", "frappe.has_permission"),
	f"{PROTOCOL}.corps.calendar.national_days": ("listed", "frappe.get_list"),
	f"{PROTOCOL}.gifts.api.about": ("readable", "may_read", "frappe.has_permission"),
	f"{PROTOCOL}.gifts.api.decide": ("decisions.decide", "readable", "doc.check_permission"),
	f"{PROTOCOL}.gifts.api.enter": ("frappe.has_permission",),
	f"{PROTOCOL}.gifts.api.warnings": ("frappe.has_permission",),
	# The log shows gifts of quarters that are over, to everybody, while it is switched on.
	f"{PROTOCOL}.gifts.public_log.download": ("log_is_open",),
	# guest lists
	f"{GUESTS}.api.ask_all": ("inviting.ask_all", "readable", "doc.check_permission"),
	f"{GUESTS}.api.free_seat": ("seating.free_seat", "readable", "doc.check_permission"),
	f"{GUESTS}.api.move_guest": ("seating.move", "_target", "readable", "doc.check_permission"),
	f"{GUESTS}.api.plan_seating": ("seating.plan_seating", "readable", "doc.check_permission"),
	f"{GUESTS}.api.print_paper": ("readable", "doc.check_permission"),
	f"{GUESTS}.api.view_seating": ("readable", "may_read", "frappe.has_permission"),
	f"{GUESTS}.api.what_move_breaks": ("seating.what_breaks", "_target", "readable", "doc.check_permission"),
	f"{VISITS}.calendar.visits": ("listed", "frappe.get_list"),
	**{
		f"{COMMUNITY}.cards.{card}": ("count_and_open", "doors.get_count")
		for card in ("count_duties_due", "count_programmes_under_way", "count_registrations_waiting")
	},
	**{
		f"{EVENTS}.cards.{card}": ("count_and_open", "doors.get_count")
		for card in ("count_ahead", "count_bids_due", "count_without_legacy")
	},
	f"{COMMUNITY}.charts.places_by_kind": ("known_records",),
	f"{EVENTS}.charts.events_by_phase": ("counted", "known_records"),
	f"{COMMUNITY}.calendar.due_duties": ("listed", "frappe.get_list"),
	f"{COMMUNITY}.calendar.sessions": ("_programmes", "listed", "frappe.get_list"),
	f"{EVENTS}.calendar.event_days": ("listed", "frappe.get_list"),
	f"{COMMUNITY}.api.complete_duty": ("duties.complete", "readable", "doc.check_permission"),
	f"{COMMUNITY}.api.accept_registration": ("registrations.accept", "frappe.has_permission"),
	f"{COMMUNITY}.api.close_registration": (
		"registrations.note_as_known",
		"readable",
		"may_read",
		"frappe.has_permission",
	),
	f"{COMMUNITY}.api.decline_registration": (
		"registrations.decline",
		"_waiting",
		"readable",
		"doc.check_permission",
	),
	f"{EVENTS}.api.make_project": ("projects.make_project", "readable", "doc.check_permission"),
	f"{VISITS}.api.make_event": ("frappe.has_permission",),
	f"{VISITS}.api.calendar_file": ("readable", "may_read", "frappe.has_permission"),
	f"{BRIEFING}.api.page": ("readable", "may_read", "frappe.has_permission"),
	f"{BRIEFING}.api.pdf": ("readable", "may_read", "frappe.has_permission"),
	f"{VISITS}.api.make_engagement": ("frappe.has_permission",),
	f"{VISITS}.api.draft_thanks": ("readable", "doc.check_permission"),
	f"{VISITS}.api.send_thanks": ("afterwards.send_thanks", "readable", "doc.check_permission"),
	f"{VISITS}.api.decide": ("triage.decide", "readable", "doc.check_permission"),
	f"{VISITS}.api.draft_letter": ("readable", "doc.check_permission"),
	f"{VISITS}.api.send_letter": ("letters.send_to_requester", "readable", "doc.check_permission"),
	f"{PARTNERSHIPS}.charts.agreements_by_state": ("counted", "known_records"),
	f"{PARTNERSHIPS}.charts.partner_cities_by_stage": ("counted", "known_records"),
	f"{PARTNERSHIPS}.api.draft_renewal": (
		"following.draft_renewal",
		"_followed",
		"frappe.has_permission",
	),
	f"{PARTNERSHIPS}.api.draft_amendment": (
		"following.draft_amendment",
		"_followed",
		"frappe.has_permission",
	),
	f"{PARTNERSHIPS}.api.record_review": (
		"following.record_review",
		"readable",
		"doc.check_permission",
	),
	f"{TRADE}.api.draft_win": ("wins.draft_of", "readable", "may_read", "frappe.has_permission"),
	f"{TRADE}.api.claim_win": ("wins.claim", "_for_verb", "readable", "doc.check_permission"),
	f"{TRADE}.api.reopen_win": ("wins.reopen", "_for_verb", "readable", "doc.check_permission"),
	f"{TRADE}.api.close_referral": ("referrals.close", "readable", "doc.check_permission"),
	f"{TRADE}.api.find_hs_code": ("hs_nomenclature.find", "_listed", "frappe.get_list"),
	f"{IMPORTS}.api.registers": ("registers_open.open_to_person", "frappe.has_permission"),
	**{
		f"{IMPORTS}.api.{verb}": ("readable", "may_read", "frappe.has_permission")
		for verb in ("rows", "refused", "read", "decide", "run", "cancel", "undo", "resume")
	},
	f"{TRADE}.api.load_hs_codes": ("hs_nomenclature.enqueue_load", "frappe.get_roles"),
	f"{PARTNERSHIPS}.partners.search.find_partner": ("_find", "frappe.get_list"),
	# For other DocTypes these hand over to the method of Frappe they stand for, with whatever check it has.
	f"{DOORS}.get": ("refuse_unless_known",),
	f"{DOORS}.getdoc": ("may_know",),
	**{
		f"{DOORS}.{method}": ("_refuse_hidden_cards", "refuse_unless_known")
		for method in ("add_card", "update_order", "update_order_for_single_card")
	},
	f"{DOORS}.get_coords": ("_is_narrowed", "rows.known_records"),
	f"{DOORS}.get_count": ("_count_known",),
	f"{DOORS}.get_link_title": ("may_know",),
	f"{DOORS}.get_open_count": ("refuse_unless_known",),
	# The finders ask with get_list; Frappe's own answer is cleared of guarded DocTypes.
	f"{DOORS}.search_everywhere": ("guarded.is_guarded",),
	f"{DOORS}.search_link": ("_search", "guarded.is_guarded"),
	f"{DOORS}.search_widget": ("_search", "guarded.is_guarded"),
	f"{DOORS}.validate_link": ("may_know",),
	f"{DOORS}.validate_link_and_fetch": ("may_know",),
	# The register shows agreements marked for publication, to everybody.
	f"{PARTNERSHIPS}.public_pages.public_register.download_text": ("public_agreement", "published"),
}
