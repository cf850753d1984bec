"""Property 8, the lawful side. Words can be marked, redacted, held and disposed of while the ledger verifies;
what is released holds what may be released and nothing else.
"""

import json

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, CLERK, CUSTODIANS, DEPARTMENT, ROLES
from city_diplomacy.domain.record.disclosure import Disclosure
from city_diplomacy.partnership_approvals.api import records as records_api
from city_diplomacy.partnership_approvals.engine import conditions_met, questions, routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RecordsError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.records import custody, watch
from city_diplomacy.partnerships.agreements import existing
from tests import factories
from tests.approvals import scenes
from tests.approvals.custody import (
	LAW,
	SECRET,
	clerk,
	custodian,
	findings,
	returned_once,
	words_of,
	write,
)

pytestmark = [pytest.mark.real_site, pytest.mark.delivers]


@pytest.fixture(scope="module")
def returned(arranged) -> str:
	return returned_once().name


@pytest.fixture
def agreement(returned):
	return frappe.get_doc("MOU", returned)


# marks


def test_new_words_are_deliberative_until_they_are_marked(agreement):
	assert words_of(agreement).disclosure == "Deliberative"
	assert {row.disclosure for row in scenes.entries_of(agreement) if not row.remarks} == {None}


def test_a_city_may_say_that_new_words_are_public():
	frappe.db.set_single_value("City Diplomacy Settings", "remarks_disclosure", "Public")
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	agreement = scenes.under_way()
	factories.decide_all(agreement, "Return", "The annex is missing.")
	assert words_of(agreement).disclosure == "Public"
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")


@pytest.mark.parametrize("mark", list(Disclosure))
def test_a_mark_is_an_entry_that_says_which_words_by_whom_and_why(agreement, mark):
	entry = words_of(agreement)
	citation = LAW if mark in ("Privileged", "Exempt") else None
	with custodian():
		records_api.mark_disclosure(entry.name, str(mark), citation, "The attorney asked for it.")
	assert words_of(agreement).disclosure == mark
	if mark != "Deliberative":
		last = scenes.entries_of(agreement)[-1]
		assert (last.event, last.about, last.marked_as) == ("Remark Marked", str(entry.sequence), mark)
		assert (last.actor, last.remarks) == (clerk(), "The attorney asked for it.")
	assert words_of(agreement).payload == entry.payload
	assert findings(agreement) == []


@pytest.mark.parametrize("mark", ["Privileged", "Exempt"])
def test_withholding_by_law_cites_the_law(agreement, mark):
	with custodian(), pytest.raises(ApprovalError):
		records_api.mark_disclosure(words_of(agreement).name, mark, "  ")


def test_what_is_no_mark_is_refused(agreement):
	with custodian(), pytest.raises(RecordsError):
		records_api.mark_disclosure(words_of(agreement).name, "Top Secret", LAW)


def test_an_entry_without_words_has_nothing_to_mark(agreement):
	decided = next(row for row in scenes.entries_of(agreement) if row.decision == "Clear")
	with custodian(), pytest.raises(RecordsError):
		records_api.mark_disclosure(decided.name, "Exempt", LAW)


def test_the_same_mark_twice_is_taken_once(agreement):
	with custodian():
		records_api.mark_disclosure(words_of(agreement).name, "Exempt", LAW)
		before = len(scenes.entries_of(agreement))
		records_api.mark_disclosure(words_of(agreement).name, "Exempt", LAW)
	assert len(scenes.entries_of(agreement)) == before


def test_a_mark_changed_beneath_the_engine_is_named(agreement):
	entry = words_of(agreement)
	for values in (
		{"disclosure": "Public"},
		{"exemption": "None at all"},
		{"words_removed": "Redacted"},
		{"disclosure": None},
	):
		frappe.db.savepoint("mark")
		write("Approval Decision", entry.name, **values)
		assert entry.sequence in {found["sequence"] for found in findings(agreement)}, values
		frappe.db.rollback(save_point="mark")


# redaction


