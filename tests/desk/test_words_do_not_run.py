"""Markup people write as words is shown as words: in Desk's forms, lists, reports and prints, and on the pages.

It is planted over HTTP by the weakest account that may write there, and looked at by a manager and an auditor in
Chromium. A script that runs opens a dialog, wherever it runs.
"""

import importlib.util
import json
from collections.abc import Iterator
from urllib.parse import quote

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, CLERK, DEPARTMENT, LEGAL, MANAGER, OFFICER, OVERRIDE
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
# Read as JSON, left open, escaped once and plain: each passes some sanitiser.
EVIL = "\"<img src=x onerror=alert('json')>\" <b onmouseover=alert(1)>x</b> <svg/onload=alert('svg')> &lt;img src=x onerror=alert('entity')&gt; <img src=x onerror=alert('open') "
JSON_EVIL = "\"<img src=x onerror=alert('read as JSON')>\""
API = "/api/method/city_diplomacy.partnership_approvals."
CLERKS, ATTORNEY, HARBOR = "City Clerk", "City Attorney", "Harbor"


@pytest.fixture
def policy(committed) -> Iterator[object]:
	"""An attorney and a department, then the council, in force for this test."""
	with scenes.committed_policy(
		scenes.rule(ATTORNEY, role=LEGAL, mandatory=1, may_forward=1, recorded_decision_allowed=1),
		scenes.rule(HARBOR, role=DEPARTMENT, mandatory=1),
		scenes.rule(CLERKS, role=CLERK, mandatory=1, stage=2, workflow_state="Council Decision"),
		title="Words in Chromium",
	) as policy:
		factories.make_person(DEPARTMENT)
		frappe.db.commit()
		yield policy


@pytest.fixture
def said(client):
	"""Call a method as somebody; it must be answered."""

	def say(user: str, method: str, **arguments):
		answer = client(user).request("POST", API + method, json=arguments)
		assert answer.status_code == 200, answer.text
		frappe.db.rollback()
		return answer.json["message"]

	return say


class Reader:
	"""Somebody before a browser; whatever runs is noted with the page it ran on."""

	def __init__(self, page):
		self.page, self.ran = page, []
		page.on("dialog", self._note)

	def _note(self, dialog):
		self.ran.append((self.page.url, dialog.message))
		dialog.dismiss()

	def look_at(self, address: str, sign: str) -> None:
		"""Open an address and wait for `sign`, a selector or a condition of the page."""
		self.page.goto(address)
		self._wait(sign)

	def route_to(self, sign: str, *route: str) -> None:
		"""As `look_at`, from one part of Desk to another."""
		if "/app" not in self.page.url:
			self.look_at("/app", "() => window.frappe?.boot && frappe.router")
		self.page.evaluate("route => frappe.set_route(route)", list(route))
		self._wait(sign)

	def _wait(self, sign: str) -> None:
		if sign.startswith("()"):
			self.page.wait_for_function(sign)
		else:
			self.page.wait_for_selector(sign)
		self.page.wait_for_load_state("networkidle")

	def open_form(self, doctype: str, name: str) -> None:
		self.route_to(f"() => window.cur_frm?.docname === {json.dumps(name)}", "Form", doctype, name)
		# Every part of the form, folded sections and other tabs included.
		self.page.evaluate("() => cur_frm.fields.forEach((field) => field.refresh && field.refresh())")
		self.page.wait_for_timeout(200)

	def open_lists(self, doctype: str, columns: list[str]) -> None:
		"""The list, then the report view with these columns, chosen as *Pick Columns* does."""
		loaded = f"() => window.cur_list?.doctype === {json.dumps(doctype)} && cur_list.data?.length"
		self.route_to(f"{loaded} && cur_list.view_name === 'List'", "List", doctype, "List")
		self.route_to(f"{loaded} && cur_list.datatable", "List", doctype, "Report")
		self.page.evaluate(
			"""(fields) => {
				cur_list.fields = fields;
				cur_list.build_fields();
				cur_list.setup_columns();
				cur_list.datatable.destroy();
				cur_list.datatable = null;
				return cur_list.refresh();
			}""",
			[["name", doctype], *[[column, doctype] for column in columns]],
		)
		self._wait(f"{loaded} && cur_list.datatable")
		shown = self.page.evaluate("() => cur_list.datatable.getColumns().map((column) => column.field)")
		assert set(columns) <= set(shown)

	def print(self, doctype: str, name: str, style: str = "Standard") -> None:
		self.look_at(
			f"/printview?doctype={quote(doctype)}&name={quote(name)}&format={quote(style)}",
			".print-format, body",
		)


@pytest.fixture
def reader(ground) -> Iterator[object]:
	with web_server() as address, chromium() as browser:
		yield lambda person: Reader(page_of(browser, address, ground.new_session(person)))


COLUMNS = {
	"Approval Clearance": ["seat", "why", "remarks", "conditions", "conditions_met", "question", "answer"],
	"Approval Decision": ["seat", "remarks", "exemption", "authority"],
	"Legal Hold": ["reason", "lift_reason"],
}
WORDS_OF = {
	"Approval Clearance": ["remarks", "conditions", "question", "answer"],
	"Approval Decision": ["remarks"],
	"Legal Hold": ["reason"],
}


def look_at_records(eyes: Reader, agreement: str) -> None:
	"""The forms, lists, reports and prints of the engine's records that have words."""
	for doctype, columns in WORDS_OF.items():
		rows = frappe.get_all(doctype, {"reference_name": agreement, columns[0]: ["is", "set"]}, pluck="name")
		for name in rows[-2:]:
			eyes.open_form(doctype, name)
		eyes.open_lists(doctype, COLUMNS[doctype])
	eyes.route_to(
		"() => window.frappe?.query_report?.report_name === 'Approval Exceptions' && document.querySelector('.report-wrapper .dt-cell')",
		"query-report",
		"Approval Exceptions",
	)
	for doctype in WORDS_OF:
		eyes.print(doctype, frappe.get_all(doctype, {"reference_name": agreement}, pluck="name")[-1])


