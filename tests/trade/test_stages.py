"""Stages: what a move asks for, the dated log that only the server writes, stale leads, the boards."""

import frappe
import pytest

from city_diplomacy.access.rights import TRADE
from city_diplomacy.registers.record_dates import today
from city_diplomacy.setup.trade_stages import STAGES, seed_missing_stages
from city_diplomacy.trade_promotion.exceptions import StageError
from tests import factories
from tests.clock import set_to

READY = {"experience": "Never exported", "hs_code": "842611"}


@pytest.fixture
def seller():
	return factories.make_person(TRADE).name


@pytest.fixture(autouse=True)
def tariff():
	if not frappe.db.exists("Customs Tariff Number", "842611"):
		frappe.get_doc(
			{"doctype": "Customs Tariff Number", "tariff_number": "842611", "description": "Cranes"}
		).insert()


def move(lead, stage: str, **values):
	lead.reload()
	lead.update({"stage": stage, **values})
	return lead.save()


def log_of(lead) -> list[tuple]:
	return [
		(row.stage, row.left_on is not None, row.days)
		for row in frappe.get_doc("Trade Lead", lead.name).stage_log
	]


def test_a_new_lead_is_at_the_first_stage_of_its_direction():
	assert factories.make_trade_lead().stage == "Enquiry"
	assert factories.make_trade_lead("Rhine Capital", direction="Inward Investment").stage == "Prospect"
	assert factories.make_trade_lead("Air Nagoya", direction="Tourism").stage == "Idea"


def test_what_is_missing_is_named_in_one_sentence_and_nothing_is_written(seller):
	with factories.acting_as(seller):
		lead = factories.make_trade_lead()
		with pytest.raises(StageError) as refusal:
			move(lead, "Market Chosen", hs_code="842611")
	assert str(refusal.value) == (
		"Harbor Robotics cannot be at Market Chosen yet; "
		"fill in: Experience, Interest in markets, Estimated value per year."
	)
	assert log_of(lead) == [("Enquiry", False, 0)]
	assert frappe.db.get_value("Trade Lead", lead.name, ["stage", "hs_code"]) == ("Enquiry", None)


def test_a_stage_further_on_asks_for_what_the_stages_before_it_ask_for():
	lead = factories.make_trade_lead()
	with pytest.raises(StageError, match="Experience"):
		move(lead, "Contract Ahead")


def test_a_new_record_cannot_begin_further_on_than_it_says():
	with pytest.raises(StageError, match="fill in"):
		factories.make_trade_lead("Straight Through", stage="Contract Ahead")


def test_a_figure_the_client_cannot_say_counts_as_filled_in():
	lead = factories.make_trade_lead(**READY)
	values = {
		"market_interests": [{"market": "Japan"}],
		"unstated_figures": [{"figure": "Estimated value per year"}],
	}
	assert move(lead, "Market Chosen", **values).stage == "Market Chosen"


def test_where_only_a_figure_is_missing_the_other_way_is_told():
	lead = factories.make_trade_lead(**READY, market_interests=[{"market": "Japan"}])
	with pytest.raises(StageError, match="or name under Client cannot say: Estimated value per year"):
		move(lead, "Market Chosen")


def test_the_office_decides_what_a_stage_asks_for():
	stage = frappe.get_doc("Trade Stage", "Export Readiness")
	stage.required_fields = []
	stage.save()
	assert move(factories.make_trade_lead(), "Export Readiness").stage == "Export Readiness"


def test_days_in_a_stage_are_counted_from_the_day_a_lead_came():
	with set_to("2026-03-01 09:00:00"):
		lead = factories.make_trade_lead(**READY)
	with set_to("2026-03-21 09:00:00"):
		move(lead, "Export Readiness")
	assert log_of(lead) == [("Enquiry", True, 20), ("Export Readiness", False, 0)]
	assert str(frappe.db.get_value("Trade Lead", lead.name, "stage_since")) == "2026-03-21"


def test_a_lead_that_ends_stops_counting_and_one_that_goes_on_counts_anew():
	with set_to("2026-03-01 09:00:00"):
		lead = factories.make_trade_lead()
	with set_to("2026-03-11 09:00:00"):
		move(lead, "Enquiry", status="Lost", status_reason="Price.", lost_to="Osaka")
	with set_to("2026-04-01 09:00:00"):
		move(lead, "Enquiry", status="Ongoing")
	assert log_of(lead) == [("Enquiry", True, 10), ("Enquiry", False, 0)]
	assert not frappe.db.get_value("Trade Lead", lead.name, "lost_to")


