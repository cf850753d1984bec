"""Whole lives of agreements, told act by act, for tests that look at the record after each of them.

Each life is a generator: it yields the agreement after every act. Together they write every kind of entry there is.
"""

from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.utils import add_days, add_months, now_datetime, nowdate

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, OVERRIDE, POLICY_ADMIN
from city_diplomacy.partnership_approvals.api import council, records
from city_diplomacy.partnership_approvals.engine import (
	conditions_met,
	decide,
	escalate,
	questions,
	reassign,
	routes,
	seats,
)
from city_diplomacy.partnership_approvals.ledger import baselines, keys
from city_diplomacy.partnership_approvals.policies import migration
from city_diplomacy.partnership_approvals.records import disposal
from city_diplomacy.partnerships.agreements import existing, signed_changes, signing
from city_diplomacy.patches.v1_0 import say_conditions_in_rows as restating
from city_diplomacy.patches.v1_0 import take_dates_and_signatories_for_content as widening
from tests import factories
from tests.approvals import old_ledgers, old_policies, scenes

Life = Iterator[Any]
TEXTS = "understanding.txt"
RENAMED, TWICE = "notary.renamed@lives.example", "notary.again@lives.example"
SIGNATORY = {"side": "Ours", "signatory": "A. Mayor", "capacity": "Mayor"}


def person(name: str, *roles: str) -> str:
	email = f"{name}@lives.example"
	if not frappe.db.exists("User", email):
		factories.make_user(email, *(roles or (DEPARTMENT,)))
	return email


def seat(name: str, **fields: Any) -> dict[str, Any]:
	return scenes.rule(name.title(), user=person(name), **fields)


def policy(*seats: dict[str, Any], **tables: Any) -> Any:
	return scenes.make_policy(*seats, title=f"Policy of {len(frappe.get_all('Routing Policy'))}", **tables)


def set_out(**fields: Any) -> Any:
	"""An agreement with a file, a price and a signatory, as far as the first stage."""
	with factories.acting_as(scenes.office()):
		file = factories.make_file(TEXTS, "The parties intend to work together.").file_url
		values = {
			"texts": [{"language": "en", "version_number": 1, "file": file}],
			"signatories": [SIGNATORY],
			"financial_value": 1250.5,
			"currency": "USD",
			"term_months": 12,
			"recitals": "<p>Whereas both cities have ports.</p>",
			**fields,
		}
		return factories.start_clearance(factories.make_agreement(**values))


def asked(agreement: Any, name: str, state: str = "Pending") -> Any:
	return scenes.clearance_for(agreement, name.title(), state)


def edit(agreement: Any, **values: Any) -> None:
	with factories.acting_as(scenes.office()):
		doc = frappe.get_doc("MOU", agreement.name)
		doc.update(values)
		doc.save()


def by(user: str, act: Callable[..., Any], *facts: Any, **more: Any) -> Any:
	with factories.acting_as(user):
		return act(*facts, **more)


