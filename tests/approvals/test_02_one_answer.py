"""Property 2: what one may not know of and what does not exist get one answer, from every method of ours.

The same status, the same kind of error, the same sentence: nobody tries numbers to learn which there are.
"""

import re

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT
from city_diplomacy.guest_links import links
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.trade_promotion import confirmation, wins
from tests import factories
from tests.approvals import scenes
from tests.approvals.calls_of_functions import CALLS_OF_FUNCTIONS, MAKES_ONE, NAMING_OF_FUNCTIONS, made
from tests.imports.tables import csv_of, new_import
from tests.static.test_whitelisted_methods import METHODS

pytestmark = pytest.mark.real_site

APPROVALS = "city_diplomacy.partnership_approvals"
POLICIES = f"{APPROVALS}.doctype.routing_policy.routing_policy"
PARTNERSHIPS = "city_diplomacy.partnerships"
ENGAGEMENTS = f"{PARTNERSHIPS}.doctype.partner_engagement.partner_engagement"
TRADE = "city_diplomacy.trade_promotion"
LINKS = "city_diplomacy.guest_links.api"
IMPORTS = "city_diplomacy.register_imports.api"

ABOUT_A_DOCUMENT = {"doctype": "MOU", "name": "agreement"}
ABOUT_A_CLEARANCE = {"clearance": "clearance"}
ABOUT_A_POLICY = {"policy": "policy"}
ABOUT_A_WIN = {"doctype": "Export Win", "name": "win"}
REASON = {"reason": "Because of the berth."}
# method: its arguments; the value "agreement" stands for the name of one, and so do the others in `names`
CALLS = {
	f"{APPROVALS}.api.preview": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.view": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.verify_ledger": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.start": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.send_back": {**ABOUT_A_DOCUMENT, **REASON},
	f"{APPROVALS}.api.withdraw": {**ABOUT_A_DOCUMENT, **REASON},
	f"{APPROVALS}.api.complete": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.change_standing": {**ABOUT_A_DOCUMENT, **REASON, "state": "Suspended"},
	f"{APPROVALS}.api.migrate": {**ABOUT_A_DOCUMENT, **REASON, "policy": "Small Office"},
	f"{APPROVALS}.api.decide": {**ABOUT_A_CLEARANCE, "decision": "Clear"},
	f"{APPROVALS}.api.forward": {**ABOUT_A_CLEARANCE, "to_user": "law@city.example", "remarks": "Yours."},
	f"{APPROVALS}.api.override": {**ABOUT_A_CLEARANCE, **REASON, "decision": "Clear"},
	f"{APPROVALS}.api.ask": {**ABOUT_A_CLEARANCE, "question": "Who pays?"},
	f"{APPROVALS}.api.answer": {**ABOUT_A_CLEARANCE, "answer": "The port."},
	f"{APPROVALS}.api.record_decision": {
		**ABOUT_A_CLEARANCE,
		"decision": "Clear",
		"remarks": "By letter.",
		"evidence": "/private/files/letter.txt",
	},
	f"{APPROVALS}.api.confirm_conditions": {**ABOUT_A_CLEARANCE, "how": "It is named."},
	f"{APPROVALS}.api.dispute_conditions": {**ABOUT_A_CLEARANCE, "why": "It is not."},
	f"{APPROVALS}.api.changes_since_cleared": ABOUT_A_CLEARANCE,
	f"{APPROVALS}.api.check_policy": ABOUT_A_POLICY,
	f"{APPROVALS}.api.running_under_other_policies": ABOUT_A_POLICY,
	f"{APPROVALS}.api.end_delegation": {"delegation": "delegation"},
	f"{APPROVALS}.api.records.mark_disclosure": {"entry": "entry", "disclosure": "Public"},
	f"{APPROVALS}.api.records.redact": {"entry": "entry", **REASON},
	f"{APPROVALS}.api.records.legal_hold": {**ABOUT_A_DOCUMENT, **REASON, "on": True},
	f"{APPROVALS}.api.records.export_record": {**ABOUT_A_DOCUMENT, "version": "internal"},
	f"{APPROVALS}.api.records.acts_on": {"entry": "entry"},
	f"{APPROVALS}.api.council.record_council_action": {
		**ABOUT_A_CLEARANCE,
		"outcome": "Adopted",
		"file_number": "26-0001",
		"council_meeting_date": "2026-01-05",
	},
	f"{APPROVALS}.api.council.texts_to_amend": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.form.for_form": ABOUT_A_DOCUMENT,
	f"{APPROVALS}.api.policies.export_policy": ABOUT_A_POLICY,
	f"{APPROVALS}.api.rehearsals.form": ABOUT_A_POLICY,
	f"{APPROVALS}.api.rehearsals.try_on": {"policy": "Small Office", **ABOUT_A_DOCUMENT},
	f"{APPROVALS}.api.rehearsals.what_if": {**ABOUT_A_POLICY, "values": "{}"},
	f"{APPROVALS}.api.rehearsals.simulate": ABOUT_A_POLICY,
	f"{POLICIES}.activate": ABOUT_A_POLICY,
	f"{POLICIES}.new_version": ABOUT_A_POLICY,
	f"{PARTNERSHIPS}.api.sign": {"agreement": "agreement", "signed_on": "2026-01-05"},
	f"{PARTNERSHIPS}.api.change_signed": {"agreement": "agreement", **REASON, "expiry_date": "2030-01-05"},
	f"{PARTNERSHIPS}.api.draft_renewal": {"agreement": "agreement"},
	f"{PARTNERSHIPS}.api.draft_amendment": {"agreement": "agreement"},
	f"{PARTNERSHIPS}.api.record_review": {
		"agreement": "agreement",
		"held_on": "2026-01-05",
		"outcome": "Both sides go on.",
	},
	f"{PARTNERSHIPS}.partners.connections.count": ABOUT_A_DOCUMENT,
	f"{PARTNERSHIPS}.public_pages.public_register.download_text": {
		"agreement": "agreement",
		"text": "0123456789",
	},
	f"{ENGAGEMENTS}.make_event": {"engagement": "engagement"},
	f"{ENGAGEMENTS}.make_from_event": {"event": "event"},
	f"{TRADE}.api.make_lead": {"trade_lead": "trade lead"},
	f"{TRADE}.api.make_opportunity": {"trade_lead": "trade lead"},
	f"{TRADE}.api.draft_win": {"trade_lead": "trade lead"},
	f"{TRADE}.api.claim_win": {"win": "win"},
	f"{TRADE}.api.reopen_win": {"win": "win"},
	f"{TRADE}.api.close_referral": {"referral": "referral", "outcome": "A loan was granted."},
	f"{TRADE}.screening.api.import_list": {"restricted_party_list": "list"},
	f"{TRADE}.screening.api.screen": {"subject_type": "Trade Lead", "subject": "trade lead"},
	f"{TRADE}.screening.api.standing": {"subject_type": "Trade Lead", "subject": "trade lead"},
	f"{TRADE}.screening.api.screen_agreement": {"agreement": "agreement"},
	f"{TRADE}.screening.api.decide": {
		"screening": "screening",
		"candidate": "0123456789",
		"verdict": "False Match",
		"words": "Another party.",
	},
	f"{LINKS}.about": ABOUT_A_WIN,
	f"{LINKS}.send": {
		**ABOUT_A_WIN,
		"purpose": "Confirm a win",
		"person": "Maria Santos",
		"email": "maria@harbor.example",
	},
	f"{LINKS}.send_again": {"link": "link"},
	f"{LINKS}.revoke": {"link": "link"},
	f"{LINKS}.decide": {"link": "link", "proposal": "0123456789", "accept": True},
	f"{IMPORTS}.read": {"name": "import"},
	f"{IMPORTS}.rows": {"name": "import"},
	f"{IMPORTS}.decide": {"name": "import", "line": 2, "decision": "Skip"},
	f"{IMPORTS}.run": {"name": "import"},
	f"{IMPORTS}.cancel": {"name": "import"},
	f"{IMPORTS}.undo": {"name": "import"},
	f"{IMPORTS}.resume": {"name": "import"},
	f"{IMPORTS}.refused": {"name": "import"},
	**CALLS_OF_FUNCTIONS,
}
NAMING = {
	*NAMING_OF_FUNCTIONS,
	"link",
	"name",
	"clearance",
	"policy",
	"delegation",
	"entry",
	"agreement",
	"engagement",
	"event",
	"trade_lead",
	"win",
	"referral",
	"restricted_party_list",
	"screening",
	"subject",
}


