"""The 5,613 subheadings of the Harmonized System are loaded from Desk, once, and found by digits or by words."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, LEAD_CONVERSION, OFFICER, TRADE
from city_diplomacy.trade_promotion import hs_nomenclature
from city_diplomacy.trade_promotion.api import find_hs_code, load_hs_codes
from tests import factories

TARIFF = "Customs Tariff Number"


@pytest.fixture
def loaded():
	hs_nomenclature.load("Administrator")


def found(txt: str, role: str = TRADE) -> list[str]:
	with factories.acting_as(factories.make_person(role).name):
		return [row[0] for row in find_hs_code(TARIFF, txt, "name", 0, 20)]


@pytest.mark.parametrize("role", LEAD_CONVERSION)
def test_all_codes_are_loaded_by_a_job(role):
	with factories.acting_as(factories.make_person(role).name):
		load_hs_codes()
		frappe.db.commit()
	assert set(hs_nomenclature.subheadings()) <= set(frappe.get_all(TARIFF, pluck="name", limit=0))
	assert len(hs_nomenclature.subheadings()) == 5613


def test_loading_twice_adds_nothing_and_keeps_what_the_office_wrote(loaded):
	count = frappe.db.count(TARIFF)
	frappe.db.set_value(TARIFF, "090121", "description", "Our coffee")
	hs_nomenclature.load("Administrator")
	assert frappe.db.count(TARIFF) == count
	assert frappe.db.get_value(TARIFF, "090121", "description") == "Our coffee"
	with factories.acting_as(factories.make_person(TRADE).name):
		assert load_hs_codes() == {"missing": 0}


def test_nobody_else_loads_them():
	with factories.acting_as(factories.make_person(OFFICER).name), pytest.raises(frappe.PermissionError):
		load_hs_codes()


@pytest.mark.parametrize(
	("typed", "code"),
	[
		("coffee roasted", "090121"),
		("Roasted, not decaffeinated", "090121"),
		("0901.21", "090121"),
		("0901", "090111"),
	],
)
def test_a_code_is_found_by(loaded, typed, code):
	assert code in found(typed)


def test_a_code_is_found_by_words_erpnext_cut_off(loaded):
	code, text = next(item for item in hs_nomenclature.subheadings().items() if len(item[1]) > 200)
	assert code in found(text[150:190].partition(" ")[2])


def test_the_officer_s_own_words_are_found_too(loaded):
	frappe.get_doc({"doctype": TARIFF, "tariff_number": "98765432", "description": "Harbour cranes"}).insert()
	assert found("cranes harbour") == ["98765432"]


@pytest.mark.parametrize("typed", ["...", "coffee submarine"])
def test_what_does_not_fit_is_not_found(loaded, typed):
	assert found(typed) == []


def test_who_may_not_read_tariff_numbers_finds_none(loaded):
	with pytest.raises(frappe.PermissionError):
		found("coffee", COMMUNITY)


def test_a_load_whose_worker_was_killed_is_started_again(monkeypatch):
	"""Frappe leaves out a deduplicated job while Redis has one of its name as running, though nobody runs it."""
	started = []
	frappe.db.delete(TARIFF)
	monkeypatch.setattr(frappe, "enqueue", lambda method, **options: started.append(options))
	with factories.acting_as(factories.make_person(TRADE).name):
		assert [hs_nomenclature.enqueue_load() for _press in range(2)] == [5613, 5613]
	assert len(started) == 2
	assert not any(options.get("deduplicate") or options.get("job_id") for options in started)
