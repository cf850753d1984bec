"""A member of a state's enum is written, compared and answered as its text, by every way to the database."""

import json

import frappe
import pytest

from city_diplomacy.domain.trade.leads import OPEN, LeadStatus
from tests import factories

LEAD = "Trade Lead"
table = pytest.fixture(lambda: frappe.qb.DocType(LEAD))


@pytest.fixture
def lead():
	return factories.make_trade_lead()


def stored(lead) -> tuple[type, str]:
	status = frappe.db.get_value(LEAD, lead.name, "status")
	return type(status), status


def test_a_saved_member_is_text(lead):
	lead.update({"status": LeadStatus.DELAYED, "status_reason": "Waits for a permit."})
	lead.save()
	assert stored(lead) == (str, "Delayed")
	assert type(frappe.get_doc(LEAD, lead.name).status) is str


def test_a_member_set_in_the_database_is_text(lead, table):
	frappe.db.set_value(LEAD, lead.name, "status", LeadStatus.DELAYED)
	assert stored(lead) == (str, "Delayed")
	frappe.db.set_value(LEAD, lead.name, {"status": LeadStatus.DORMANT})
	assert stored(lead) == (str, "Dormant")
	frappe.qb.update(table).set(table.status, LeadStatus.LOST).where(table.name == lead.name).run()
	assert stored(lead) == (str, "Lost")


def test_members_inserted_together_are_text():
	columns = ["name", "creation", "modified", "company_name", "status"]
	now, names = frappe.utils.now(), [frappe.generate_hash(length=10) for _status in OPEN]
	frappe.db.bulk_insert(
		LEAD, columns, [[name, now, now, "Any", status] for name, status in zip(names, OPEN, strict=True)]
	)
	found = frappe.get_all(LEAD, filters={"name": ["in", names]}, pluck="status")
	assert sorted(found) == sorted(map(str, OPEN))


@pytest.mark.parametrize(
	"filters",
	[
		{"status": LeadStatus.DELAYED},
		{"status": ["in", OPEN]},
		{"status": ["in", list(OPEN)]},
		{"status": ["not in", [LeadStatus.WON, LeadStatus.LOST]]},
		{"status": ["!=", LeadStatus.WON]},
		[["status", "=", LeadStatus.DELAYED]],
		[[LEAD, "status", "in", list(OPEN)]],
	],
	ids=range(7),
)
def test_members_find_what_their_texts_find(filters, lead):
	lead.db_set("status", LeadStatus.DELAYED)
	won = factories.make_trade_lead()
	won.db_set("status", LeadStatus.WON)
	for read in (frappe.get_all, frappe.get_list):
		found = read(LEAD, filters=filters, pluck="name", limit_page_length=0)
		assert lead.name in found
		assert won.name not in found


def test_a_query_compares_members_as_text(lead, table):
	lead.db_set("status", LeadStatus.DELAYED)
	for condition in (table.status == LeadStatus.DELAYED, table.status.isin(OPEN)):
		query = frappe.qb.from_(table).select(table.name).where(condition & (table.name == lead.name))
		assert query.run(pluck=True) == [lead.name]
	assert frappe.db.exists(LEAD, {"name": lead.name, "status": LeadStatus.DELAYED})
	assert frappe.db.count(LEAD, {"name": lead.name, "status": LeadStatus.DELAYED}) == 1


def test_a_member_is_answered_as_text(lead):
	lead.update({"status": LeadStatus.DELAYED, "status_reason": "Waits for a permit."})
	assert json.loads(frappe.as_json({"lead": lead.as_dict()}))["lead"]["status"] == "Delayed"
