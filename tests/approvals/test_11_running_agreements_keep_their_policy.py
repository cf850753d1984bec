"""Property 11, as far as it is recorded: an agreement under way keeps the version of the policy it began with."""

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