@pytest.fixture(scope="module")
def names(arranged) -> dict[str, str]:
	"""A confidential agreement under way with its clearance and entry, and other records no reviewer knows of."""
	policy = scenes.make_policy(
		scenes.rule("Law", user=factories.make_user("law@city.example", DEPARTMENT).name, mandatory=1)
	)
	agreement = scenes.under_way(confidential=1)
	absent = [factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("away", "deputy")]
	delegation = frappe.get_doc(
		{
			"doctype": "Approval Delegation",
			"delegator": absent[0],
			"delegate": absent[1],
			"from_date": frappe.utils.nowdate(),
			"to_date": frappe.utils.nowdate(),
		}
	).insert()
	event = frappe.get_doc(
		{
			"doctype": "Event",
			"subject": "Call",
			"starts_on": frappe.utils.now(),
			"event_type": "Private",
		}
	).insert()
	win = factories.make_export_win(contact_name="Maria Santos", contact_email="maria@harbor.example")
	wins.claim(win.name)
	link = links.issue(confirmation.CONFIRM_A_WIN, win.reload(), confirmation.addressee(win), "Administrator")
	table = csv_of(["City name", "Country"], ["Nagoya", "Japan"])
	return {
		"agreement": agreement.name,
		"clearance": scenes.clearance_for(agreement, "Law").name,
		"entry": scenes.entries_of(agreement)[0].name,
		"policy": policy.name,
		"delegation": delegation.name,
		"engagement": factories.make_engagement(agreement=agreement.name).name,
		"event": event.name,
		"trade lead": factories.make_trade_lead().name,
		"win": win.name,
		"link": link,
		"import": new_import("Partner City", table).name,
		"referral": factories.make_trade_referral().name,
		"list": factories.make_restricted_party_list().name,
		"screening": factories.make_party_screening().name,
		**made(),
	}


