"""Property 3. No way around: nothing moves, changes or removes a routed agreement past a step not decided.

Every way in `ways_around.py` is first shown to succeed on a plain DocType with a native Workflow, then tried
on an agreement by somebody who holds every role of this app. An agreement is as it was when every column
of it, its rows, its route, its clearances and its ledger are.
"""

from collections.abc import Iterable, Iterator

import frappe
import pytest

from city_diplomacy.access.rights import OVERRIDE, ROLES
from city_diplomacy.partnership_approvals.exceptions import ApprovalBypassError
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import plain_agreement, scenes, ways_around
from tests.approvals.ways_around import CANCELLATIONS, CHANGES, EDITS, MOVES, REMOVALS, STATES, Target, Way

pytestmark = pytest.mark.real_site

POWERFUL = "everything@city.example"


@pytest.fixture(scope="module")
def plain(ground) -> Iterator[None]:
	frappe.init(ground.site)
	plain_agreement.in_a_process_of_its_own(plain_agreement.make)
	yield
	frappe.init(ground.site)
	plain_agreement.in_a_process_of_its_own(plain_agreement.remove)


@pytest.fixture
def browser(client):
	"""A browser of somebody with every role of this app but the override."""
	factories.make_user(POWERFUL, *(role for role in ROLES if role != OVERRIDE))
	return _signed_in(client, POWERFUL)


def plain_draft(browser) -> Target:
	doc = frappe.get_doc(
		{"doctype": plain_agreement.DOCTYPE, "title": "Plain", "parties": [{"party": "A"}, {"party": "B"}]}
	).insert()
	return Target(
		doc.doctype, doc.name, plain_agreement.FINAL_STATE, plain_agreement.ACTION, "parties", browser
	)


def plain_agreed(browser) -> Target:
	target = plain_draft(browser)
	doc = target.doc
	doc.workflow_state = plain_agreement.FINAL_STATE
	doc.submit()
	return target


def _signed_in(client, person: str):
	browser = client(person)
	browser.person = person
	return browser


def leads_through(way: Way, target: Target) -> bool:
	"""Whether a way changes anything. A refusal takes back what it had begun, as the end of a request does."""
	doc = target.doc
	before = scenes.picture_of(doc)
	frappe.db.commit()
	try:
		way(target)
	except (frappe.ValidationError, frappe.PermissionError):
		frappe.db.rollback()
	return scenes.picture_of(doc) != before


def that_lead_through(ways: Iterable[Way], target: Target) -> list[str]:
	return [way.__name__ for way in ways if leads_through(way, target)]


def test_every_way_leads_through_on_a_plain_document(plain, browser):
	closed = [
		way.__name__
		for way in MOVES + EDITS + CHANGES + REMOVALS
		if not leads_through(way, plain_draft(browser))
	]
	closed += [way.__name__ for way in CANCELLATIONS if not leads_through(way, plain_agreed(browser))]
	assert closed == []


@pytest.mark.parametrize(("later_state", "action"), [("Ready to Sign", "Advance"), ("Active", "Sign")])
def test_an_agreement_in_clearance_stays_as_it_is(browser, later_state, action):
	target = Target("MOU", scenes.under_way().name, later_state, action, "parties", browser)
	assert that_lead_through(MOVES + CHANGES + REMOVALS, target) == []


def test_an_agreement_ready_to_sign_stays_as_it_is(browser):
	target = Target("MOU", scenes.ready_to_sign().name, "Active", "Sign", "parties", browser)
	assert that_lead_through(MOVES + CHANGES + REMOVALS, target) == []


@pytest.mark.parametrize("edit", EDITS, ids=lambda way: way.__name__)
def test_an_edit_of_what_was_cleared_asks_again_whoever_cleared_it(browser, edit):
	agreement = scenes.ready_to_sign()
	cleared = {row.seat for row in factories.clearances_of(agreement, "Decided")}
	edit(Target("MOU", agreement.name, "Active", "Sign", "parties", browser))
	assert scenes.state_of(agreement) == "In Clearance"
	assert {row.seat for row in factories.clearances_of(agreement, "Reopened")} == cleared
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_an_agreement_in_force_stays_as_it_is(browser):
	"""It is submitted already, so only what would change its state, its text or its being there is tried."""
	target = Target("MOU", scenes.in_force().name, "Terminated", "Change Standing", "parties", browser)
	assert that_lead_through(STATES + EDITS + CHANGES + REMOVALS + CANCELLATIONS, target) == []


