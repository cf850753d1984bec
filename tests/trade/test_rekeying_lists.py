"""Keys another version of the code made are made anew: by jobs after an upgrade, and by the next import."""

import frappe
import pytest

from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.trade_promotion.screening import keys, runs, screenings
from tests.factories import import_version, make_party_screening, make_restricted_party_list, make_trade_lead

CONTENT = "id,name\n1,Novatech Marine\n2,Harbor Robotics\n3,New Metals\n"


@pytest.fixture
def outdated():
	"""A list whose keys an earlier version made, under which nothing is found any more, and a company on it."""
	frappe.db.delete("Party Screening")
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)
	doc = make_restricted_party_list(content=CONTENT)
	frappe.db.set_value("Restricted Party Key", {"name": ["is", "set"]}, "name_key", "of before")
	frappe.db.set_value("Restricted Party List", doc.name, "keys_version", keys.KEYS_VERSION - 1)
	frappe.db.commit()
	return doc


@pytest.fixture
def lead():
	return make_trade_lead("Novatech Marine Ltd")


def state_of(lead) -> str:
	return screenings.latest("Trade Lead", lead.name).state


def keys_of_before() -> int:
	return frappe.db.count("Restricted Party Key", {"name_key": "of before"})


def version_of(doc) -> int:
	return frappe.db.get_value("Restricted Party List", doc.name, "keys_version")


def test_an_upgrade_makes_them_anew_and_has_everybody_screened_again(outdated, lead):
	make_party_screening(lead, method=Method.AGAINST_LISTS)
	assert state_of(lead) == "No Candidate"
	for path in frappe.get_hooks("after_migrate"):
		if path.startswith(keys.__name__):
			frappe.get_attr(path)()
	frappe.db.commit()
	assert version_of(outdated) == keys.KEYS_VERSION
	assert keys_of_before() == 0
	assert state_of(lead) == "To Be Decided"


def test_a_worker_that_died_loses_one_lot_and_the_next_hour_goes_on(outdated, monkeypatch):
	monkeypatch.setattr(keys, "LOT", 1)
	monkeypatch.setattr(keys, "_enqueue", lambda *args: None)
	keys.rekey(outdated.name)
	left = keys_of_before()
	assert 0 < left < frappe.db.count("Restricted Party Key")
	monkeypatch.undo()
	monkeypatch.setattr(keys, "LOT", 1)
	done = written(outdated)
	keys.enqueue_outdated()
	frappe.db.commit()
	assert keys_of_before() == 0
	assert done <= written(outdated), "what was done is not done twice"


def written(doc) -> set[str]:
	return set(
		frappe.get_all("Restricted Party Key", {"name_key": ["!=", "of before"]}, pluck="name", limit=0)
	)


def test_what_a_version_between_made_is_made_anew_as_well(outdated, monkeypatch):
	monkeypatch.setattr(keys, "LOT", 1)
	between = f"{keys.KEYS_VERSION - 1} zzzz"
	frappe.db.set_value("Restricted Party List", outdated.name, "rekeyed_to", between)
	keys.rekey_all(outdated.name)
	assert keys_of_before() == 0


def test_importing_the_same_file_makes_them_anew_too(outdated, lead):
	make_party_screening(lead, method=Method.AGAINST_LISTS)
	tally = import_version(outdated, CONTENT)
	frappe.db.commit()
	assert (tally.read, version_of(outdated), keys_of_before()) == (0, keys.KEYS_VERSION, 0)
	assert state_of(lead) == "To Be Decided"


def test_keys_that_are_right_are_left_alone(outdated):
	keys.rekey_all(outdated.name)
	before, started = written(outdated), frappe.db.count(runs.RUN)
	keys.enqueue_outdated()
	keys.rekey(outdated.name)
	import_version(outdated, CONTENT)
	frappe.db.commit()
	assert written(outdated) == before
	assert frappe.db.count(runs.RUN) == started


def test_a_person_does_not_say_of_which_version_they_are(outdated):
	outdated.reload()
	outdated.update({"keys_version": keys.KEYS_VERSION, "rekeyed_to": "x"})
	outdated.save()
	assert version_of(outdated) == keys.KEYS_VERSION - 1
