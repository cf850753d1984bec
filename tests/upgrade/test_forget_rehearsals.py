"""Rehearsals became a report: what a run found is kept with its policy, and what kept the runs is gone."""

from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.patches.v1_0 import forget_rehearsals
from tests import factories
from tests.approvals.shadow_scenes import attorney, draft_of

pytestmark = pytest.mark.real_site

COLUMNS = {
	"name": "varchar(140) primary key",
	"creation": "datetime(6)",
	**dict.fromkeys(("policy", "status", "run_by"), "varchar(140)"),
	"since": "date",
	"ended_on": "datetime(6)",
	**dict.fromkeys(("examined", "differing", "problems"), "int(11)"),
}


def doctype_of_before(name: str) -> None:
	"""A DocType as it stood on a site of the release before, whose folder is gone."""
	values = {"name": name, "module": "Partnership Approvals", "custom": 0, "owner": "Administrator"}
	frappe.get_doc({"doctype": "DocType", **values}).db_insert()
	columns = ", ".join(f"`{column}` {kind}" for column, kind in COLUMNS.items())
	frappe.db.commit()
	frappe.db.sql_ddl(f"create table `tab{name}` ({columns})")


PERSON = "rehearser@city.example"


@pytest.fixture
def before(outside_transaction, monkeypatch) -> Iterator[str]:
	"""A policy that was rehearsed twice, and stopped once; the site migrates."""
	monkeypatch.setitem(frappe.local.flags, "in_migrate", True)
	# A run that was stopped half-way left what this one makes.
	take_out()
	policy = draft_of(attorney()).name
	person = factories.make_user(PERSON, first_name="Ada").name
	frappe.get_doc(
		{
			"doctype": "Page",
			"page_name": "policy-lab",
			"title": "Policy Lab",
			"module": "Partnership Approvals",
			"standard": "No",
		}
	).db_insert()
	for doctype in (forget_rehearsals.ROW, forget_rehearsals.RUN):
		doctype_of_before(doctype)
	frappe.db.bulk_insert(
		forget_rehearsals.RUN,
		[*COLUMNS],
		[
			("a", "2026-11-01 08:00", policy, "Finished", person, None, "2026-11-01 09:00", 120, 7, 1),
			("b", "2026-11-02 08:00", policy, "Finished", person, "2026-01-31", "2026-11-02 09:00", 9, 0, 0),
			("c", "2026-11-03 08:00", policy, "Stopped", person, None, "2026-11-03 09:00", 5, 5, 0),
			("d", "2026-11-04 08:00", policy, "Running", person, None, None, 1000, 5, 0),
		],
	)
	frappe.db.commit()
	yield policy
	take_out()


def take_out() -> None:
	for policy in frappe.get_all("Routing Policy", {"title": "Being Written"}, pluck="name"):
		frappe.db.delete("Comment", {"reference_name": policy})
		frappe.delete_doc("Routing Policy", policy, force=True)
	for doctype, name in (("User", PERSON), ("Page", "policy-lab")):
		frappe.delete_doc(doctype, name, force=True, ignore_missing=True)
	for doctype in (forget_rehearsals.ROW, forget_rehearsals.RUN):
		frappe.delete_doc("DocType", doctype, force=True, ignore_missing=True)
		frappe.db.sql_ddl(f"DROP TABLE IF EXISTS `tab{doctype}`")
	frappe.db.commit()


def test_what_was_found_is_kept_and_the_rest_is_gone_however_often_it_runs(before):
	for _time in range(2):
		forget_rehearsals.execute()
		notes = frappe.get_all(
			"Comment",
			{"reference_name": before, "comment_type": "Info"},
			pluck="content",
			order_by="creation",
		)
		assert len(notes) == 2
		assert notes[0].startswith("Ada rehearsed this policy on ")
		assert "7 of 120 agreements would have gone another way, 1 could not be routed." in notes[0]
		assert "0 of 9 agreements since " in notes[1]
		for doctype in (forget_rehearsals.RUN, forget_rehearsals.ROW):
			assert not frappe.db.exists("DocType", doctype)
			assert f"tab{doctype}" not in frappe.db.get_tables(cached=False)
		assert not frappe.db.exists("Page", "policy-lab")


def test_what_people_put_on_their_workspaces_leads_to_the_report():
	link = frappe.get_doc(
		{
			"doctype": "Workspace Link",
			"parent": "Mine",
			"parenttype": "Workspace",
			"parentfield": "links",
			"type": "Link",
			"label": "Lab",
			"link_type": "Page",
			"link_to": "policy-lab",
		}
	)
	link.db_insert()
	forget_rehearsals._lead_links_to_the_report()
	link.reload()
	assert (link.link_type, link.link_to, link.is_query_report) == ("Report", "Policy Rehearsal", 1)