def test_words_of_an_approval_run_nowhere_in_desk(policy, said, client, reader):
	officer, manager = factories.make_person(OFFICER).name, factories.make_person(MANAGER).name
	attorney, clerk = factories.make_person(LEGAL).name, factories.make_person(CLERK).name
	factories.make_person(AUDITOR)
	frappe.db.commit()
	made = client(officer).request(
		"POST",
		"/api/resource/MOU",
		json={
			**plain(scenes.draft_by(officer)),
			"title": JSON_EVIL,
			"purpose": JSON_EVIL,
			"recitals": JSON_EVIL,
			"source": EVIL,
		},
	)
	assert made.status_code == 200, made.text
	agreement = made.json["data"]["name"]
	with factories.acting_as(officer):
		factories.start_clearance(frappe.get_doc("MOU", agreement))
	frappe.db.commit()

	row = scenes.clearance_for(frappe.get_doc("MOU", agreement), ATTORNEY)
	said(attorney, "api.ask", clearance=row.name, question=EVIL)
	said(officer, "api.answer", clearance=row.name, answer=EVIL)
	said(
		attorney,
		"api.decide",
		clearance=row.name,
		decision="Clear with Conditions",
		remarks=EVIL,
		conditions=EVIL + "!",
	)
	said(attorney, "api.confirm_conditions", clearance=row.name, how=EVIL)
	harbor = scenes.clearance_for(frappe.get_doc("MOU", agreement), HARBOR)
	said(
		factories.make_user("override@city.example", OVERRIDE).name,
		"api.override",
		clearance=harbor.name,
		decision="Clear",
		reason=EVIL,
	)
	council = scenes.clearance_for(frappe.get_doc("MOU", agreement), CLERKS)
	said(
		clerk,
		"api.council.record_council_action",
		clearance=council.name,
		outcome="Rejected",
		instrument="Resolution",
		file_number="<img src=x onerror=alert(2)>",
		council_meeting_date=frappe.utils.nowdate(),
		mover="<img src=x onerror=alert(3)>",
		noes=3,
		notes=JSON_EVIL,
	)
	said(manager, "api.records.legal_hold", doctype="MOU", name=agreement, on=True, reason=EVIL)
	entry = next(e for e in scenes.entries_of(frappe.get_doc("MOU", agreement)) if e.event == "Decided")
	said(
		manager,
		"api.records.mark_disclosure",
		entry=entry.name,
		disclosure="Exempt",
		exemption=EVIL[:400],
		reason=EVIL,
	)
	with factories.acting_as("Administrator"):
		factories.make_user("idle@city.example", LEGAL)
	frappe.db.commit()
	said(
		attorney,
		"api.delegate",
		delegate="idle@city.example",
		from_date=frappe.utils.nowdate(),
		to_date=frappe.utils.nowdate(),
		reason=JSON_EVIL,
	)

	(delegation,) = frappe.get_all("Approval Delegation", {"delegator": attorney}, pluck="name")
	(action,) = frappe.get_all("Council Action", {"reference_name": agreement}, pluck="name")
	eyes = reader(manager)
	look_at_records(eyes, agreement)
	for doctype, name in (
		("MOU", agreement),
		("Council Action", action),
		("Approval Delegation", delegation),
	):
		eyes.open_form(doctype, name)
		eyes.print(doctype, name)
	eyes.print("MOU", agreement, "Approval Record")
	eyes.look_at(f"/agreement/{agreement}", "main")
	look_at_records(audit := reader(factories.make_person(AUDITOR).name), agreement)

	assert eyes.ran + audit.ran == []
	assert entries.verify("MOU", agreement)["findings"] == []


def test_entries_from_before_words_were_made_neutral_are_shown_as_words(policy, said, reader):
	"""Written as the engine once did; they are hashed, so they stay as they are and are shown harmless."""
	attorney, manager = factories.make_person(LEGAL).name, factories.make_person(MANAGER).name
	auditor = factories.make_person(AUDITOR).name
	factories.make_person(CLERK)
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)
	frappe.db.commit()
	said(attorney, "api.ask", clearance=row.name, question="Why?")
	said(scenes.office(), "api.answer", clearance=row.name, answer="Because.")
	said(
		manager,
		"api.record_decision",
		clearance=row.name,
		decision="Return",
		remarks="By letter.",
		evidence=letter(manager),
	)
	said(manager, "api.records.legal_hold", doctype="MOU", name=agreement.name, on=True, reason="A lawsuit.")
	for doctype, columns in WORDS_OF.items():
		for name in frappe.get_all(doctype, {"reference_name": agreement.name}, pluck="name"):
			frappe.db.set_value(doctype, name, dict.fromkeys(columns, EVIL), update_modified=False)
	frappe.db.commit()

	for person in (manager, auditor):
		look_at_records(eyes := reader(person), agreement.name)
		assert eyes.ran == []
	assert frappe.db.get_value("Approval Clearance", row.name, "remarks") == EVIL


def letter(person: str) -> str:
	with factories.acting_as(person):
		url = scenes.evidence()
	frappe.db.commit()
	return url


def plain(agreement) -> dict:
	"""What a client sends to make an agreement like this one."""
	fields = ("agreement_type", "sponsor")
	rows = [{key: party.get(key) for key in ("side", "party_type", "party")} for party in agreement.parties]
	return {**{field: agreement.get(field) for field in fields}, "parties": rows}
