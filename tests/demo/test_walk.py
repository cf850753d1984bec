"""The agreement `make demo` shows on its way."""

import frappe

from city_diplomacy.demo import city, removal, walk
from city_diplomacy.partnership_approvals.ledger import entries


def test_the_walk_tells_who_was_asked_what_they_said_and_that_the_ledger_holds(loaded):
	told: list[str] = []
	name = walk.walk(told.append)
	story = "\n".join(told)
	assert frappe.db.get_value("MOU", name, "workflow_state") == "Active"
	assert entries.verify("MOU", name)["intact"]
	assert "City Attorney Counsel, for City Attorney, is asked by" in story
	assert "The city attorney clears every agreement as to form and legality." in story
	assert walk.QUESTION in story
	assert "Clear with Conditions. Travel fits the budget." in story
	assert "Verified: " in story


def test_each_walk_takes_a_fresh_agreement_that_goes_with_the_city(loaded):
	first, second = walk.walk(lambda line: None), walk.walk(lambda line: None)
	assert first != second
	assert not city.load_city(force=True, folder=loaded).made
	assert not removal.remove_city().stays
	assert not frappe.db.exists("MOU", second)
