"""Property 10, in the background: Frappe prepares the rehearsal, and shows it to whoever had it prepared alone.

The rows of a prepared report are those its maker may read. So its name, its file and the name of its maker lead
nobody else to them.
"""

import json

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER, POLICY_ADMIN
from city_diplomacy.partnership_approvals.api import rehearsals
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from tests import factories
from tests.approvals import scenes
from tests.approvals.shadow_scenes import active, administrator, attorney, draft_of, drafted, manager, mayor
from tests.desk.counting import counted_statements

pytestmark = [pytest.mark.delivers, pytest.mark.real_site]

QUERY_REPORT = "frappe.desk.query_report"
PREPARED = "frappe.core.doctype.prepared_report.prepared_report"
MARKER = "PLANTED-port"


@pytest.fixture(autouse=True)
def no_queue(monkeypatch):
	"""The job is for the test to do."""
	monkeypatch.setattr(f"{PREPARED}.enqueue", lambda *args, **options: None)


@pytest.fixture
def policy():
	active()
	return draft_of(mayor())


def prepared(policy, person: str, **more) -> dict:
	"""What `simulate` answers, once a worker has done the job it leaves."""
	with factories.acting_as(person):
		waiting = rehearsals.simulate(policy.name, **more)
		frappe.get_attr(f"{PREPARED}.generate_report")(waiting["name"])
	return waiting


def shown(browser, waiting: dict, **more):
	"""Desk's own request for a prepared report."""
	filters = json.dumps(waiting["filters"])
	return browser.call(
		f"{QUERY_REPORT}.run", **{"report_name": rehearsals.REPORT, "filters": filters, **more}
	)


@pytest.mark.parametrize("role", [POLICY_ADMIN, MANAGER])
def test_what_was_simulated_is_shown_by_desk(policy, client, role):
	person, agreement = factories.make_person(role).name, drafted(title="Plain port")
	waiting = prepared(policy, person, since="2025-01-01")
	message = shown(client(person), waiting).json["message"]
	assert [(row["document"], row["title"]) for row in message["result"]] == [(agreement.name, "Plain port")]
	assert [count["value"] for count in message["report_summary"][:3]] == [1, 1, 0]


def test_whoever_asks_again_before_it_is_prepared_joins_the_run_that_waits(policy):
	with factories.acting_as(administrator()):
		first = rehearsals.simulate(policy.name)
		again = rehearsals.simulate(policy.name)
		other = rehearsals.simulate(policy.name, "2025-01-01")
	assert (again["name"], other["name"] != first["name"]) == (first["name"], True)


def test_a_day_ahead_is_refused_before_anything_waits(policy):
	with factories.acting_as(administrator()), pytest.raises(RehearsalError):
		rehearsals.simulate(policy.name, "2999-01-01")
	assert frappe.get_all("Prepared Report", {"report_name": rehearsals.REPORT}) == []


def test_why_it_could_not_be_prepared_is_kept(policy):
	frappe.db.set_value("Routing Rule", policy.rules[0].name, {"join": "Percent", "join_percent": 0})
	frappe.clear_document_cache("Routing Policy", policy.name)
	waiting = prepared(policy, administrator())
	status, error = frappe.db.get_value("Prepared Report", waiting["name"], ["status", "error_message"])
	assert (status, "ApprovalError" in error) == ("Error", True)


# a marker is planted in an agreement the administrator alone is named on


@pytest.fixture
def planted(policy) -> dict:
	drafted(title=MARKER, confidential=1, readers=[{"user": administrator()}])
	return prepared(policy, administrator())


def curious() -> list[str]:
	"""The manager, who may open the report; an officer, a system manager and somebody without a role, who may not."""
	leads = frappe.get_doc("User", manager())
	leads.add_roles("Prepared Report User")
	keeps = factories.make_user("systems@city.example", "System Manager", "Prepared Report User").name
	weakest = factories.make_user("nobody@elsewhere.example").name
	return [leads.name, factories.make_person(OFFICER).name, keeps, weakest]


def test_the_maker_sees_the_marker(planted, client):
	assert MARKER in shown(client(administrator()), planted).get_data(as_text=True)


def test_nobody_else_comes_to_it_by_any_door(planted, client):
	name = planted["name"]
	address = frappe.db.get_value("File", {"attached_to_name": name}, "file_url")
	named = {**planted, "filters": {**planted["filters"], "prepared_report_name": name}}
	for person in curious():
		browser = client(person)
		answers = {
			"by its filters": shown(browser, planted),
			"by its name": shown(browser, named),
			"by its maker": shown(browser, planted, user=administrator()),
			"by its maker, to export": browser.call(
				f"{QUERY_REPORT}.export_query",
				report_name=rehearsals.REPORT,
				filters=json.dumps(named["filters"]),
				file_format_type="CSV",
				visible_idx="[]",
				csv_delimiter=",",
			),
			"its attachment": browser.read(f"{PREPARED}.download_attachment", dn=name),
			"its file": browser.get(address),
			"itself": browser.get(f"/api/resource/Prepared Report/{name}"),
			"as a table": browser.call(
				f"{PREPARED}.enqueue_json_to_csv_conversion", prepared_report_name=name
			),
		}
		for door, answer in answers.items():
			told = answer.get_data(as_text=True)
			assert MARKER not in told, (person, door)
			# A file is compressed: the marker would not be read in its bytes.
			assert answer.status_code != 200 or door == "by its filters", (person, door, told[:300])


def test_a_report_of_ones_own_name_is_answered(planted, client):
	assert shown(client(administrator()), planted, user=administrator()).status_code == 200


def test_the_report_asks_the_database_no_more_for_many_than_for_one():
	active()
	policy, sent = draft_of(attorney()), []
	for many in (1, 6):
		for number in range(many):
			scenes.under_way(title=f"{many}.{number}")
		prepared(policy, administrator())
		with counted_statements() as run:
			prepared(policy, administrator())
		sent.append(len(run))
	assert sent[0] == sent[1]