def to_the_signature_and_beyond() -> Life:
	"""A question, conditions, a letter, a signed copy; suspended, in force again, terminated."""
	law = seat("law", watched_fields="recitals, texts", may_forward=1)
	policy(
		law,
		seat("finance", recorded_decision_allowed=1, mandatory=1),
		seat("mayor", stage=2, workflow_state="Mayor's Decision", mandatory=1),
	)
	agreement = set_out()
	yield agreement
	row = asked(agreement, "law")
	by(row.put_to, questions.ask, row.name, "Which law governs?")
	yield agreement
	by(scenes.office(), questions.answer, row.name, "California's.")
	yield agreement
	factories.decide(row, "Clear with Conditions", "With care.", "Say so in article 9.")
	yield agreement
	letter = by(scenes.manager(), scenes.evidence, "Dear office, we agree. The treasurer.")
	money = asked(agreement, "finance")
	by(scenes.manager(), decide.record_decision, money.name, "Clear", "By letter of today.", letter)
	yield agreement
	factories.decide(asked(agreement, "mayor"))
	yield agreement
	by(scenes.manager(), conditions_met.confirm, row.name, "Article 9 says so.")
	yield agreement
	by(row.put_to, conditions_met.dispute, row.name, "Article 9 names no court.")
	yield agreement
	by(row.put_to, conditions_met.confirm, row.name, "It does now.")
	yield agreement
	copy = by(scenes.manager(), factories.make_file, "signed.txt", "The signed instrument.").file_url
	by(scenes.manager(), signing.sign, agreement.name, nowdate(), copy)
	yield agreement
	for changes in ({"expiry_date": "2040-01-01"}, {"signatories": [{**SIGNATORY, "signatory": "B. Mayor"}]}):
		by(scenes.manager(), signed_changes.change, agreement.name, "It was renewed.", changes)
		yield agreement
	for state in ("Suspended", "Active", "Terminated"):
		by(scenes.manager(), routes.change_standing, "MOU", agreement.name, state, "An election there.")
		yield agreement


def through_three_rounds() -> Life:
	"""Returned and carried over, changed while asked and when ready, sent back, withdrawn in the end."""
	policy(
		seat("law", watched_fields="recitals"), seat("finance", watched_fields="financial_value, currency")
	)
	agreement = set_out()
	factories.decide(asked(agreement, "law"), "Clear with Conditions", conditions="Name the court.")
	yield agreement
	by(
		scenes.manager(),
		conditions_met.confirm,
		asked(agreement, "law", "Decided").name,
		"Article 3 names it.",
	)
	factories.decide(asked(agreement, "finance"), "Return", "The price is missing.")
	yield agreement
	edit(agreement, financial_value=3000)
	yield agreement
	by(scenes.office(), factories.start_clearance, agreement)
	yield agreement
	edit(agreement, recitals="<p>Whereas both cities have harbors.</p>")
	yield agreement
	edit(agreement, purpose="To learn.")
	yield agreement
	factories.clear_every_stage(agreement)
	yield agreement
	edit(agreement, financial_value=4000)
	yield agreement
	by(scenes.office(), routes.send_back, "MOU", agreement.name, "The partner asked for it.")
	yield agreement
	by(scenes.office(), factories.start_clearance, agreement)
	yield agreement
	by(scenes.office(), routes.withdraw, "MOU", agreement.name, "Never mind.")
	yield agreement


def from_hand_to_hand() -> Life:
	"""Passed on, handed over when late, stood aside from, answered over everybody's head."""
	person("deputy"), person("colleague")
	policy(
		seat("law", may_forward=1, mandatory=1),
		seat("harbor", escalates_to=person("deputy"), mandatory=1),
		seat("finance", fallback_user=person("colleague"), mandatory=1),
	)
	agreement = set_out()
	yield agreement
	row = asked(agreement, "law")
	by(row.put_to, reassign.forward, row.name, person("colleague"), "You know it better.")
	yield agreement
	late = asked(agreement, "harbor")
	route, held = seats.lock(late.name)
	route.clearances.change(held, due_date=add_days(nowdate(), -14), next_escalation=add_days(nowdate(), -15))
	route.store()
	yield agreement
	escalate.escalate(late.name)
	yield agreement
	factories.decide(asked(agreement, "finance"), "Recuse", "My brother owns it.")
	yield agreement
	by(
		factories.make_person(OVERRIDE).name,
		decide.override,
		asked(agreement, "harbor").name,
		"Clear",
		"After the storm.",
	)
	yield agreement
	by(person("colleague"), decide.decide, row.name, "Clear")
	yield agreement


def under_another_policy() -> Life:
	"""Moved to another policy, whose answer any one of two may give."""
	law = seat("law", rule_key="law0000001")
	policy(law, seat("finance"))
	agreement = set_out()
	factories.decide(asked(agreement, "law"))
	yield agreement
	either = {"join_group": "either", "join": "Any"}
	other = policy(law, seat("ethics", **either), seat("harbor", **either))
	mover = factories.make_person(POLICY_ADMIN).name
	by(mover, migration.migrate, "MOU", agreement.name, other.name, "New rules.")
	yield agreement
	factories.decide(asked(agreement, "ethics"))
	yield agreement


