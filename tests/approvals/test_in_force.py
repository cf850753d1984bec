"""The end of an agreement's way and what comes after it; and agreements that were signed before the system."""

import frappe
import pytest
from dateutil.relativedelta import relativedelta
from frappe.utils import add_days, getdate, nowdate

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.partnerships.agreements import signing
from city_diplomacy.partnerships.agreements.existing import record_existing
from tests import factories
from tests.approvals import scenes

# Signing, and what comes after it


def sign(agreement, signed_on: str | None = None, **fields):
	return signing.sign(agreement.name, signed_on or nowdate(), **fields)


def test_nothing_is_signed_before_its_time():
	agreement = scenes.under_way()
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="Ready to Sign"):
		sign(agreement)


def test_signing_in_the_future_or_without_the_role_is_refused():
	agreement = scenes.ready_to_sign()
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="future"):
		sign(agreement, add_days(nowdate(), 1))
	with factories.acting_as(factories.make_person(LEGAL).name), pytest.raises(frappe.PermissionError):
		sign(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_the_signature_fills_in_its_days():
	agreement = scenes.ready_to_sign(
		term_months=12, signatories=[{"side": "Ours", "signatory": "A. Mayor", "capacity": "Mayor"}]
	)
	with factories.acting_as(scenes.manager()):
		signed = sign(agreement)
	today = getdate(nowdate())
	assert getdate(signed.signed_on) == getdate(signed.effective_date) == today
	assert getdate(signed.expiry_date) == today + relativedelta(months=12)
	assert getdate(signed.signatories[0].signed_on) == today
	assert (signed.workflow_state, signed.docstatus) == ("Active", 1)


def test_text_changed_beneath_the_engine_is_not_signed():
	agreement = scenes.ready_to_sign()
	frappe.db.set_value("MOU", agreement.name, "purpose", "Something else.", update_modified=False)
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="not what was cleared"):
		sign(agreement)


def ends_on(agreement, day) -> None:
	frappe.db.set_value(
		"MOU",
		agreement.name,
		{"signed_on": "2023-11-01", "effective_date": "2023-11-01", "expiry_date": day},
	)


def test_the_calendar_ends_an_agreement_once():
	ended, lasting = scenes.in_force(), scenes.in_force(title="Still in force")
	ends_on(ended, add_days(nowdate(), -1))
	ends_on(lasting, nowdate())
	signing.expire_agreements()
	signing.expire_agreements()
	assert (scenes.state_of(ended), scenes.state_of(lasting)) == ("Expired", "Active")
	assert scenes.events_of(ended).count("Standing Changed") == 1


def test_one_agreement_whose_dates_contradict_each_other_ends_with_the_others():
	broken, ended = scenes.in_force(), scenes.in_force(title="Its term ended")
	ends_on(broken, add_days(nowdate(), -1))
	frappe.db.set_value("MOU", broken.name, "effective_date", nowdate())
	ends_on(ended, add_days(nowdate(), -1))
	signing.expire_agreements()
	assert (scenes.state_of(broken), scenes.state_of(ended)) == ("Expired", "Expired")
	# Its dates were changed beneath the engine, which is all that is found.
	problems = {found["problem"] for found in entries.verify("MOU", broken.name)["findings"]}
	changed = ("Expiry date", "Signed on")
	assert problems == {f"The document is not what was recorded: {label}." for label in changed}


def test_an_agreement_without_a_last_day_gets_no_job():
	ended, open_ended = scenes.in_force(), scenes.in_force(title="Until further notice")
	ends_on(ended, add_days(nowdate(), -1))
	jobs = []
	scenes.without_workers(
		signing.expire_agreements, lambda method, **options: jobs.append(options["agreements"])
	)
	named = [name for batch in jobs for name in batch]
	assert ended.name in named
	assert open_ended.name not in named


def test_what_the_calendar_ends_is_told_by_its_ledger_as_any_other_change_of_standing():
	ended = scenes.in_force()
	ends_on(ended, add_days(nowdate(), -1))
	signing.expire_agreements()
	route, last = scenes.route_of(ended), scenes.entries_of(ended)[-1]
	assert (last.event, route.workflow_state) == ("Standing Changed", "Expired")
	assert (route.ledger_head, route.ledger_count) == (last.entry_hash, last.sequence)


def test_an_agreement_takes_the_place_of_the_one_it_supersedes():
	old = scenes.in_force()
	new = scenes.in_force(supersedes=old.name, title="Its successor")
	stored = frappe.get_doc("MOU", old.name)
	assert (stored.workflow_state, stored.superseded_by) == ("Superseded", new.name)
	assert scenes.events_of(old)[-1] == "Standing Changed"