def test_a_redacted_remark_is_gone_everywhere_and_the_ledger_verifies(agreement):
	entry = words_of(agreement)
	with custodian():
		records_api.redact(entry.name, "It names a patient.")
	row = words_of(agreement)
	assert (row.remarks, row.remarks_salt, row.words_removed) == (None, "", "Redacted")
	assert SECRET not in json.dumps(scenes.picture_of(agreement))
	assert findings(agreement) == []
	assert scenes.entries_of(agreement)[-1].about == str(entry.sequence)


def test_no_version_comment_or_notification_repeats_what_was_redacted():
	"""A question is told to the sponsor in a notification; everything else is kept in one place."""
	agreement = scenes.under_way()
	(seat,) = factories.clearances_of(agreement, "Pending")
	with factories.acting_as(factories.who_answers(seat)):
		questions.ask(seat.name, SECRET)
	with factories.acting_as(scenes.office()):
		questions.answer(seat.name, f"No: {SECRET}")
	for event in ("Question Asked", "Question Answered"):
		(entry,) = [row for row in scenes.entries_of(agreement) if row.event == event]
		with custodian():
			records_api.redact(entry.name, "It quotes a sealed court file.")
	assert findings(agreement) == []
	for doctype, column in (
		("Version", "data"),
		("Comment", "content"),
		("Notification Log", "email_content"),
		("ToDo", "description"),
		("Approval Clearance", "question"),
		("Approval Clearance", "answer"),
	):
		assert frappe.db.count(doctype, {column: ["like", f"%{SECRET}%"]}) == 0, (doctype, column)


def test_the_reason_of_an_existing_agreement_goes_from_the_agreement_too():
	with factories.acting_as(scenes.manager()):
		values = {
			field: value
			for field, value in factories.make_agreement().as_dict().items()
			if field in ("title", "agreement_type", "purpose", "parties", "sponsor")
		}
		name = existing.record_existing(values, scenes.evidence("Scan"), SECRET, "Active")["name"]
	agreement = frappe.get_doc("MOU", name)
	(entry,) = scenes.entries_of(agreement)
	with custodian():
		records_api.redact(entry.name, "By order of the court.")
	assert SECRET not in json.dumps(scenes.picture_of(agreement))
	with factories.acting_as(scenes.manager()):
		routes.change_standing("MOU", name, "Suspended", "An election there.")
	assert findings(agreement) == []


def test_conditions_and_how_they_were_met_are_redacted_with_their_entries():
	agreement = scenes.under_way()
	(seat,) = factories.clearances_of(agreement, "Pending")
	factories.decide(seat, "Clear with Conditions", "A remark.", f"Strike: {SECRET}")
	with factories.acting_as(scenes.manager()):
		conditions_met.confirm(seat.name, f"Struck: {SECRET}")
	for entry in [row for row in scenes.entries_of(agreement) if row.remarks]:
		with custodian():
			records_api.redact(entry.name, "By order of the court.")
	row = frappe.get_doc("Approval Clearance", seat.name)
	assert [row.remarks, row.conditions, row.conditions_met] == [None, None, None]
	assert findings(agreement) == []


def test_a_redacted_remark_put_back_is_named(agreement):
	entry = words_of(agreement)
	with custodian():
		records_api.redact(entry.name, "It names a patient.")
	write("Approval Decision", entry.name, remarks=entry.remarks, remarks_salt=entry.remarks_salt)
	assert any("here again" in found["problem"] for found in findings(agreement))


def test_a_redaction_says_why_and_not_what(agreement):
	entry = words_of(agreement)
	for reason in ("", "   ", f"We take out: {SECRET}"):
		with custodian(), pytest.raises(frappe.ValidationError):
			records_api.redact(entry.name, reason)
	assert words_of(agreement).remarks == SECRET


def test_words_are_redacted_once(agreement):
	with custodian():
		records_api.redact(words_of(agreement).name, "It names a patient.")
		with pytest.raises(RecordsError):
			records_api.redact(words_of(agreement).name, "Again.")


# who may


@pytest.mark.parametrize("role", list(ROLES))
def test_custodians_alone_mark_redact_and_hold(agreement, role):
	entry = words_of(agreement)
	acts = (
		(records_api.mark_disclosure, (entry.name, "Exempt", LAW)),
		(records_api.redact, (entry.name, "It names a patient.")),
		(records_api.legal_hold, ("MOU", agreement.name, True, "A claim.")),
	)
	person = factories.make_person(role).name
	done, refused = [], []
	for act, arguments in acts:
		with factories.acting_as(person):
			try:
				act(*arguments)
				done.append(act.__name__)
			except frappe.PermissionError:
				refused.append(act.__name__)
	everything = ["mark_disclosure", "redact", "legal_hold"]
	assert (done, refused) == ((everything, []) if role in CUSTODIANS else ([], everything))