@pytest.mark.parametrize(
	"tampered",
	[
		[],
		[{"stage": "Buyer Talks", "entered_on": "1999-01-01", "left_on": "2020-01-01", "days": 7000}],
	],
)
def test_the_log_is_the_servers_whatever_a_client_sends(tampered, seller):
	with factories.acting_as(seller):
		lead = factories.make_trade_lead()
		lead.set("stage_log", tampered)
		lead.save()
	assert log_of(lead) == [("Enquiry", False, 0)]
	fresh = factories.make_trade_lead("With a past", stage_log=tampered)
	assert log_of(fresh) == [("Enquiry", False, 0)]


def test_a_status_is_dated_and_explained():
	lead = factories.make_trade_lead()
	with pytest.raises(frappe.ValidationError, match="Say in the field Reason"):
		move(lead, "Enquiry", status="Delayed")
	move(lead, "Enquiry", status="Delayed", status_reason="Waits for a permit.")
	assert frappe.db.get_value("Trade Lead", lead.name, "status_on") == today()


def test_a_lead_is_stale_by_the_days_of_its_stage_and_not_while_it_is_put_off():
	with set_to("2026-03-01 09:00:00"):
		lead = factories.make_trade_lead()
	assert str(frappe.db.get_value("Trade Lead", lead.name, "stale_on")) == "2026-03-31"
	move(lead, "Enquiry", status="Dormant", status_reason="After the elections.")
	assert frappe.db.get_value("Trade Lead", lead.name, "stale_on") is None


def test_other_days_of_a_stage_or_of_the_settings_hold_for_leads_there_are():
	with set_to("2026-03-01 09:00:00"):
		lead = factories.make_trade_lead()
	stage = frappe.get_doc("Trade Stage", "Enquiry")
	stage.stale_after_days = 10
	stage.save()
	assert str(frappe.db.get_value("Trade Lead", lead.name, "stale_on")) == "2026-03-11"
	stage.stale_after_days = 0
	stage.save()
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update(
		{"company": factories.our_company(), "city_name": "Harborview", "trade_stale_after_days": 5}
	)
	settings.save()
	assert str(frappe.db.get_value("Trade Lead", lead.name, "stale_on")) == "2026-03-06"


def test_a_stage_that_leads_were_at_is_not_deleted_and_keeps_its_direction():
	factories.make_trade_lead()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("Trade Stage", "Enquiry")
	stage = frappe.get_doc("Trade Stage", "Enquiry")
	stage.direction = "Tourism"
	with pytest.raises(StageError, match="keeps its direction"):
		stage.save()


def columns_of(board: str) -> list[str]:
	return [column.column_name for column in frappe.get_doc("Kanban Board", board).columns]


def test_a_board_has_the_stages_of_its_direction_in_their_order():
	assert columns_of("Tourism Leads") == [name for name, *_rest in STAGES["Tourism"]]
	stage = factories.make_trade_stage("Samples Sent", position=35)
	assert columns_of("Export Leads")[3:5] == ["Samples Sent", "Buyer Talks"]
	assert "Samples Sent" not in columns_of("Investment Leads")
	frappe.delete_doc("Trade Stage", stage.name)
	assert "Samples Sent" not in columns_of("Export Leads")


@pytest.mark.real_site
def test_a_card_dragged_to_a_stage_obeys_the_rules_of_the_form(seller, client):
	with factories.acting_as(seller):
		lead = factories.make_trade_lead(**READY)
	browser = client(seller)

	def drag(stage: str):
		return browser.call(
			"frappe.desk.doctype.kanban_board.kanban_board.update_order",
			board_name="Export Leads",
			order=frappe.as_json({stage: [lead.name]}),
		)

	refused = drag("Market Chosen")
	assert refused.status_code == 417
	assert "Interest in markets" in refused.text
	assert drag("Export Readiness").status_code == 200
	assert frappe.db.get_value("Trade Lead", lead.name, "stage") == "Export Readiness"


@pytest.mark.real_site
def test_a_renamed_stage_takes_its_leads_and_its_column_along():
	lead = factories.make_trade_lead()
	frappe.rename_doc("Trade Stage", "Enquiry", "First Call")
	assert frappe.db.get_value("Trade Lead", lead.name, "stage") == "First Call"
	assert columns_of("Export Leads")[0] == "First Call"
	assert log_of(lead)[0][0] == "First Call"


def test_stages_are_seeded_once_and_what_was_deleted_stays_deleted():
	frappe.delete_doc("Trade Stage", "Contract Ahead")
	seed_missing_stages()
	assert not frappe.db.exists("Trade Stage", "Contract Ahead")


def test_without_any_stage_of_a_direction_the_office_is_told_what_to_do():
	for name in frappe.get_all("Trade Stage", {"direction": "Tourism"}, pluck="name"):
		frappe.delete_doc("Trade Stage", name)
	with pytest.raises(StageError, match="no stage of Tourism yet"):
		factories.make_trade_lead("Air Nagoya", direction="Tourism")
