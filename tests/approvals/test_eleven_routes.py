"""Eleven cities' practices as policies without code: each example is imported as it is shipped, and routes as its source says.

One table says who is asked, stage by stage, for an agreement that sets off no condition and for one that sets
off all of them.
"""

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, LEGAL, MANAGER, MAYOR
from city_diplomacy.partnership_approvals.policies import examples
from city_diplomacy.partnership_approvals.routing import planning
from tests import factories
from tests.approvals import scenes

# Who is asked about a small friendship that touches the port alone. "|" parts seats asked at the same time.
PLAIN = {
	"anacortes": ["City Clerk-Treasurer | City Attorney | Port | Contract Specialist"],
	"composite": ["City Attorney | Finance | Port", "Mayor or City Manager"],
	"covington": ["City Solicitor", "Finance Director", "City Manager", "Mayor"],
	"hudson": ["City Council", "City Solicitor", "City Council"],
	"miami": ["City Manager"],
	"pickering": ["Mayor"],
	"portland": ["Mayor", "Director of International Relations", "Mayor", "City Council", "City Clerk"],
	"redwood_city": ["Recommending Council Member", "City Council", "Mayor", "Recognition"],
	"san_rafael": ["City Attorney", "Counterparty", "City Attorney", "City Manager", "City Clerk"],
	"small_office": ["City Attorney", "Mayor or City Manager", "City Clerk"],
	"toronto": ["City Solicitor", "Port"],
}

# Who is asked when it is a dear agreement with a sister that sends people abroad; only what differs.
WITH_CONDITIONS = {
	**PLAIN,
	"composite": [
		"City Attorney | Finance | Port | Ethics",
		"Mayor or City Manager",
		"City Council, through its clerk",
	],
	"miami": ["International Council"],
	"pickering": ["City Council"],
	"redwood_city": [
		"Recommending Council Member",
		"City Council",
		"Mayor | Counterpart's Leader",
		"Recognition",
	],
	"san_rafael": [
		"City Attorney",
		"Counterparty",
		"City Council",
		"City Attorney",
		"City Manager",
		"City Clerk",
	],
	"toronto": ["City Solicitor", "City Council"],
}


@pytest.fixture
def city():
	"""A city with a finance and an ethics office, and the port whose agreement it is."""
	scenes.set_settings(
		finance_department=factories.make_department("City Finance").name,
		ethics_department=factories.make_department("Board of Ethics").name,
	)
	return factories.make_department("Port").name


def friendship(port: str):
	return scenes.draft_by(
		scenes.office(),
		agreement_type=factories.make_agreement_type("Small Friendship").name,
		counterpart_must_sign=0,
		departments=[{"department": port}],
	)


def sisterhood(port: str):
	kind = factories.make_agreement_type("Large Sister City", council_must_adopt=1, counterpart_must_sign=1)
	return scenes.draft_by(
		scenes.office(),
		agreement_type=kind.name,
		financial_value=250_000,
		travel_or_gifts=1,
		departments=[{"department": port}],
	)


def imported(name: str):
	with factories.acting_as("Administrator"):
		return frappe.get_doc({"doctype": "Routing Policy", **examples.values_of(name)}).insert()


def asked(policy, agreement) -> list[str]:
	stages = planning.plan(policy, frappe.get_doc("MOU", agreement.name))
	return [" | ".join(question.seat for question in stage.questions) for stage in stages]


def test_the_table_knows_every_example():
	assert examples.names() == sorted(PLAIN) == sorted(WITH_CONDITIONS)


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_the_same_agreement_goes_each_citys_way(name, city):
	policy = imported(name)
	policy.submit()
	assert asked(policy.name, friendship(city)) == PLAIN[name]


@pytest.mark.parametrize("name", sorted(WITH_CONDITIONS))
def test_what_the_agreement_says_brings_in_the_seats_it_should(name, city):
	assert asked(imported(name), sisterhood(city)) == WITH_CONDITIONS[name]


def test_toronto_asks_the_city_manager_where_no_division_is_named(city):
	without = scenes.draft_by(scenes.office(), financial_value=100_000)
	assert asked(imported("toronto"), without) == ["City Solicitor", "City Manager"]


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_an_example_stands_on_any_site_and_says_why_and_whence(name):
	values = examples.values_of(name)
	fields = {field for rule in values["rules"] for field in rule}
	assert fields.isdisjoint({"user", "fallback_user", "escalates_to", "department", "condition"})
	assert all(len(rule["why"].split()) > 4 for rule in values["rules"])
	assert {rule.get("role") for rule in values["rules"]} <= {None, LEGAL, MAYOR, CLERK, MANAGER}
	assert "Source:" in values["description"] or name in ("composite", "small_office")


def test_anacortes_lets_two_of_four_pass_it_on_and_san_rafael_records_the_counterparty():
	passed_on = {rule["seat"] for rule in examples.values_of("anacortes")["rules"] if rule.get("may_forward")}
	assert passed_on == {"City Clerk-Treasurer", "City Attorney"}
	(counterparty,) = (
		rule for rule in examples.values_of("san_rafael")["rules"] if rule["seat"] == "Counterparty"
	)
	assert counterparty["recorded_decision_allowed"] == 1
