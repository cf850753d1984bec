"""Property 11: an agreement under way keeps its policy; moving it is an explicit, logged act."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, POLICY_ADMIN
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.policies import migration
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes


def two_stages(first: str, second: str):
	return (
		scenes.rule(first, user=factories.make_user(f"{first.lower()}@city.example").name),
		scenes.rule(
			second,
			user=factories.make_user(f"{second.lower()}@city.example").name,
			stage=2,
			workflow_state="Mayor's Decision",
		),
	)


def test_a_new_version_activated_meanwhile_does_not_change_who_is_asked_next():
	old = scenes.make_policy(*two_stages("Attorney", "Mayor"), title="Policy of 2025")
	agreement = scenes.under_way()
	new = scenes.make_policy(*two_stages("Finance", "Council"), title="Policy of 2026")
	factories.decide_all(agreement)
	assert [row.seat for row in factories.clearances_of(agreement, "Pending")] == ["Mayor"]
	assert scenes.route_of(agreement).policy == old.name
	factories.decide_all(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"

	later = scenes.under_way()
	assert scenes.route_of(later).policy == new.name
	assert [row.seat for row in factories.clearances_of(later, "Pending")] == ["Finance"]


def test_a_second_round_begins_with_the_policy_active_then():
	scenes.make_policy(*two_stages("Attorney", "Mayor"), title="Policy of 2025")
	agreement = scenes.under_way()
	new = scenes.make_policy(*two_stages("Finance", "Council"), title="Policy of 2026")
	factories.decide_all(agreement, "Return", "The annex is missing.")
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
	assert scenes.route_of(agreement).policy == new.name


def test_the_ledger_names_the_policy_of_every_entry():
	old = scenes.make_policy(*two_stages("Attorney", "Mayor"), title="Policy of 2025")
	agreement = scenes.under_way()
	scenes.make_policy(*two_stages("Finance", "Council"), title="Policy of 2026")
	factories.decide_all(agreement)
	started = [entry for entry in scenes.entries_of(agreement) if entry.round]
	assert started
	assert all(f'"policy":"{old.name}"' in entry.payload for entry in started)


# moving one on purpose


def versions_of_a_policy():
	"""Two versions; the second drops Finance and adds Ethics, and both ask the attorney by the same rule."""
	people = {
		seat: factories.make_user(f"{seat.lower()}@city.example", DEPARTMENT).name
		for seat in ("Attorney", "Finance", "Ethics")
	}
	attorney = scenes.rule("Attorney", user=people["Attorney"], rule_key="attorney01")
	old = scenes.make_policy(attorney, scenes.rule("Finance", user=people["Finance"]), title="Policy of 2025")
	agreement = scenes.under_way()
	new = scenes.make_policy(attorney, scenes.rule("Ethics", user=people["Ethics"]), title="Policy of 2026")
	return agreement, old, new


def test_the_difference_is_told_before_anything_moves():
	agreement, old, new = versions_of_a_policy()
	before = scenes.picture_of(agreement)
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		(row,) = migration.candidates(new.name)
	assert (row["name"], row["policy"]) == (agreement.name, old.name)
	assert (row["added"], row["dropped"], row["kept"]) == (["Ethics"], ["Finance"], ["Attorney"])
	assert scenes.picture_of(agreement) == before


def test_an_agreement_one_may_not_read_is_not_among_those_to_move():
	scenes.make_policy(*two_stages("Attorney", "Mayor"), title="Policy of 2025")
	known, hidden = scenes.under_way(), scenes.under_way(confidential=1)
	new = scenes.make_policy(*two_stages("Finance", "Council"), title="Policy of 2026")
	administrator = factories.make_person(POLICY_ADMIN).name
	assert not frappe.has_permission("MOU", "read", hidden, user=administrator)
	with factories.acting_as(administrator):
		assert [row["name"] for row in migration.candidates(new.name)] == [known.name]
	with factories.acting_as("Administrator"):
		assert {row["name"] for row in migration.candidates(new.name)} == {known.name, hidden.name}


def test_moving_keeps_answers_takes_back_what_is_dropped_and_asks_what_is_added():
	agreement, _old, new = versions_of_a_policy()
	factories.decide(scenes.clearance_for(agreement, "Attorney"))
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		migration.migrate("MOU", agreement.name, new.name, "The council adopted new rules.")
	assert [row.seat for row in factories.clearances_of(agreement, "Pending")] == ["Ethics"]
	assert scenes.clearance_for(agreement, "Finance", "Withdrawn")
	assert scenes.route_of(agreement).policy == new.name
	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Policy Changed"]
	assert "The council adopted new rules." in entry.remarks
	assert "Ethics" in entry.remarks
	assert entries.verify("MOU", agreement.name)["findings"] == []
	factories.decide_all(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_moving_needs_a_reason_the_role_and_a_document_under_way():
	agreement, old, new = versions_of_a_policy()
	before = scenes.picture_of(agreement)
	administrator = factories.make_person(POLICY_ADMIN).name
	with factories.acting_as(scenes.office()), pytest.raises(frappe.PermissionError):
		migration.migrate("MOU", agreement.name, new.name, "Because.")
	with factories.acting_as(administrator), pytest.raises(ApprovalError, match="why"):
		migration.migrate("MOU", agreement.name, new.name, " ")
	with factories.acting_as(administrator), pytest.raises(ApprovalError, match="already"):
		migration.migrate("MOU", agreement.name, old.name, "Because.")
	assert scenes.picture_of(agreement) == before


def test_an_answer_the_other_policy_does_not_ask_for_stays_on_record_and_counts_no_more():
	agreement, _old, new = versions_of_a_policy()
	factories.decide(scenes.clearance_for(agreement, "Finance"))
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		migration.migrate("MOU", agreement.name, new.name, "The council adopted new rules.")
	assert scenes.clearance_for(agreement, "Finance", "Decided")
	agreement = factories.decide_all(agreement)
	assert agreement.workflow_state == "Ready to Sign"
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
	assert scenes.state_of(agreement) == "Active"