@pytest.mark.parametrize("role", list(ROLES))
def test_custodians_and_auditors_export(agreement, role):
	with factories.acting_as(factories.make_person(role).name):
		for version in ("internal", "releasable"):
			if role in (*CUSTODIANS, AUDITOR):
				assert records_api.export_record("MOU", agreement.name, version)["version"] == version
			else:
				with pytest.raises(frappe.PermissionError):
					records_api.export_record("MOU", agreement.name, version)


def test_a_custodian_who_may_not_read_the_agreement_keeps_out_of_its_record():
	agreement = scenes.under_way(confidential=1)
	factories.decide_all(agreement, "Return", SECRET)
	entry = words_of(agreement)
	with custodian():
		for act, arguments in (
			(records_api.redact, (entry.name, "Curious.")),
			(records_api.export_record, ("MOU", agreement.name, "internal")),
		):
			with pytest.raises(frappe.PermissionError):
				act(*arguments)


def test_rest_writes_no_mark_no_hold_and_no_head(agreement, client):
	with custodian():
		records_api.legal_hold("MOU", agreement.name, True, "A claim.")
	watch.export_heads()
	hold = frappe.get_last_doc("Legal Hold", {"reference_name": agreement.name})
	head = frappe.get_last_doc("Ledger Head", {"reference_name": agreement.name})
	browser = client("Administrator")
	for doctype, name, values in (
		("Approval Decision", words_of(agreement).name, {"disclosure": "Public", "exemption": "x"}),
		("Legal Hold", hold.name, {"lifted_on": "2026-01-01 00:00:00"}),
		("Ledger Head", head.name, {"entry_count": 1}),
	):
		before = frappe.get_doc(doctype, name).as_dict()
		for method, body in (("PUT", values), ("DELETE", None)):
			answer = browser.request(method, f"/api/resource/{doctype}/{name}", json=body)
			assert answer.status_code >= 400, (doctype, method)
		copy = json.loads(frappe.as_json({**before, **values, "name": None}))
		assert browser.request("POST", f"/api/resource/{doctype}", json=copy).status_code >= 400
		assert frappe.get_doc(doctype, name).as_dict() == before
	assert findings(agreement) == []


def test_the_api_answers_a_browser(agreement, client):
	browser = client(clerk())
	entry = words_of(agreement)
	module = "city_diplomacy.partnership_approvals.api.records"
	for method, arguments in (
		("mark_disclosure", {"entry": entry.name, "disclosure": "Exempt", "exemption": LAW}),
		("legal_hold", {"doctype": "MOU", "name": agreement.name, "on": 1, "reason": "A claim."}),
		("legal_hold", {"doctype": "MOU", "name": agreement.name, "on": 0, "reason": "It is settled."}),
		("redact", {"entry": entry.name, "reason": "By order."}),
	):
		answer = browser.call(f"{module}.{method}", **arguments)
		assert answer.status_code == 200, (method, answer.get_data(as_text=True))
	assert [row.event for row in scenes.entries_of(agreement)[-4:]] == [
		"Remark Marked",
		"Legal Hold Placed",
		"Legal Hold Lifted",
		"Remark Redacted",
	]


def test_words_of_an_answer_that_was_carried_over_go_from_both_entries():
	words = "Strike clause 4, the port cannot pay."
	law, harbor = (factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("law", "harbor"))
	scenes.make_policy(scenes.rule("Law", user=law), scenes.rule("Harbor", user=harbor))
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Law"), "Clear with Conditions", conditions=words)
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Return", "The berth is missing.")
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
	first = next(entry for entry in scenes.entries_of(agreement) if entry.remarks == words)
	with factories.acting_as(factories.make_person(CLERK).name):
		custody.redact(first.name, "Attorney-client privilege.")
	assert words not in str(scenes.picture_of(agreement))
	assert entries.verify("MOU", agreement.name)["findings"] == []