def there_is_none(names: dict[str, str]) -> dict[str, str]:
	"""Names as like those there are as can be, of nothing."""
	return {kind: re.sub(r"[0-9a-z](?=[^0-9a-z]*$)", "q", name[:-1] + "0") for kind, name in names.items()}


def answer(browser, method: str, names: dict[str, str]) -> tuple[int, str]:
	"""Status and body of a call, the names in it made alike."""
	arguments = {key: names.get(value, value) for key, value in CALLS[method].items()}
	call = browser.read if "GET" in (_methods(method) or ()) else browser.call
	response = call(method, **arguments)
	body = _alike(response)
	for name in sorted(names.values(), key=len, reverse=True):
		body = body.replace(name, "NAME")
	return response.status_code, body


def _alike(response) -> str:
	"""The body without the mark Frappe gives every refusal."""
	return re.sub(r"[0-9a-f]{56}", "MARK", response.get_data(as_text=True))


def _methods(method: str) -> list[str] | None:
	for decorator in METHODS[method].decorator_list:
		for keyword in getattr(decorator, "keywords", ()):
			if keyword.arg == "methods":
				return [element.value for element in keyword.value.elts]
	return None


def reviewer() -> str:
	return factories.make_user("curious@city.example", DEPARTMENT).name


# Who may know of policies and absences by one of their roles.
KNOWN_BY_ROLE = {
	"policy",
	"delegation",
	"trade lead",
	"win",
	"referral",
	"event",
	"list",
	"screening",
	"link",
	"import",
	*(
		value
		for arguments in CALLS_OF_FUNCTIONS.values()
		for value in arguments.values()
		if isinstance(value, str)
	),
}