def test_the_administrator_does_not_get_round_it_either(client):
	browser = _signed_in(client, "Administrator")
	target = Target("MOU", scenes.under_way().name, "Ready to Sign", "Advance", "parties", browser)
	assert that_lead_through(MOVES + CHANGES + REMOVALS + CANCELLATIONS, target) == []


def new_agreement(**fields) -> dict:
	"""What a client would send to make an agreement that stands further on than a draft."""
	template = scenes.draft_by(scenes.office()).as_dict(no_nulls=True, convert_dates_to_str=True)
	for key in ("name", "creation", "modified", "owner", "modified_by", "docstatus", "workflow_state"):
		template.pop(key, None)
	for party in template["parties"]:
		for key in ("name", "creation", "modified", "owner", "modified_by", "parent"):
			party.pop(key, None)
	return {**template, "title": "Slipped in", **fields}


LATE = (
	{"docstatus": 1},
	{"workflow_state": "Ready to Sign"},
	{"workflow_state": "Active", "docstatus": 1},
	{"workflow_state": "Active", "docstatus": 1, "existing_agreement": 1},
	{"workflow_state": "Intake Review"},
	{"docstatus": 2},
)


@pytest.mark.parametrize(
	"method", ["frappe.client.insert", "frappe.client.save", "frappe.client.submit", "REST"]
)
def test_no_agreement_is_born_further_on_than_a_draft(browser, method):
	for late in LATE:
		values = new_agreement(**late, flags=ways_around.FLAGS)
		if method == "REST":
			browser.request("POST", "/api/resource/MOU", json=values)
		else:
			browser.call(method, doc=frappe.as_json(values))
	slipped_in = frappe.get_all("MOU", {"title": "Slipped in"}, ["workflow_state", "docstatus"])
	assert {(row.workflow_state, row.docstatus) for row in slipped_in} <= {("Draft", 0)}


def test_a_plain_document_is_born_in_force(plain, browser):
	values = {"doctype": plain_agreement.DOCTYPE, "title": "Slipped in", "docstatus": 1}
	browser.request("POST", f"/api/resource/{plain_agreement.DOCTYPE}", json=values)
	assert frappe.db.get_value(plain_agreement.DOCTYPE, {"title": "Slipped in"}, "docstatus") == 1


def test_an_import_makes_drafts_only(browser):
	source = new_agreement()
	party = source["parties"][1]["party"]
	row = {
		"Title": "Slipped in",
		"Agreement Type": source["agreement_type"],
		"Sponsor": source["sponsor"],
		"Purpose": source["purpose"],
		"Workflow State": "Active",
		"Parties.Side": "Counterpart",
		"Parties.Party Type": "Partner City",
		"Parties.Party": party,
	}
	frappe.db.commit()
	ways_around.import_rows("MOU", "Insert New Records", row, submit=True)
	assert not frappe.get_all("MOU", {"title": "Slipped in", "workflow_state": ["!=", "Draft"]})
	assert not frappe.get_all("MOU", {"title": "Slipped in", "docstatus": 1})


def test_discarding_is_refused():
	"""Frappe v16 lets a draft be discarded, which writes beneath the document; the hook before it refuses."""
	with pytest.raises(ApprovalBypassError):
		scenes.under_way().run_method("before_discard")


def test_a_draft_nobody_has_seen_may_be_deleted(browser):
	agreement = scenes.draft_by(POWERFUL)
	assert browser.request("DELETE", f"/api/resource/MOU/{agreement.name}").status_code == 202
	assert not frappe.db.exists("MOU", agreement.name)


def test_a_draft_that_came_back_is_on_record_and_stays(browser):
	from city_diplomacy.partnership_approvals.engine import routes

	agreement = scenes.under_way()
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The annex is missing.")
	assert browser.request("DELETE", f"/api/resource/MOU/{agreement.name}").status_code >= 400
	assert frappe.db.exists("MOU", agreement.name)


@pytest.mark.parametrize("field", ["owner", "creation"])
def test_who_made_an_agreement_is_not_rewritten_by_a_client(browser, field):
	agreement = scenes.draft_by(POWERFUL)
	before = frappe.db.get_value("MOU", agreement.name, field)
	other = scenes.office() if field == "owner" else "2020-01-01 00:00:00"
	copy = frappe.parse_json(frappe.as_json({**agreement.as_dict(), field: other}))
	browser.call("frappe.client.save", doc=frappe.as_json(copy))
	browser.request("PUT", f"/api/resource/MOU/{agreement.name}", json={field: other})
	assert frappe.db.get_value("MOU", agreement.name, field) == before