def before_the_council() -> Life:
	"""Continued, referred, and adopted in other words with an attested copy."""
	clerk = factories.make_person(CLERK).name
	policy(
		seat("law", watched_fields="recitals"),
		scenes.rule(
			"City Council",
			role=CLERK,
			stage=2,
			workflow_state="Council Decision",
			mandatory=1,
			if_refused="Decline",
		),
	)
	agreement = set_out()
	factories.decide(asked(agreement, "law"))
	meeting = {"council_meeting_date": "2026-01-13"}
	acts = (
		{"outcome": "Continued", "file_number": "26-1", "continued_to": add_days(nowdate(), 200)},
		{"outcome": "Referred to Committee", "file_number": "26-2", "referred_to": "Ports"},
		{
			"outcome": "Adopted as Amended",
			"file_number": "26-3",
			"instrument": "Resolution",
			"instrument_number": "2026-7",
			"ayes": 5,
			"noes": 2,
			"amendments": [{"fieldname": "purpose", "text": "Learn from each other's harbors."}],
		},
	)
	for number, act in enumerate(acts):
		question = scenes.clearance_for(agreement, "City Council")
		copy = by(clerk, factories.make_file, f"attested-{number}.txt", f"Attested {number}.").file_url
		by(
			clerk,
			council.record_council_action,
			clearance=question.name,
			attested_copy=copy,
			**meeting,
			**act,
		)
		yield agreement


def declined() -> Life:
	factories.make_person(LEGAL)
	policy(scenes.rule("Attorney", role=LEGAL, veto=1, if_refused="Decline"), seat("finance"))
	agreement = set_out(sponsor=person("sponsor"))
	factories.decide(scenes.clearance_for(agreement, "Attorney"), "Object", "Against the charter.")
	yield agreement


def signed_before_we_came() -> Life:
	"""Entered with its paper, found with numbers as text, expired."""
	values = factories.make_agreement().as_dict()
	kept = ("title", "agreement_type", "purpose", "parties", "sponsor")
	with factories.acting_as(scenes.manager()):
		name = existing.record_existing(
			{**{field: values[field] for field in kept}, "financial_value": "1250.50", "term_months": "12"},
			scenes.evidence("The scan."),
			"Signed in 2019.",
			"Active",
		)["name"]
	agreement = frappe.get_doc("MOU", name)
	yield agreement
	by(
		scenes.manager(),
		routes.record_standing,
		routes.lock_existing("MOU", name),
		"Expired",
		"Its term ended.",
	)
	yield agreement


def in_custody() -> Life:
	"""Its words marked, held, released, redacted and disposed of; its ledger sealed with another key."""
	policy(seat("law"), seat("finance"))
	agreement = set_out()
	factories.decide(asked(agreement, "law"), "Clear with Conditions", conditions="Pay the court.")
	by(
		scenes.manager(),
		conditions_met.confirm,
		asked(agreement, "law", "Decided").name,
		"It was paid.",
	)
	factories.decide(asked(agreement, "finance"), "Return", "The annex is missing.")
	by(scenes.office(), factories.start_clearance, agreement)
	clerk = factories.make_person(CLERK).name
	words = {row.remarks: row.name for row in scenes.entries_of(agreement) if row.remarks}
	by(clerk, records.mark_disclosure, words["It was paid."], "Exempt", "Gov. Code § 1")
	yield agreement
	by(clerk, records.legal_hold, "MOU", agreement.name, True, "A claim.")
	yield agreement
	by(clerk, records.legal_hold, "MOU", agreement.name, False, "It is settled.")
	yield agreement
	for said in ("It was paid.", "Pay the court."):
		by(clerk, records.redact, words[said], "Privileged.")
		yield agreement
	by(scenes.office(), routes.withdraw, "MOU", agreement.name, "Never mind.")
	dispose_of(agreement)
	yield agreement


