"""A new version of a list: everybody is screened again in lots; whoever goes on begins behind the last one written."""

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER, TRADE
from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.trade_promotion.screening import again, runs, screenings
from city_diplomacy.trade_promotion.screening.api import decide, screen_everybody
from tests.factories import (
	acting_as,
	import_version,
	make_party_screening,
	make_person,
	make_restricted_party_list,
	make_trade_lead,
)

FIRST = "id,name\n1,Novatech Marine\n"
SECOND = f"{FIRST}2,Harbor Robotics\n"


@pytest.fixture
def companies(monkeypatch):
	"""Three screened companies, and lots of one."""
	frappe.db.delete("Party Screening")
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)
	doc = make_restricted_party_list(content=FIRST)
	monkeypatch.setattr(runs, "LOT", 1)
	names = ("Novatech Marine Ltd", "Harbor Robotics", "Unlike Anybody")
	leads = {name: make_trade_lead(name) for name in names}
	for lead in leads.values():
		make_party_screening(lead, method=Method.AGAINST_LISTS)
	return doc, leads


def latest(lead):
	return screenings.latest("Trade Lead", lead.name)


def only_run():
	return frappe.get_all("Screening Run", {"status": "Finished"}, ["total", "examined", "changed"], limit=1)[
		0
	]


def test_an_import_has_everybody_screened_again(companies):
	doc, leads = companies
	before = {name: latest(lead).name for name, lead in leads.items()}
	decide(
		before["Novatech Marine Ltd"],
		latest(leads["Novatech Marine Ltd"]).candidates[0].name,
		"False Match",
		"No.",
	)
	import_version(doc, SECOND)
	doc.reload()
	after = {name: latest(lead) for name, lead in leads.items()}
	assert only_run() == {"total": 3, "examined": 3, "changed": 1}
	# What is as before is confirmed in place, with what was decided of it.
	assert after["Novatech Marine Ltd"].name == before["Novatech Marine Ltd"]
	assert after["Novatech Marine Ltd"].state == "Cleared"
	assert len(after["Novatech Marine Ltd"].decisions) == 1
	assert after["Harbor Robotics"].name != before["Harbor Robotics"]
	assert after["Harbor Robotics"].state == "To Be Decided"
	assert {row.version for one in after.values() for row in one.lists} == {doc.version}


def test_a_run_whose_worker_died_goes_on_behind_the_last_lot(companies, monkeypatch):
	_doc, leads = companies
	monkeypatch.setattr(runs, "_enqueue", lambda *args, **options: None)
	name = runs.start()
	runs.run(name)
	assert frappe.db.get_value(runs.RUN, name, ["status", "examined"]) == ("Running", 1)
	monkeypatch.undo()
	monkeypatch.setattr(runs, "LOT", 1)
	runs.go_on()
	assert frappe.db.get_value(runs.RUN, name, "examined") == 1, "it is still alive"
	frappe.db.set_value(runs.RUN, name, "progressed_on", "2020-01-01")
	runs.go_on()
	assert frappe.db.get_value(runs.RUN, name, ["status", "examined", "total"]) == ("Finished", 3, 3)
	assert frappe.db.count("Party Screening") == len(leads)


def test_a_job_that_runs_twice_does_nothing_the_second_time(companies):
	import_version(companies[0], SECOND)
	(name,) = frappe.get_all(
		runs.RUN, {"status": "Finished"}, pluck="name", order_by="creation desc", limit=1
	)
	count = frappe.db.count("Party Screening")
	runs.run(name)
	assert frappe.db.count("Party Screening") == count
	assert frappe.db.get_value(runs.RUN, name, "examined") == 3


def test_a_newer_version_ends_the_run_of_the_one_before(companies, monkeypatch):
	monkeypatch.setattr(runs, "_enqueue", lambda *args, **options: None)
	first, second = runs.start(), runs.start()
	assert frappe.db.get_value(runs.RUN, first, "status") == "Failed"
	assert "began to be screened again meanwhile" in runs.why(frappe.get_doc(runs.RUN, first))
	assert frappe.db.get_value(runs.RUN, second, "status") == "Queued"


def test_a_run_that_fails_says_so_and_the_next_begins_with_the_first(companies, monkeypatch):
	monkeypatch.setattr(runs, "_enqueue", lambda *args, **options: None)
	second = frappe.get_all("Party Screening", pluck="name", order_by="name asc")[1]
	stored = frappe.db.get_value("Party Screening", second, ["subject_type", "subject"], as_dict=True)
	nobody = {"subject_type": "User", "subject": "Administrator"}
	frappe.db.set_value("Party Screening", second, nobody)
	name = runs.start()
	runs.run(name)
	frappe.db.commit()
	runs.run(name)
	assert frappe.db.get_value(runs.RUN, name, ["status", "examined"]) == ("Failed", 1)
	assert "begins anew, with the first" in runs.why(frappe.get_doc(runs.RUN, name))
	frappe.db.set_value("Party Screening", second, stored)
	name = screen_everybody()["name"]
	assert frappe.db.get_value(runs.RUN, name, ["reached", "examined", "total"]) == ("", 0, 3)


def test_who_was_screened_elsewhere_is_not_screened_again(companies):
	elsewhere = make_party_screening(make_trade_lead("Screened By Others"))
	import_version(companies[0], f"{SECOND}3,Screened By Others\n")
	assert only_run()["total"] == 3
	assert not frappe.db.get_value("Party Screening", elsewhere.name, "superseded_by")
	assert not screenings.latest("Trade Lead", elsewhere.subject)


def test_who_is_gone_is_left_out(companies):
	_doc, leads = companies
	old = latest(leads["Unlike Anybody"])
	frappe.db.delete("Trade Lead", {"name": leads["Unlike Anybody"].name})
	assert again.screen_again([old.name]) == 0


def test_who_keeps_the_lists_has_everybody_screened_again(companies):
	with acting_as(make_person(OFFICER).name), pytest.raises(frappe.PermissionError):
		screen_everybody()
	with acting_as(make_person(TRADE).name):
		name = screen_everybody()["name"]
		frappe.db.commit()
	assert frappe.db.get_value(runs.RUN, name, "status") == "Finished"
