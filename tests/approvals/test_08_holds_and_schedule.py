"""Property 8, the lawful side: nothing goes under a legal hold, and by the schedule only what is due."""

import json

import frappe
import pytest
from frappe.utils import add_months, nowdate

from city_diplomacy.partnership_approvals.api import records
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import LegalHoldError, RecordsError
from city_diplomacy.partnership_approvals.records import disposal
from tests import clock, factories
from tests.approvals import scenes
from tests.approvals.custody import (
	SECRET,
	custodian,
	findings,
	returned_once,
	words_of,
	write,
)
from tests.desk.counting import counted_statements

pytestmark = pytest.mark.real_site


@pytest.fixture
def agreement():
	return returned_once()


def place_hold(agreement) -> None:
	with custodian():
		records.legal_hold("MOU", agreement.name, True, "A claim of the port workers.")


def lift_hold(agreement) -> None:
	with custodian():
		records.legal_hold("MOU", agreement.name, False, "The claim is settled.")


def test_nothing_is_redacted_under_a_hold(agreement):
	place_hold(agreement)
	with custodian(), pytest.raises(LegalHoldError):
		records.redact(words_of(agreement).name, "It names a patient.")
	lift_hold(agreement)
	with custodian():
		records.redact(words_of(agreement).name, "It names a patient.")
	assert findings(agreement) == []


def test_one_hold_at_a_time_and_none_to_lift_where_there_is_none(agreement):
	with custodian(), pytest.raises(RecordsError):
		records.legal_hold("MOU", agreement.name, False, "Nothing there.")
	place_hold(agreement)
	with custodian(), pytest.raises(RecordsError):
		records.legal_hold("MOU", agreement.name, True, "Another.")


def test_a_hold_taken_away_beneath_the_engine_is_named(agreement):
	place_hold(agreement)
	hold = frappe.get_last_doc("Legal Hold", {"reference_name": agreement.name})
	for values in ({"lifted_on": "2026-01-01 00:00:00"}, {"placed_sequence": 2}):
		frappe.db.savepoint("hold")
		write("Legal Hold", hold.name, **values)
		assert any("legal holds" in found["problem"] for found in findings(agreement)), values
		frappe.db.rollback(save_point="hold")
	frappe.db.delete("Legal Hold", {"name": hold.name})
	assert any("legal holds" in found["problem"] for found in findings(agreement))


def make_schedule(keep_years: int = 2, **fields):
	with custodian():
		return frappe.get_doc(
			{
				"doctype": "Records Schedule",
				"class_title": fields.pop("class_title", "Working papers of agreements"),
				"applies_to": "MOU",
				"keep_years": keep_years,
				"citation": "Resolution 2024-17",
				"active": 1,
				**fields,
			}
		).insert()


def ended(years_ago: int, **fields):
	"""A declined agreement whose approval ended so long ago, with a reason in its ledger."""
	with clock.set_to(f"{add_months(nowdate(), -12 * years_ago)} 10:00"):
		agreement = scenes.under_way(**fields)
		with factories.acting_as(scenes.office()):
			routes.withdraw("MOU", agreement.name, SECRET)
	return agreement


def remarks_of(agreement) -> list[str]:
	return [row.remarks for row in scenes.entries_of(agreement) if row.remarks]


def test_words_past_their_time_are_disposed_of_and_the_ledger_verifies():
	old, young = ended(3), ended(1)
	make_schedule()
	disposal.dispose_by_schedule()
	assert remarks_of(old) == []
	assert remarks_of(young) == [SECRET]
	last = scenes.entries_of(old)[-1]
	assert last.event == "Remark Disposed"
	assert last.authority == "Working papers of agreements: Resolution 2024-17"
	assert SECRET not in json.dumps(scenes.picture_of(old))
	assert findings(old) == findings(young) == []


def test_running_the_schedule_again_finds_nothing_to_do():
	old = ended(3)
	make_schedule()
	disposal.dispose_by_schedule()
	before = scenes.picture_of(old)
	disposal.dispose_by_schedule()
	assert scenes.picture_of(old) == before


def test_a_hold_stops_the_schedule_until_it_is_lifted():
	old = ended(3)
	make_schedule()
	place_hold(old)
	disposal.dispose_by_schedule()
	assert SECRET in remarks_of(old)
	lift_hold(old)
	disposal.dispose_by_schedule()
	assert remarks_of(old) == []
	assert findings(old) == []


def test_what_is_still_on_its_way_is_left_alone(agreement):
	make_schedule(keep_years=1)
	disposal.dispose_by_schedule()
	assert SECRET in remarks_of(agreement)


def test_a_class_for_one_mark_goes_before_the_class_for_all():
	old = ended(3)
	make_schedule(class_title="Everything", keep_years=1)
	make_schedule(class_title="Deliberations", keep_years=10, disclosure="Deliberative")
	disposal.dispose_by_schedule()
	assert SECRET in remarks_of(old)


def test_an_inactive_class_disposes_of_nothing():
	old = ended(3)
	make_schedule(active=0)
	disposal.dispose_by_schedule()
	assert SECRET in remarks_of(old)


@pytest.mark.parametrize(
	"fields", [{"applies_to": "Company"}, {"keep_years": 0}, {"keep_years": 1000}, {"citation": ""}]
)
def test_a_schedule_that_makes_no_sense_is_refused(fields):
	with pytest.raises(frappe.ValidationError):
		make_schedule(**fields)


def test_two_active_classes_for_the_same_words_are_refused():
	make_schedule()
	with pytest.raises(RecordsError):
		make_schedule(class_title="Another")


def test_disposal_takes_no_more_statements_for_many_than_for_one():
	make_schedule()
	sent = []
	for many in (1, 6):
		for number in range(many):
			ended(3, title=f"Old {many}.{number}")
		with counted_statements() as run:
			disposal.dispose_by_schedule()
		sent.append(len(run))
	assert sent[1] <= sent[0]


def test_a_batch_ends_where_the_next_begins(monkeypatch):
	monkeypatch.setattr(disposal, "BATCH", 2)
	old = [ended(3, title=f"Old {number}") for number in range(3)]
	make_schedule()
	last = disposal.dispose_of_batch("")
	assert last
	assert disposal.dispose_of_batch(last) is None
	assert [remarks_of(agreement) for agreement in old] == [[], [], []]
	assert [findings(agreement) for agreement in old] == [[], [], []]
