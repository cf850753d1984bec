"""Dotted paths a site of release 1.0 has stored (jobs, schedule, bookmarks, dashboards) still lead to what they named."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER
from city_diplomacy.hooks import override_whitelisted_methods, scheduler_events
from tests import factories

APPROVALS, PARTNERSHIPS = "city_diplomacy.partnership_approvals", "city_diplomacy.partnerships"

# Queued by code, or in the schedule, of release 1.0; with where each is now.
JOBS = {
	f"{APPROVALS}.notice_delivery.deliver": f"{APPROVALS}.notices.deliver.deliver",
	f"{APPROVALS}.escalations.run": f"{APPROVALS}.engine.escalate.run",
	f"{APPROVALS}.escalations.escalate_batch": f"{APPROVALS}.engine.escalate.escalate_batch",
	f"{APPROVALS}.escalations.escalate_if_due": f"{APPROVALS}.engine.escalate.escalate_if_due",
	f"{APPROVALS}.disposal.dispose_by_schedule": f"{APPROVALS}.records.disposal.dispose_by_schedule",
	f"{APPROVALS}.ledger_watch.verify_ledgers": f"{APPROVALS}.records.watch.verify_ledgers",
	f"{APPROVALS}.ledger_watch.export_heads": f"{APPROVALS}.records.watch.export_heads",
	f"{APPROVALS}.ledger_baselines.write_entries": f"{APPROVALS}.ledger.baselines.write_entries",
	f"{PARTNERSHIPS}.standing.expire_agreements": f"{PARTNERSHIPS}.agreements.signing.expire_agreements",
	f"{PARTNERSHIPS}.standing.expire_batch": f"{PARTNERSHIPS}.agreements.signing.expire_batch",
	f"{PARTNERSHIPS}.standing.expire": f"{PARTNERSHIPS}.agreements.signing.expire",
	f"{PARTNERSHIPS}.agreement_names.refresh_agreements_with": f"{PARTNERSHIPS}.agreements.names.refresh_agreements_with",
	"city_diplomacy.trade_promotion.hs_nomenclature.load": "city_diplomacy.trade_promotion.hs_nomenclature.load",
}
# As docs/records.md told to run them.
COMMANDS = {
	f"{APPROVALS}.kept_heads.compare_with_export": f"{APPROVALS}.records.kept_heads.compare_with_export",
	f"{APPROVALS}.ledger_keys.show_ledger_key": f"{APPROVALS}.ledger.keys.show_ledger_key",
	f"{APPROVALS}.ledger_baselines.rotate_ledger_key": f"{APPROVALS}.ledger.baselines.rotate_ledger_key",
}
# What browsers called, and release 1.0 had in the modules that moved.
METHODS = [
	"partnership_approvals.council_api.record_council_action",
	"partnership_approvals.council_api.open_questions",
	"partnership_approvals.council_api.texts_to_amend",
	"partnership_approvals.records_api.mark_disclosure",
	"partnership_approvals.records_api.redact",
	"partnership_approvals.records_api.legal_hold",
	"partnership_approvals.records_api.export_record",
	"partnership_approvals.records_api.acts_on",
	"partnership_approvals.policy_api.list_examples",
	"partnership_approvals.policy_api.import_example",
	"partnership_approvals.policy_api.export_policy",
	"partnership_approvals.policy_api.import_policy",
	"partnership_approvals.policy_api.choices",
	"partnership_approvals.rehearsal_api.try_on",
	"partnership_approvals.rehearsal_api.what_if",
	"partnership_approvals.rehearsal_api.simulate",
	"partnership_approvals.form.for_form",
	"partnership_approvals.cards.count_waiting",
	"partnership_approvals.cards.count_overdue",
	"partnerships.renewals.count_ahead",
	"partnerships.search.find_partner",
	"partnerships.connections.count",
	"partnerships.public_register.download_text",
]


@pytest.mark.parametrize(("before", "now"), {**JOBS, **COMMANDS}.items())
def test_a_job_by_its_old_path_is_the_same_function(before, now):
	assert frappe.get_attr(before) is frappe.get_attr(now)


# Scheduled since.
NEW_JOBS = {
	"city_diplomacy.diplomatic_protocol.guests.needs.delete_needs",
	"city_diplomacy.diaspora_relations.duty_reminders.run",
	"city_diplomacy.diaspora_relations.registrations.forget_contacts",
	"city_diplomacy.diplomatic_protocol.visits.needs.delete_needs",
	"city_diplomacy.guest_links.schedule.follow_mails",
	"city_diplomacy.guest_links.schedule.run",
	"city_diplomacy.trade_promotion.screening.keys.enqueue_outdated",
	"city_diplomacy.trade_promotion.screening.runs.go_on",
}


def test_every_scheduled_job_has_its_old_path_or_is_new():
	scheduled = {path for paths in scheduler_events.values() for path in paths}
	assert scheduled <= set(JOBS.values()) | NEW_JOBS
	assert scheduled >= NEW_JOBS


@pytest.mark.parametrize("method", METHODS)
def test_a_method_by_its_old_path_leads_to_one_browsers_may_call(method):
	now = frappe.get_attr(override_whitelisted_methods[f"city_diplomacy.{method}"])
	assert now.__name__ == method.rpartition(".")[2]
	frappe.is_whitelisted(now)


@pytest.mark.real_site("Frappe leads a path to the method that answers in its place")
def test_a_dashboard_of_release_1_0_is_answered(client):
	manager = client(factories.make_person(MANAGER).name)
	before = manager.read(f"{APPROVALS}.cards.count_waiting", filters="[]")
	now = manager.read(f"{APPROVALS}.api.cards.count_waiting", filters="[]")
	assert before.status_code == now.status_code == 200
	assert before.json == now.json


@pytest.mark.real_site
@pytest.mark.parametrize("address", ["policy-lab", "policy-lab/Small Office v1", "policy-rehearsal/abc"])
@pytest.mark.parametrize("desk", ["app", "desk"])
def test_a_bookmark_of_desk_is_led_on(desk, address, client):
	answer = client(factories.make_person(MANAGER).name).get(f"/{desk}/{address}")
	assert answer.status_code == 302
	assert answer.headers["Location"].endswith(f"/{desk}/query-report/Policy%20Rehearsal")