def test_a_standing_changes_with_a_reason_and_by_a_manager():
	agreement = scenes.in_force()
	with factories.acting_as(scenes.office()), pytest.raises(frappe.PermissionError):
		routes.change_standing("MOU", agreement.name, "Suspended", "An election there.")
	with factories.acting_as(scenes.manager()):
		with pytest.raises(ApprovalError, match="Say why"):
			routes.change_standing("MOU", agreement.name, "Suspended", " ")
		with pytest.raises(ApprovalError, match="cannot become"):
			routes.change_standing("MOU", agreement.name, "Draft", "Again from the start.")
		with pytest.raises(ApprovalError, match="already"):
			routes.change_standing("MOU", agreement.name, "Active", "It is.")
		routes.change_standing("MOU", agreement.name, "Suspended", "An election there.")
	assert scenes.state_of(agreement) == "Suspended"


@pytest.mark.parametrize("state", ["Active", "Suspended", "Expired", "Superseded"])
def test_what_was_terminated_stays_terminated(state):
	agreement = scenes.in_force()
	with factories.acting_as(scenes.manager()):
		routes.change_standing("MOU", agreement.name, "Terminated", "The other side gave notice.")
		with pytest.raises(ApprovalError, match="cannot become"):
			routes.change_standing("MOU", agreement.name, state, "We changed our mind.")
	assert scenes.state_of(agreement) == "Terminated"


# Agreements from before


def existing(state: str | None = None, **values):
	template = {
		"title": "Understanding of 1998",
		"purpose": "Learn from each other.",
		"agreement_type": factories.make_agreement_type().name,
		"sponsor": scenes.manager(),
		"parties": [
			{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
			{
				"side": "Counterpart",
				"party_type": "Partner City",
				"party": factories.make_partner_city("Split", "Croatia").name,
			},
		],
		"signed_on": "1998-05-01",
	}
	return record_existing({**template, **values}, scenes.evidence("Scan"), "From the archive.", state)


def test_an_agreement_from_before_is_recorded_with_its_source_and_shown_as_not_routed():
	with factories.acting_as(scenes.manager()):
		answer = existing()
	doc = frappe.get_doc("MOU", answer["name"])
	assert (doc.workflow_state, doc.docstatus, doc.existing_agreement) == ("Active", 1, 1)
	assert scenes.route_of(doc).outcome == "Not Routed Here"
	assert scenes.events_of(doc) == ["Existing Agreement Recorded"]
	assert approvals.view(doc)["ledger"]["intact"]


def test_an_agreement_from_before_that_has_ended_is_expired():
	with factories.acting_as(scenes.manager()):
		assert existing(expiry_date="2001-05-01")["workflow_state"] == "Expired"


def test_only_a_manager_records_an_agreement_from_before():
	with factories.acting_as(scenes.office()), pytest.raises(frappe.PermissionError):
		existing()


def test_an_agreement_from_before_is_not_recorded_as_a_draft():
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="is one of"):
		existing(state="Ready to Sign")


def test_an_agreement_from_before_takes_no_state_or_name_from_its_values():
	with factories.acting_as(scenes.manager()):
		answer = existing(
			workflow_state="Terminated", docstatus=2, name="MOU-1", doctype="ToDo", owner="Guest"
		)
	doc = frappe.get_doc("MOU", answer["name"])
	assert (doc.workflow_state, doc.docstatus) == ("Active", 1)
	assert doc.name != "MOU-1"
	assert doc.owner == scenes.manager()


def test_desk_sends_an_agreement_from_before_as_json(client):
	values = {
		"title": "Understanding of 1998",
		"purpose": "Learn from each other.",
		"agreement_type": factories.make_agreement_type().name,
		"sponsor": scenes.manager(),
		"parties": [
			{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
			{
				"side": "Counterpart",
				"party_type": "Partner City",
				"party": factories.make_partner_city("Split", "Croatia").name,
			},
		],
		"signed_on": "1998-05-01",
	}
	with factories.acting_as(scenes.manager()):
		source = scenes.evidence("Scan")
	answer = client(scenes.manager()).call(
		"city_diplomacy.partnerships.api.record_existing",
		values=frappe.as_json(values),
		source_file=source,
		reason="From the archive.",
	)
	assert answer.status_code == 200, answer.text
	assert answer.json["message"]["workflow_state"] == "Active"