@pytest.mark.parametrize("method", sorted(CALLS))
def test_a_reviewer_who_is_not_asked_learns_nothing(method, names, client):
	browser = client(reviewer())
	hidden = answer(browser, method, names)
	assert hidden == answer(browser, method, there_is_none(names))
	assert hidden[0] in (403, 404), hidden


@pytest.mark.parametrize("method", sorted(m for m in CALLS if not KNOWN_BY_ROLE & set(CALLS[m].values())))
def test_nobody_learns_of_a_confidential_agreement_whatever_roles_they_hold(method, names, client):
	browser = client(scenes.all_roles_but_the_systems())
	hidden = answer(browser, method, names)
	assert hidden == answer(browser, method, there_is_none(names))
	assert hidden[0] in (403, 404), hidden


@pytest.mark.parametrize("state", ["Pending", "Decided", "Withdrawn"])
@pytest.mark.parametrize("method", ["decide", "forward", "ask", "answer", "override", "record_decision"])
def test_how_a_question_stands_is_not_told_either(method, state, names, client):
	agreement = frappe.get_doc("MOU", names["agreement"])
	if state == "Decided":
		factories.decide(frappe.get_doc("Approval Clearance", names["clearance"]))
	if state == "Withdrawn":
		with factories.acting_as(scenes.office()):
			routes.send_back("MOU", agreement.name, "The partner asked for it.")
	browser = client(reviewer())
	path = f"{APPROVALS}.api.{method}"
	assert answer(browser, path, names) == answer(browser, path, there_is_none(names))


def test_who_may_read_a_clearance_is_told_whose_it_is_not_how_it_was_answered(client):
	scenes.make_policy(scenes.rule("Law", user=factories.make_user("attorney@city.example", DEPARTMENT).name))
	agreement = scenes.under_way()
	clearance = scenes.clearance_for(agreement, "Law")
	factories.decide(clearance)
	response = client(scenes.manager()).call(
		f"{APPROVALS}.api.decide", clearance=clearance.name, decision="Clear"
	)
	assert response.status_code == 403
	assert "was put to Law, not to you" in response.get_data(as_text=True)


@pytest.mark.parametrize(
	"page", ["/agreement/{agreement}", "/clearance/{clearance}", "/council-action/{clearance}"]
)
def test_the_pages_answer_alike(page, names, client):
	nothing = there_is_none(names)
	for browser in (client(reviewer()), client(scenes.all_roles_but_the_systems()), client()):
		hidden, none = (browser.get(page.format(**known)) for known in (names, nothing))
		assert hidden.status_code == none.status_code
		assert _without_names(hidden, names) == _without_names(none, nothing)


def _without_names(response, names: dict[str, str]) -> str:
	body = re.sub(r'name="csrf-token" content="[^"]*"', "", response.get_data(as_text=True))
	for name in names.values():
		body = body.replace(name, "NAME")
	return body


def test_naming_a_hidden_agreement_in_another_is_answered_as_naming_none(names, client):
	with factories.acting_as(scenes.manager()):
		draft = factories.make_agreement()
	browser = client(scenes.manager())
	told = []
	for known in (names, there_is_none(names)):
		response = browser.request(
			"PUT", f"/api/resource/MOU/{draft.name}", json={"supersedes": known["agreement"]}
		)
		body = _alike(response).replace(known["agreement"], "NAME")
		told.append(
			(
				response.status_code,
				frappe.parse_json(body)["exc_type"],
				frappe.parse_json(body)["_server_messages"],
			)
		)
	assert told[0] == told[1]


def test_every_method_that_takes_a_record_is_tried():
	takes = {
		name
		for name, function in METHODS.items()
		# What answers in place of Frappe's own methods is tried by tests/doors.
		if NAMING & {argument.arg for argument in function.args.args}
		and ".access.doors." not in name
		and name not in MAKES_ONE
	}
	assert takes <= set(CALLS), sorted(takes - set(CALLS))