def dispose_of(agreement: Any) -> None:
	"""As if its approval had ended long ago, which the entry of the disposal then tells too."""
	schedule = {"class_title": "Papers", "applies_to": "MOU", "keep_years": 1, "citation": "R 1", "active": 1}
	by(factories.make_person(CLERK).name, frappe.get_doc({"doctype": "Records Schedule", **schedule}).insert)
	route = scenes.route_of(agreement).name
	long_ago = add_months(now_datetime(), -24)
	frappe.db.set_value("Approval Route", route, "ended_on", long_ago, update_modified=False)
	disposal.dispose_by_schedule()


def sealed_with_another_key() -> Life:
	"""The key that writes is replaced in the middle of its way."""
	policy(seat("law"), seat("finance"))
	answered, waiting = set_out(), set_out(title="Another understanding")
	with old_ledgers.keys(*(key.hex() for key in keys.keyring().keys), "ab" * 32):
		yield answered
		factories.decide(asked(answered, "law"))
		baselines.write_entries()
		yield answered
		yield waiting
		factories.decide(asked(waiting, "law"))
		yield waiting


def renamed_around() -> Life:
	"""The records it names are called otherwise, while it is asked about and when it is in force."""
	policy(seat("notary", watched_fields="parties"), seat("finance", watched_fields="financial_value"))
	partner = factories.make_partner_city("Oldport", "Japan")
	agreement = set_out(
		parties=[
			{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
			{"side": "Counterpart", "party_type": "Partner City", "party": partner.name},
		]
	)
	factories.decide(asked(agreement, "notary"))
	frappe.rename_doc("Partner City", partner.name, "Newport, Japan")
	yield agreement
	factories.decide(asked(agreement, "finance"))
	by(scenes.manager(), signing.sign, agreement.name, nowdate())
	yield agreement
	frappe.rename_doc("Partner City", "Newport, Japan", "Latest Port, Japan")
	yield agreement
	other = factories.make_partner_city("Other", "Japan")
	frappe.rename_doc("Partner City", "Latest Port, Japan", other.name, merge=True)
	yield agreement
	for number in range(2):
		frappe.rename_doc(
			"User", person("notary") if not number else RENAMED, RENAMED if not number else TWICE, force=True
		)
		yield agreement


def written_before_entries_told_everything() -> Life:
	"""As entries were written in the first format, with its baseline and what came after it."""
	policy(seat("law"), seat("finance"), seat("mayor", stage=2, workflow_state="Mayor's Decision"))
	with old_ledgers.written():
		agreement = set_out()
		factories.decide(asked(agreement, "law"), "Clear with Conditions", conditions="Name the court.")
		row = asked(agreement, "finance")
		by(row.put_to, questions.ask, row.name, "Who pays?")
	yield agreement
	widening.execute()
	yield agreement
	by(scenes.office(), questions.answer, row.name, "We do.")
	yield agreement
	baselines.write_entries()
	yield agreement
	factories.decide(row)
	factories.decide_all(agreement)
	yield agreement


def under_expressions_of_an_earlier_version() -> Life:
	"""When its rules apply was written as expressions, and is said in rows while people are asked."""
	policy = old_policies.from_before("doc.financial_value > 1000", "")
	agreement = old_policies.set_out_before(policy, financial_value=5000, currency="USD")
	yield agreement
	restating.execute()
	yield agreement
	factories.clear_every_stage(agreement)
	yield agreement


IN_BOTH = (
	to_the_signature_and_beyond,
	through_three_rounds,
	from_hand_to_hand,
	under_another_policy,
	before_the_council,
	declined,
	signed_before_we_came,
	under_expressions_of_an_earlier_version,
)
ON_A_SITE = (in_custody, sealed_with_another_key, renamed_around, written_before_entries_told_everything)
