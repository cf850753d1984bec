"""Whatever is sent to a method of ours, by whomever: a sentence below 500, and where it refuses nothing is written.

Every whitelisted method there is gets some of its arguments as it needs them, so that the call gets deep, and at
least one that no form sends.
"""

import inspect
import json
from typing import Any

import frappe
import pytest
from frappe.query_builder.functions import Count, Max
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city_diplomacy.access.rights import LEGAL, MANAGER, POLICY_ADMIN, TRADE
from tests import factories, grounds
from tests.approvals import scenes
from tests.fuzz.hostile import LEFT_OUT, values
from tests.static.test_whitelisted_methods import DOORS, METHODS, READ_ONLY_METHODS

# What stands for a method of Frappe hands everything it does not guard over to Frappe, errors included.
# What belongs to a document is called on one, and those here take nothing else.
TRIED = sorted(
	name
	for name, function in METHODS.items()
	if not name.startswith(DOORS) and "self" not in [argument.arg for argument in function.args.args]
)
OURS = (
	*(
		"Approval Route",
		"Approval Clearance",
		"Approval Decision",
		"Approval Snapshot",
		"Approval Delegation",
	),
	*(
		"Approval Notice",
		"Approval Notification Preference",
		"Legal Hold",
		"Council Action",
		"Routing Policy",
	),
	*("MOU", "Partner Engagement", "Trade Lead", "Trade Referral", "Export Win"),
)
BESIDE = ("File", "ToDo", "Comment", "Version", "Event", "Lead", "Opportunity")


def guest() -> None:
	return None


def without_a_role() -> str:
	return factories.make_user("nobody@elsewhere.example").name


def reviewer() -> str:
	return factories.make_person(LEGAL).name


def in_charge() -> str:
	"""Somebody who may do nearly everything, so that few calls end at a permission."""
	return factories.make_user("in.charge@city.example", MANAGER, POLICY_ADMIN, TRADE).name


@pytest.fixture
def good() -> dict[str, list[Any]]:
	"""By the name of an argument, values that lead somewhere."""
	attorney = reviewer()
	scenes.make_policy(scenes.rule("City Attorney", role=LEGAL, may_forward=1, recorded_decision_allowed=1))
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, "City Attorney")
	policy = scenes.make_policy(scenes.rule("Another", role=LEGAL), title="Another Policy", activate=False)
	lead, engagement = factories.make_trade_lead(), factories.make_engagement()
	event = frappe.get_doc(
		{"doctype": "Event", "subject": "Call", "starts_on": "2026-10-05 10:00:00"}
	).insert()
	entry = scenes.entries_of(agreement)[-1]
	return {
		"doctype": ["MOU"],
		"document_type": ["MOU"],
		"name": [agreement.name],
		"agreement": [agreement.name],
		"clearance": [row.name],
		"policy": [policy.name],
		"entry": [entry.name],
		"trade_lead": [lead.name],
		"win": [factories.make_export_win().name],
		"referral": [factories.make_trade_referral(lead).name],
		"engagement": [engagement.name],
		"event": [event.name],
		"to_user": [attorney],
		"delegate": [attorney],
		"decision": ["Clear", "Clear with Conditions", "Return", "Object"],
		"outcome": ["Adopted", "Rejected"],
		"version": ["internal", "releasable"],
		"disclosure": ["Public", "Exempt"],
		"deliver": ["Immediately"],
		"searchfield": ["name"],
		"txt": ["Na"],
		"reason": ["Because."],
		"question": ["Why?"],
		"from_date": [frappe.utils.nowdate()],
		"to_date": [frappe.utils.nowdate()],
		"signed_on": [frappe.utils.nowdate()],
		"evidence": [scenes.evidence()],
		"source_file": [scenes.evidence("Signed.")],
		"values": [{"title": "Old", "purpose": "Known."}, {"financial_value": 5}],
		"page_len": [10],
		"start": [0],
	}


def arguments_of(method: str, good: dict[str, list[Any]]) -> st.SearchStrategy:
	"""Arguments by name, at least one of them as no form sends it, or left out."""
	names = list(inspect.signature(frappe.get_attr(method)).parameters)
	fitting = {name: st.sampled_from(good[name]) if name in good else values for name in names}

	@st.composite
	def drawn(draw) -> dict[str, Any]:
		spoilt = draw(st.sets(st.sampled_from(names), min_size=1, max_size=max(1, len(names) // 2)))
		sent = {name: draw(values | st.just(LEFT_OUT) if name in spoilt else fitting[name]) for name in names}
		return {name: value for name, value in sent.items() if value is not LEFT_OUT}

	return drawn() if names else st.just({})


def picture() -> list[tuple]:
	"""How many rows there are of what an approval or a method of ours writes, and when the last was changed."""
	rows = []
	for doctype in (*OURS, *BESIDE):
		table = frappe.qb.DocType(doctype)
		rows.append((doctype, *frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()[0]))
	return rows


def said(answer: Any) -> str:
	"""The sentences of a refusal, as a person reads them; a calendar program is told in plain words."""
	if answer.mimetype == "text/plain":
		return answer.text
	body = json.loads(answer.text)
	messages = [json.loads(message) for message in json.loads(body.get("_server_messages") or "[]")]
	text = " ".join(message.get("message", "") for message in messages)
	return text.strip() or body.get("_error_message") or body.get("exception") or ""


def send(browser: Any, method: str, arguments: dict[str, Any]) -> Any:
	if method not in READ_ONLY_METHODS:
		return browser.call(method, **arguments)
	texts = {
		name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()
	}
	# A query string holds text, and none that cannot be encoded.
	return browser.read(
		method, **{name: text.encode(errors="replace").decode() for name, text in texts.items()}
	)


class Attempt:
	"""Somebody's calls, one after the other; what is stored is looked at once between two of them."""

	def __init__(self, browser: Any, good: dict[str, list[Any]]):
		self.browser, self.good, self.before = browser, good, picture()

	def check(self, method: str, arguments: dict[str, Any]) -> None:
		answer = send(self.browser, method, arguments)
		shown = {name: str(value)[:60] for name, value in arguments.items()}
		where = f"{method}({shown}): {answer.status_code} {answer.text[-1500:]}"
		# What the sandbox has not got it refuses with 501.
		assert answer.status_code < 500 or (grounds.current.name, answer.status_code) == ("sandbox", 501), (
			where
		)
		after = picture()
		if answer.status_code >= 400:
			assert after == self.before, where
			assert said(answer), where
			assert "Traceback" not in said(answer), where
			assert "<img" not in said(answer), f"Desk would show this as HTML: {where}"
		self.before = after


def try_out(attempt: Attempt, method: str, examples: int) -> None:
	"""The same examples each time, so that a failure is there when it is looked for."""

	@settings(
		max_examples=examples,
		derandomize=True,
		database=None,
		deadline=None,
		suppress_health_check=list(HealthCheck),
	)
	@given(arguments_of(method, attempt.good))
	def tried(arguments: dict[str, Any]) -> None:
		attempt.check(method, arguments)

	tried()


# Whoever may do little is mostly refused at once; most is tried by whom the methods let in.
@pytest.mark.parametrize(
	("account", "examples"), [(guest, 2), (without_a_role, 3), (reviewer, 4), (in_charge, 12)]
)
def test_a_method_answers_anything_with_less_than_500(account, examples, client, good):
	attempt = Attempt(client(account()), good)
	if grounds.current.name == "site":
		# Every method, with what the database and Frappe itself may make of it; the sandbox tries more.
		examples = max(1, examples // 3)
	for method in TRIED:
		try_out(attempt, method, examples)
