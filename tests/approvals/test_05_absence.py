"""Property 5: a vacant head falls to the acting head, then to a named seat; the record says for whom.

Delegation and forwarding are in `test_05_delegation.py`.
"""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, MANAGER
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def people() -> dict[str, str]:
	return {
		who: factories.make_user(f"{who}@city.example", DEPARTMENT).name
		for who in ("head", "acting", "named", "fallback")
	}


def asked(department: str, **fields):
	scenes.make_policy(
		scenes.rule("Harbor", asked_of="Department Head", department=department, **fields), title="Absence"
	)
	(row,) = factories.clearances_of(scenes.under_way(), "Pending")
	return row


def disable(user: str) -> None:
	frappe.db.set_value("User", user, "enabled", 0)
	frappe.clear_document_cache("User", user)


def test_the_head_is_asked(people):
	harbor = factories.make_department("Harbor", head=people["head"], acting_head=people["acting"]).name
	row = asked(harbor)
	assert (row.put_to, row.basis) == (people["head"], "head")


def test_without_a_head_the_acting_head_is_asked(people):
	harbor = factories.make_department("Harbor", acting_head=people["acting"]).name
	row = asked(harbor)
	assert (row.put_to, row.basis) == (people["acting"], "acting head")


def test_a_head_whose_account_is_disabled_is_a_vacant_head(people):
	harbor = factories.make_department("Harbor", head=people["head"], acting_head=people["acting"]).name
	disable(people["head"])
	row = asked(harbor)
	assert (row.put_to, row.basis) == (people["acting"], "acting head")


def test_without_either_the_rules_named_person_is_asked(people):
	row = asked(factories.make_department("Harbor").name, fallback_user=people["fallback"])
	assert (row.put_to, row.basis) == (people["fallback"], "fallback")


def test_without_a_rules_named_person_the_settings_are_asked(people):
	scenes.set_settings(vacant_seat_user=people["named"])
	row = asked(factories.make_department("Harbor").name)
	assert (row.put_to, row.basis) == (people["named"], "fallback")


def test_a_seat_nobody_can_fill_stops_the_agreement_before_it_sets_out():
	with pytest.raises(ApprovalError, match="Nobody can answer for Harbor"):
		asked(factories.make_department("Harbor").name)


def test_a_vacant_seat_may_be_answered_by_letter_where_the_rule_says_so():
	row = asked(factories.make_department("Harbor").name, recorded_decision_allowed=1)
	assert (row.put_to, row.basis) == (None, "vacant")
	with factories.acting_as(factories.make_person(MANAGER).name):
		decide.record_decision(row.name, "Clear", "By letter of the port director.", scenes.evidence())
	entry = scenes.entries_of(frappe.get_doc("MOU", row.reference_name))[-2]
	assert (entry.decision, entry.acting_for) == ("Clear", "Harbor")


def test_the_ledger_says_who_entered_it_and_for_whom(people):
	harbor = factories.make_department("Harbor", head=people["head"]).name
	row = asked(harbor, recorded_decision_allowed=1)
	manager = factories.make_person(MANAGER).name
	with factories.acting_as(manager):
		decide.record_decision(row.name, "Object", "By letter: the berth is let.", scenes.evidence())
	(entry,) = [
		entry
		for entry in scenes.entries_of(frappe.get_doc("MOU", row.reference_name))
		if entry.event == "Decision Recorded"
	]
	assert (entry.actor, entry.acting_for, entry.seat) == (manager, people["head"], "Harbor")


def test_a_head_who_stands_aside_is_followed_by_the_acting_head(people):
	harbor = factories.make_department("Harbor", head=people["head"], acting_head=people["acting"]).name
	row = asked(harbor)
	factories.decide(row, "Recuse", "My brother owns the berth.")
	agreement = frappe.get_doc("MOU", row.reference_name)
	(next_row,) = factories.clearances_of(agreement, "Pending")
	assert (next_row.seat, next_row.put_to) == ("Harbor", people["acting"])
	factories.decide(next_row)
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_nobody_who_stood_aside_gets_the_seat_back(people):
	harbor = factories.make_department("Harbor", head=people["head"], acting_head=people["acting"]).name
	row = asked(harbor, fallback_user=people["head"], recorded_decision_allowed=1)
	agreement = frappe.get_doc("MOU", row.reference_name)
	factories.decide(row, "Recuse", "My brother owns the berth.")
	(second,) = factories.clearances_of(agreement, "Pending")
	factories.decide(second, "Recuse", "I own the other half.")
	(third,) = factories.clearances_of(agreement, "Pending")
	assert (third.put_to, third.basis) == (None, "vacant")
	assert scenes.state_of(agreement) == "In Clearance"


def test_a_text_changed_after_somebody_stood_aside_asks_his_successor_again():
	head, acting = (
		factories.make_user(f"{who}.aside@city.example", DEPARTMENT).name for who in ("head", "acting")
	)
	harbor = factories.make_department("Harbor", head=head, acting_head=acting).name
	scenes.make_policy(
		scenes.rule("Harbor", asked_of="Department Head", department=harbor, mandatory=1),
		scenes.rule("Finance", user=factories.make_user("finance.aside@city.example", DEPARTMENT).name),
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Recuse", "My brother owns the berth.")
	factories.decide(scenes.clearance_for(agreement, "Harbor"))
	with factories.acting_as(scenes.office()):
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.purpose = "Something else."
		agreement.save()
	assert scenes.clearance_for(agreement, "Harbor").put_to == acting
	assert factories.decide_all(agreement).workflow_state == "Ready to Sign"


def test_a_seat_that_is_not_mandatory_no_longer_counts_when_all_who_could_fill_it_stood_aside(people):
	scenes.make_policy(
		scenes.rule("Harbor", user=people["head"]), scenes.rule("Law", user=people["named"]), title="Absence"
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Recuse", "My brother owns the berth.")
	assert [row.seat for row in factories.clearances_of(agreement, "Pending")] == ["Law"]
	factories.decide(scenes.clearance_for(agreement, "Law"))
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_a_mandatory_seat_stays_open_when_all_who_could_fill_it_stood_aside(people):
	scenes.make_policy(scenes.rule("Harbor", user=people["head"], mandatory=1), title="Absence")
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Recuse", "My brother owns the berth.")
	(row,) = factories.clearances_of(agreement, "Pending")
	assert (row.put_to, row.basis) == (None, "vacant")
	assert scenes.state_of(agreement) == "In Clearance"


def test_a_delegate_whose_account_is_disabled_gets_no_to_do_and_no_message(people):
	for delegate in ("acting", "named"):
		with factories.acting_as(people["head"]):
			frappe.get_doc(
				{
					"doctype": "Approval Delegation",
					"delegator": people["head"],
					"delegate": people[delegate],
					"document_type": "MOU" if delegate == "named" else None,
					"from_date": frappe.utils.nowdate(),
					"to_date": frappe.utils.nowdate(),
					"reason": "On leave.",
				}
			).insert()
	disable(people["acting"])
	scenes.make_policy(scenes.rule("Harbor", user=people["head"]), title="Absence")
	row = scenes.clearance_for(scenes.under_way(), "Harbor")
	reached = sorted((people["head"], people["named"]))
	todos = frappe.get_all("ToDo", {"reference_name": row.name}, pluck="allocated_to")
	notices = frappe.get_all("Approval Notice", {"clearance": row.name}, pluck="for_user")
	assert (sorted(todos), sorted(notices)) == (reached, reached)
