"""Property 13: a document that the engine moves is read once, and knows itself as Frappe would read it again."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.partnership_approvals.engine import routes
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.real_site


@pytest.fixture
def route() -> routes.Route:
	scenes.make_policy(scenes.rule("Law", user=factories.make_person(LEGAL).name))
	return routes.lock("MOU", scenes.under_way().name)


def moved(route: routes.Route):
	"""The document as a move finds it: read under the lock, and then changed."""
	doc = route.document()
	doc.flags.moved_by_route = route
	doc.title, doc.parties[0].party = "Another title", "Somebody else"
	return doc


def store(doc, title: str) -> None:
	frappe.db.set_value("MOU", doc.name, "title", title, update_modified=False)


def test_it_knows_all_that_frappe_reads(route):
	doc, read_again = moved(route), frappe.get_doc("MOU", route.row.reference_name)
	for one in (doc, read_again):
		one.load_doc_before_save(raise_exception=True)
	ours, frappes = doc.get_doc_before_save(), read_again.get_doc_before_save()
	assert ours.as_dict() == frappes.as_dict()
	assert ours.flags == frappes.flags
	assert [type(row) for row in ours.get_all_children()] == [type(row) for row in frappes.get_all_children()]
	assert all(row.parent_doc is ours for row in ours.get_all_children())
	for row, same in zip(doc.get_all_children(), read_again.get_all_children(), strict=True):
		before, there = row.get_doc_before_save(), same.get_doc_before_save()
		assert (before and before.as_dict()) == (there and there.as_dict())


def test_what_was_read_serves_one_save(route):
	doc = moved(route)
	before = frappe.db.get_value("MOU", doc.name, "title")
	store(doc, "Stored since")
	for title in (before, "Stored since"):
		doc.load_doc_before_save()
		assert doc.get_doc_before_save().title == title


def test_any_other_save_reads_what_is_stored(route):
	doc = route.document()
	store(doc, "Stored since")
	doc.load_doc_before_save()
	assert doc.get_doc_before_save().title == "Stored since"
