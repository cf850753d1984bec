"""A site whose trade leads had one choice of five for stage and status: they are parted, once."""

import frappe
import pytest

from city_diplomacy.patches.v1_0 import part_stage_from_status as patch
from city_diplomacy.trade_promotion import opportunities
from tests import factories

EARLIER = "2026-02-03 10:00:00"


def as_stored_before(company: str, stage: str, **columns) -> str:
	"""A lead as the release before stored it: no status, no log, no chapter."""
	direction = columns.pop("direction", "Export")
	lead = factories.make_trade_lead(company, direction=direction)
	frappe.db.delete("Trade Stage Log", {"parent": lead.name})
	# A column that is added to a table takes its default.
	values = {
		"stage": stage,
		"status": "Ongoing",
		"modified": EARLIER,
		**dict.fromkeys(("status_on", "stage_since", "moved_on", "stale_on", "hs_chapter"), None),
	}
	frappe.db.set_value("Trade Lead", lead.name, {**values, **columns}, update_modified=False)
	return lead.name


def now(name: str) -> tuple:
	return frappe.db.get_value("Trade Lead", name, ["stage", "status"])


@pytest.mark.parametrize(
	("direction", "stored", "stage", "status"),
	[
		("Export", "Identified", "Enquiry", "Ongoing"),
		("Export", "Qualified", "Export Readiness", "Ongoing"),
		("Export", "In Progress", "Buyer Talks", "Ongoing"),
		("Export", "Won", "Contract Ahead", "Won"),
		("Export", "Lost", "Buyer Talks", "Lost"),
		("Inward Investment", "Identified", "Prospect", "Ongoing"),
		("Inward Investment", "In Progress", "Site Chosen", "Ongoing"),
		("Inward Investment", "Won", "Decision Ahead", "Won"),
		("Tourism", "Qualified", "Case Made", "Ongoing"),
		("Tourism", "Lost", "Partner Talks", "Lost"),
	],
)
def test_each_direction_and_stage_of_before_has_its_place(direction, stored, stage, status):
	name = as_stored_before("Old Company", stored, direction=direction)
	patch.execute()
	assert now(name) == (stage, status)


def test_days_are_counted_from_the_last_change_and_only_while_a_lead_is_open():
	going, lost = as_stored_before("Going", "In Progress"), as_stored_before("Gone", "Lost")
	patch.execute()
	for name, is_open in ((going, True), (lost, False)):
		lead = frappe.get_doc("Trade Lead", name)
		(row,) = lead.stage_log
		assert (row.stage, str(row.entered_on), row.left_on is None) == (lead.stage, "2026-02-03", is_open)
		assert str(lead.stage_since) == "2026-02-03"
		assert (lead.stale_on is not None) == is_open
	assert str(frappe.db.get_value("Trade Lead", lost, "status_on")) == "2026-02-03"


def test_what_was_parted_is_saved_and_moved_like_any_other_lead():
	name = as_stored_before("Going", "Identified")
	patch.execute()
	lead = frappe.get_doc("Trade Lead", name)
	lead.update({"experience": "Lapsed", "status": "Won"})
	lead.save()
	assert [row.left_on is not None for row in frappe.get_doc("Trade Lead", name).stage_log] == [True]


def test_twice_is_once():
	names = [as_stored_before(f"Company {stage}", stage) for stage in patch.PARTED]
	patch.execute()
	before = [frappe.get_doc("Trade Lead", name).as_dict() for name in names]
	patch.execute()
	assert [frappe.get_doc("Trade Lead", name).as_dict() for name in names] == before


def test_what_was_entered_since_is_left_alone():
	lead = factories.make_trade_lead("New Company")
	before = frappe.get_doc("Trade Lead", lead.name).as_dict()
	patch.execute()
	assert frappe.get_doc("Trade Lead", lead.name).as_dict() == before


def test_an_amount_copied_from_an_opportunity_goes_and_another_stays():
	copied, own = (
		factories.make_trade_lead(company, annual_value=500, currency="USD").name for company in ("A", "B")
	)
	for name in (copied, own):
		factories.make_party_screening(frappe.get_doc("Trade Lead", name))
		opportunities.make_opportunity(name)
		frappe.db.set_value("Trade Lead", name, "stage", "In Progress", update_modified=False)
		frappe.db.delete("Trade Stage Log", {"parent": name})
	frappe.db.set_value("Trade Lead", own, "annual_value", 70, update_modified=False)
	patch.execute()
	assert frappe.db.get_value("Trade Lead", copied, "annual_value") == 0
	assert frappe.db.get_value("Trade Lead", own, "annual_value") == 70
	assert frappe.get_doc("Trade Lead", copied).stage_log[0].left_on is not None


def test_goods_have_their_chapter_national_numbers_too():
	for code in ("842611", "0901210045"):
		if not frappe.db.exists("Customs Tariff Number", code):
			frappe.get_doc(
				{"doctype": "Customs Tariff Number", "tariff_number": code, "description": "x"}
			).insert()
	cranes = as_stored_before("Cranes", "Identified", hs_code="842611")
	coffee = as_stored_before("Coffee", "Identified", hs_code="0901210045")
	patch.execute()
	assert [frappe.db.get_value("Trade Lead", name, "hs_chapter") for name in (cranes, coffee)] == [
		"84",
		"09",
	]


def test_an_office_that_made_stages_of_its_own_keeps_them():
	"""As on a site that was migrated, whose office changed its table before the patch ran again."""
	frappe.delete_doc("Trade Stage", "Contract Ahead")
	name = as_stored_before("Old Company", "Won")
	patch.execute()
	assert now(name) == ("Buyer Talks", "Won")
