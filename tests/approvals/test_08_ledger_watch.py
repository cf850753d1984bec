"""Property 8: ledgers are watched over. A break is told once, and an exported head proves what was there."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, MANAGER, OFFICER, POLICY_ADMIN
from city_diplomacy.domain.record import exported as files
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger import keys
from city_diplomacy.partnership_approvals.records import watch
from city_diplomacy.partnership_approvals.report.ledger_verification import ledger_verification
from tests import factories
from tests.approvals import scenes
from tests.approvals.custody import SECRET, findings, returned_once, write
from tests.desk.counting import counted_statements

pytestmark = pytest.mark.real_site

QUERY_REPORT = "frappe.desk.query_report"
PREPARED = "frappe.core.doctype.prepared_report.prepared_report"


@pytest.fixture
def agreement():
	return returned_once()


@pytest.fixture
def people():
	return {factories.make_person(AUDITOR).name, factories.make_person(POLICY_ADMIN).name}


def told_of(agreement) -> list[str]:
	"""Who was told of a broken ledger, each as often as they were."""
	return frappe.get_all(
		"Notification Log",
		filters={"document_name": agreement.name, "subject": ["like", "%does not verify%"]},
		pluck="for_user",
	)


def exported(files: list[str]) -> dict:
	return json.loads(frappe.get_doc("File", files[-1]).get_content())


def cut_tail(agreement, entries: int = 1) -> None:
	"""As somebody would who also sets the route and the document back to where they were."""
	rows = scenes.entries_of(agreement)
	for row in rows[-entries:]:
		frappe.db.delete("Approval Decision", {"name": row.name})
	last = rows[-entries - 1]
	state = json.loads(last.payload)["state"]
	write(
		"Approval Route",
		scenes.route_of(agreement).name,
		ledger_count=last.sequence,
		ledger_head=last.entry_hash,
		workflow_state=state,
		stage=last.stage,
		round=last.round,
	)
	write("MOU", agreement.name, workflow_state=state)


def test_a_break_is_told_to_auditors_and_administrators_once(agreement, people):
	watch.verify_ledgers()
	assert told_of(agreement) == []
	write("Approval Decision", scenes.entries_of(agreement)[2].name, actor="Guest")
	watch.verify_ledgers()
	watch.verify_ledgers()
	told = told_of(agreement)
	assert people <= set(told)
	assert len(told) == len(set(told))
	head = frappe.get_last_doc("Ledger Head", {"reference_name": agreement.name})
	assert head.broken
	assert "actor" in head.first_problem


def test_another_break_of_the_same_ledger_is_told_again(agreement, people):
	entries = scenes.entries_of(agreement)
	write("Approval Decision", entries[2].name, actor="Guest")
	watch.verify_ledgers()
	write("Approval Decision", entries[3].name, actor="Guest")
	watch.verify_ledgers()
	assert all(told_of(agreement).count(person) == 2 for person in people)


def test_a_mended_ledger_is_not_told_of_and_stands_as_whole(agreement, people):
	entry = scenes.entries_of(agreement)[2]
	write("Approval Decision", entry.name, actor="Guest")
	watch.verify_ledgers()
	write("Approval Decision", entry.name, actor=entry.actor)
	watch.verify_ledgers()
	assert not frappe.get_last_doc("Ledger Head", {"reference_name": agreement.name}).broken
	assert all(told_of(agreement).count(person) == 1 for person in people)


def test_batches_follow_one_another_to_the_end(monkeypatch):
	monkeypatch.setattr(watch, "BATCH", 2)
	for number in range(5):
		scenes.under_way(title=f"Agreement {number}")
	after, seen = "", 0
	while after is not None:
		after = watch.verify_batch(after)
		seen += 1
	assert seen >= 3
	assert frappe.db.count("Ledger Head") == frappe.db.count("Approval Route")


def test_verifying_many_takes_no_more_statements_than_one():
	sent = []
	for many in (1, 8):
		routes = [scenes.route_of(scenes.under_way(title=f"{many}.{number}")) for number in range(many)]
		rows = [frappe._dict(route.as_dict()) for route in routes]
		ledger.verify_routes(rows)
		with counted_statements() as run:
			verdicts = ledger.verify_routes(rows)
		assert all(verdict["intact"] for verdict in verdicts.values())
		sent.append(len(run))
	assert sent[0] == sent[1]


def test_heads_are_exported_when_they_moved_and_only_then(agreement):
	first = exported(watch.export_heads())
	route = scenes.route_of(agreement)
	(head,) = [head for head in first["heads"] if head["route"] == route.name]
	assert head == {
		"route": route.name,
		"document": f"MOU/{agreement.name}",
		"count": route.ledger_count,
		"head": route.ledger_head,
		"key_id": route.ledger_key_id,
		"digest": files.digest_of(entry.payload for entry in scenes.entries_of(agreement)),
	}
	assert watch.export_heads() == []
	factories.start_clearance(scenes.draft_by(scenes.office(), title="Another"))
	assert len(exported(watch.export_heads())["heads"]) == 1


def test_an_export_is_a_private_file_of_the_settings(agreement):
	file = frappe.get_doc("File", watch.export_heads()[-1])
	assert file.is_private
	assert file.attached_to_doctype == "City Diplomacy Settings"
	officer = factories.make_person(OFFICER).name
	assert not file.has_permission("read", user=officer)
	assert file.has_permission("read", user=factories.make_person(AUDITOR).name)


def test_a_tail_cut_with_everything_else_set_back_is_named_by_the_exported_head(agreement):
	watch.export_heads()
	cut_tail(agreement)
	assert any("exported" in found["problem"] for found in findings(agreement))


def test_a_cut_tail_is_not_covered_up_by_the_next_export(agreement):
	watch.export_heads()
	cut_tail(agreement)
	watch.export_heads()
	assert any("exported" in found["problem"] for found in findings(agreement))


def test_a_whole_record_taken_away_is_told(agreement, people):
	watch.export_heads()
	for doctype in scenes.ENGINE_DOCTYPES:
		frappe.db.delete(doctype, {"reference_name": agreement.name})
	watch.verify_ledgers()
	watch.verify_ledgers()
	assert people <= set(told_of(agreement))
	assert len(told_of(agreement)) == len(set(told_of(agreement)))
	assert findings(agreement)


def test_the_key_is_told_on_the_console_and_to_no_browser(client):
	told = keys.show_ledger_key()
	assert files.read_keys("\n".join(told["keys"])) == keys.keyring()
	browser = client("Administrator")
	for method in (
		"ledger.keys.show_ledger_key",
		"ledger.keys.add_key",
		"ledger.keys.rotate_signing_key",
		"ledger.baselines.rotate_ledger_key",
		"ledger_baselines.rotate_ledger_key",
		"ledger.baselines.write_entries",
		"records.kept_heads.compare_with_export",
		"records.watch.export_heads",
	):
		path = f"city_diplomacy.partnership_approvals.{method}"
		assert browser.call(path).status_code == 403


# the report


def report(user: str, **filters) -> list[dict]:
	with factories.acting_as(user):
		return ledger_verification.execute(filters)[1]


def test_the_report_shows_every_ledger_broken_ones_first(agreement):
	whole = scenes.under_way(title="Whole")
	write("Approval Decision", scenes.entries_of(agreement)[2].name, actor="Guest")
	rows = report(factories.make_person(AUDITOR).name)
	assert rows[0]["reference_name"] == agreement.name
	assert (rows[0]["intact"], rows[0]["entry"], rows[0]["checked"]) == (
		0,
		3,
		len(scenes.entries_of(agreement)),
	)
	shown = {row["reference_name"]: row["intact"] for row in rows}
	assert shown[whole.name] == 1
	assert SECRET not in json.dumps(rows, default=str)


def test_the_report_can_show_one_state_or_only_what_is_broken(agreement):
	scenes.under_way(title="Another")
	auditor = factories.make_person(AUDITOR).name
	assert [row["reference_name"] for row in report(auditor, state="Ready to Sign")] == [agreement.name]
	assert report(auditor, only_broken=1) == []
	assert report(auditor, document_type="Project") == []


def test_the_report_names_no_agreement_a_person_may_not_know_of():
	agreement = scenes.under_way(confidential=1)
	names = {row["reference_name"] for row in report(factories.make_person(AUDITOR).name)}
	assert agreement.name not in names


def test_the_report_asks_the_database_no_more_for_many_than_for_one():
	auditor = factories.make_person(AUDITOR).name
	sent = []
	for many in (1, 6):
		for number in range(many):
			scenes.under_way(title=f"{many}.{number}")
		report(auditor)
		with counted_statements() as run:
			report(auditor)
		sent.append(len(run))
	assert sent[0] == sent[1]


# The report as Desk runs it


def prepared_for(browser, **filters) -> dict:
	"""What Desk shows of the report once a worker has prepared it for who signed in with `browser`."""
	about = {"report_name": "Ledger Verification", "filters": json.dumps(filters)}
	assert browser.call(f"{QUERY_REPORT}.run", **about).json["message"]["prepared_report"]
	made = browser.call(f"{PREPARED}.make_prepared_report", **about)
	frappe.get_attr(f"{PREPARED}.generate_report")(made.json["message"]["name"])
	return browser.call(f"{QUERY_REPORT}.run", **about).json["message"]


@pytest.mark.parametrize("role", [AUDITOR, MANAGER, POLICY_ADMIN])
def test_the_report_opens_for_those_it_is_for(agreement, client, role):
	write("Approval Decision", scenes.entries_of(agreement)[2].name, actor="Guest")
	shown = prepared_for(client(factories.make_person(role).name), only_broken=1)
	assert [row["reference_name"] for row in shown["result"]] == [agreement.name]


def test_a_report_prepared_by_another_is_not_shown(agreement, client):
	auditor, manager = factories.make_person(AUDITOR).name, factories.make_person(MANAGER)
	manager.add_roles("Prepared Report User")
	prepared_for(client(auditor))
	name = frappe.get_all("Prepared Report", {"owner": auditor}, pluck="name")[0]
	browser = client(manager.name)
	filters = json.dumps({"prepared_report_name": name})
	opened = browser.call(f"{QUERY_REPORT}.run", report_name="Ledger Verification", filters=filters)
	assert opened.status_code == 403
	assert agreement.name not in opened.get_data(as_text=True)
	as_table = browser.call(f"{PREPARED}.enqueue_json_to_csv_conversion", prepared_report_name=name)
	assert as_table.status_code == 403
	listed = browser.read("frappe.client.get_list", doctype="Prepared Report")
	assert name not in listed.get_data(as_text=True)
	assert browser.get(f"/api/resource/Prepared Report/{name}").status_code == 403


def test_each_entry_is_parsed_once(agreement, monkeypatch):
	entries = {entry.payload for entry in scenes.entries_of(agreement)}
	parsed, loads = [], json.loads

	def noted(text, **options):
		parsed.append(text)
		return loads(text, **options)

	monkeypatch.setattr(json, "loads", noted)
	ledger.verify("MOU", agreement.name)
	assert sorted(text for text in parsed if text in entries) == sorted(entries)
