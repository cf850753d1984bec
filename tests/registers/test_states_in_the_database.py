"""A member of a state's enum is written, compared and answered as its text, by every way to the database."""

import json

import frappe
import pytest

from city_diplomacy.domain.trade.leads import OPEN, LeadStage
from tests import factories

LEAD = "Trade Lead"
table = pytest.fixture(lambda: frappe.qb.DocType(LEAD))


@pytest.fixture
def lead():
	return factories.make_trade_lead()


def stored(lead) -> tuple[type, str]:
	stage = frappe.db.get_value(LEAD, lead.name, "stage")
	return type(stage), stage


def test_a_saved_member_is_text(lead):
	lead.stage = LeadStage.QUALIFIED
	lead.save()
	assert stored(lead) == (str, "Qualified")
	assert type(frappe.get_doc(LEAD, lead.name).stage) is str


def test_a_member_set_in_the_database_is_text(lead, table):
	frappe.db.set_value(LEAD, lead.name, "stage", LeadStage.QUALIFIED)
	assert stored(lead) == (str, "Qualified")
	frappe.db.set_value(LEAD, lead.name, {"stage": LeadStage.IN_PROGRESS})
	assert stored(lead) == (str, "In Progress")
	frappe.qb.update(table).set(table.stage, LeadStage.LOST).where(table.name == lead.name).run()
	assert stored(lead) == (str, "Lost")


def test_members_inserted_together_are_text():
	columns = ["name", "creation", "modified", "company_name", "stage"]
	now, names = frappe.utils.now(), [frappe.generate_hash(length=10) for _stage in OPEN]
	frappe.db.bulk_insert(
		LEAD, columns, [[name, now, now, "Any", stage] for name, stage in zip(names, OPEN, strict=True)]
	)
	found = frappe.get_all(LEAD, filters={"name": ["in", names]}, pluck="stage")
	assert sorted(found) == sorted(map(str, OPEN))


@pytest.mark.parametrize(
	"filters",
	[
		{"stage": LeadStage.QUALIFIED},
		{"stage": ["in", OPEN]},
		{"stage": ["in", list(OPEN)]},
		{"stage": ["not in", [LeadStage.WON, LeadStage.LOST]]},
		{"stage": ["!=", LeadStage.WON]},
		[["stage", "=", LeadStage.QUALIFIED]],
		[[LEAD, "stage", "in", list(OPEN)]],
	],
	ids=range(7),
)
def test_members_find_what_their_texts_find(filters, lead):
	lead.db_set("stage", LeadStage.QUALIFIED)
	won = factories.make_trade_lead()
	won.db_set("stage", LeadStage.WON)
	for read in (frappe.get_all, frappe.get_list):
		found = read(LEAD, filters=filters, pluck="name", limit_page_length=0)
		assert lead.name in found
		assert won.name not in found


def test_a_query_compares_members_as_text(lead, table):
	lead.db_set("stage", LeadStage.QUALIFIED)
	for condition in (table.stage == LeadStage.QUALIFIED, table.stage.isin(OPEN)):
		query = frappe.qb.from_(table).select(table.name).where(condition & (table.name == lead.name))
		assert query.run(pluck=True) == [lead.name]
	assert frappe.db.exists(LEAD, {"name": lead.name, "stage": LeadStage.QUALIFIED})
	assert frappe.db.count(LEAD, {"name": lead.name, "stage": LeadStage.QUALIFIED}) == 1


def test_a_member_is_answered_as_text(lead):
	lead.stage = LeadStage.QUALIFIED
	assert json.loads(frappe.as_json({"lead": lead.as_dict()}))["lead"]["stage"] == "Qualified"
