"""Property 1: an act reads the clearances of its route once, with their locks; what it holds is what is stored.

Each act below goes on with a route that has read its clearances already. Were one written past it, the same act
would judge what is not so any more.
"""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER
from city_diplomacy.partnership_approvals.engine import advance, decide, renames, routes, seats
from city_diplomacy.partnership_approvals.ledger import notes
from tests import factories
from tests.approvals import scenes
from tests.static.sources import APP, calls_in, dotted_name, python_files, tree_of

WRITER = APP / "partnership_approvals" / "engine" / "clearance_rows.py"


@pytest.fixture
def in_hand() -> routes.Route:
	"""The route of an agreement that two seats are asked about, and the mayor after them."""
	law, mayor = (factories.make_person(role).name for role in (LEGAL, MANAGER))
	finance = factories.make_user("finance@city.example", LEGAL).name
	scenes.make_policy(
		scenes.rule("Law", user=law, mandatory=1, watched_fields="title"),
		scenes.rule("Finance", user=finance, mandatory=1, watched_fields="purpose"),
		scenes.rule("Mayor", user=mayor, mandatory=1, stage=2, workflow_state="Mayor's Decision"),
	)
	agreement = scenes.under_way()
	route = routes.lock("MOU", agreement.name)
	assert len(list(route.clearances)) == 2
	return route


def answer(route: routes.Route, seat: str, decision: str = "Clear") -> None:
	row = next(row for row in route.clearances.in_states("Pending") if row.seat == seat)
	people = {"actor": row.put_to, "acting_for": None, "authority": None}
	with factories.acting_as(row.put_to):
		decide.enter(route, row, decision, "" if decision == "Clear" else "Reasons.", "", people)
		routes.follow_answer(route)


def change_title(route: routes.Route) -> None:
	frappe.db.set_value("MOU", route.row.reference_name, "title", "Another title")
	advance.follow_other_text(route, route.document(), "It has another title.", ["Title"])


def one_answers(route):
	answer(route, "Law")


def one_stands_aside(route):
	answer(route, "Law", "Recuse")


def the_stage_ends(route):
	answer(route, "Law")
	answer(route, "Finance")


def it_goes_back(route):
	answer(route, "Law", "Return")


def the_text_changes_under_an_answer(route):
	answer(route, "Law")
	change_title(route)


def the_text_changes_in_the_next_stage(route):
	the_stage_ends(route)
	change_title(route)


def an_answer_is_carried_over(route):
	the_text_changes_under_an_answer(route)
	frappe.db.set_value("MOU", route.row.reference_name, "title", factories.make_agreement().title)
	renames.keep_answers(route, route.document(), lambda row, watched: row.content_hash)


def an_account_gets_another_name(route):
	row = next(row for row in route.clearances if row.seat == "Law")
	route.clearances.change(row, acting_for="before@city.example")
	route.clearances.follow_account("before@city.example", "now@city.example")


def a_row_locked_by_its_name_is_written(route):
	first = next(iter(route.clearances))
	route.clearances.change(seats.locked(first.name), put_to="somebody@city.example")


ACTS = (
	one_answers,
	one_stands_aside,
	the_stage_ends,
	it_goes_back,
	the_text_changes_under_an_answer,
	the_text_changes_in_the_next_stage,
	an_answer_is_carried_over,
	an_account_gets_another_name,
	a_row_locked_by_its_name_is_written,
)


def as_told(route: routes.Route) -> dict[str, dict[str, object]]:
	"""Every column of every clearance, in the form in which the ledger tells values."""
	columns = {**notes.told_columns(), "next_escalation": "Date"}
	return {
		row.name: {column: notes.written(kind, row.get(column)) for column, kind in columns.items()}
		for row in route.clearances
	}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_an_act_holds_is_what_is_stored(in_hand, act):
	before = as_told(in_hand)
	act(in_hand)
	after = as_told(in_hand)
	assert after != before
	assert after == as_told(routes.lock("MOU", in_hand.row.reference_name))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_an_act_holds_is_in_the_order_in_which_it_was_asked(in_hand, act):
	act(in_hand)
	stored = routes.lock("MOU", in_hand.row.reference_name)
	assert [row.name for row in in_hand.clearances][2:] == [row.name for row in stored.clearances][2:]


def test_the_engine_writes_clearances_in_one_place():
	others = [
		f"{path.relative_to(APP)}:{call.lineno}"
		for path in python_files(APP / "partnership_approvals" / "engine")
		if path != WRITER
		for call in calls_in(tree_of(path))
		if (dotted_name(call.func) or "").startswith(
			("frappe.db.set_value", "frappe.db.bulk_insert", "frappe.qb.update")
		)
		and any(
			"Clearance" in str(getattr(arg, "value", "")) or getattr(arg, "id", "") == "CLEARANCE"
			for arg in call.args
		)
	]
	assert others == []
