"""Property 7 for who signs and when: cleared like the text, signed after it was cleared, changed by an act alone."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import CLERK
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.report.approval_exceptions import approval_exceptions
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnerships.agreements import signed_changes, signing
from city_diplomacy.partnerships.exceptions import AgreementError, SignatureDayError
from tests import factories
from tests.approvals import scenes

API = "city_diplomacy.partnerships.api"
MAYOR = {"side": "Ours", "signatory": "A. Mayor", "capacity": "Mayor"}


@pytest.fixture
def seats():
	"""Law is asked about all of it, Finance about the money."""
	scenes.make_policy_of_departments({"Law": {}, "Finance": {"watched_fields": "financial_value, currency"}})


def asked_again(agreement) -> list[str]:
	return [row.seat for row in factories.clearances_of(agreement, "Pending")]


@pytest.mark.real_site
@pytest.mark.parametrize(
	"change",
	[
		{"expiry_date": "2040-01-01"},
		{"effective_date": "2030-01-01"},
		{"signatories": [{**MAYOR, "signatory": "Somebody Else"}]},
		{"signatories": []},
	],
)
def test_whoever_watches_all_of_it_is_asked_again_when_it_was_ready(seats, client, change):
	agreement = scenes.ready_to_sign(signatories=[MAYOR])
	answer = client(scenes.office()).request("PUT", f"/api/resource/MOU/{agreement.name}", json=change)
	assert answer.status_code == 200, answer.text
	assert scenes.state_of(agreement) == "In Clearance"
	assert asked_again(agreement) == ["Law"]
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError):
		signing.sign(agreement.name, nowdate())


def test_a_seat_can_watch_the_dates_alone(seats):
	scenes.make_policy(
		scenes.rule("Law", user="law@city.example", mandatory=1, watched_fields="purpose"),
		scenes.rule("Records", user="finance@city.example", mandatory=1, watched_fields="expiry_date"),
	)
	agreement = scenes.ready_to_sign()
	with factories.acting_as(scenes.office()):
		agreement.expiry_date = "2040-01-01"
		agreement.save()
	assert asked_again(agreement) == ["Records"]


# the day of the signature


@pytest.mark.parametrize("days", [-80_000, -1, 1])
def test_it_is_not_signed_before_it_was_cleared_nor_in_the_future(client, days):
	agreement = scenes.ready_to_sign()
	day = add_days(nowdate(), days)
	answer = client(factories.make_person(CLERK).name).call(
		f"{API}.sign", agreement=agreement.name, signed_on=day
	)
	assert answer.status_code == 417, answer.text
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_an_answer_that_was_carried_over_was_given_when_it_was_first_given(seats):
	"""Finance answered a week ago and is carried into the second round; Law answered five days ago."""
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Finance"))
	answered(agreement, "Finance", days_ago=7)
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "Another purpose.")
		agreement.reload()
		agreement.purpose = "Learn from each other's rivers."
		agreement.save()
		factories.start_clearance(agreement)
	assert asked_again(agreement) == ["Law"]
	factories.decide(scenes.clearance_for(agreement, "Law"))
	answered(agreement, "Law", days_ago=5)
	with factories.acting_as(scenes.manager()):
		with pytest.raises(SignatureDayError):
			signing.sign(agreement.name, add_days(nowdate(), -6))
		signing.sign(agreement.name, add_days(nowdate(), -5))
	assert scenes.state_of(agreement) == "Active"


def answered(agreement, seat: str, days_ago: int) -> None:
	row = scenes.clearance_for(agreement, seat, "Decided")
	moment = add_days(frappe.utils.now_datetime(), -days_ago)
	frappe.db.set_value("Approval Clearance", row.name, "decided_on", moment)


def test_signatories_days_may_be_noted_as_they_come_in(seats):
	agreement = scenes.ready_to_sign(signatories=[MAYOR, {**MAYOR, "side": "Counterpart"}])
	with factories.acting_as(scenes.office()):
		agreement.signatories[1].signed_on = nowdate()
		agreement.signatories[1].signed_by_substitute = 1
		agreement.save()
	assert scenes.state_of(agreement) == "Ready to Sign"
	with factories.acting_as(scenes.manager()):
		signed = signing.sign(agreement.name, nowdate())
	assert [str(row.signed_on) for row in signed.signatories] == [nowdate(), nowdate()]
	assert signed.signatories[1].signed_by_substitute == 1


def test_a_signatory_who_signed_before_it_was_cleared_signed_another_text(seats):
	agreement = scenes.ready_to_sign(signatories=[MAYOR])
	with factories.acting_as(scenes.office()):
		agreement.signatories[0].signed_on = "1800-01-01"
		agreement.save()
	with factories.acting_as(scenes.manager()), pytest.raises(SignatureDayError, match="Row 1, Signed on"):
		signing.sign(agreement.name, nowdate())


@pytest.mark.parametrize(
	"fields", [{"signed_on": "2020-01-01"}, {"signatories": [{**MAYOR, "signed_on": "2020-01-01"}]}]
)
def test_a_draft_carries_no_day_of_signature(fields):
	with (
		factories.acting_as(scenes.office()),
		pytest.raises(AgreementError, match="when the signature is recorded"),
	):
		factories.make_agreement(**fields)


def test_what_the_signature_added_is_part_of_what_the_ledger_has(seats):
	agreement = scenes.in_force(signatories=[MAYOR])
	(signed,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Signed"]
	assert signed.content_hash == hash_of(agreement)
	agreement.signed_on = "1800-01-01"
	assert signed.content_hash != hash_of(agreement)


# once it is signed


@pytest.mark.real_site
@pytest.mark.parametrize(
	"change",
	[
		{"expiry_date": "2040-01-01"},
		{"effective_date": "2020-01-01"},
		{"signed_on": "1800-01-01"},
		{"signed_precision": "Year"},
		{"signatories": [{**MAYOR, "signatory": "Somebody Else"}]},
	],
)
def test_dates_and_signatories_are_not_edited_afterwards(seats, client, change):
	agreement = scenes.in_force(signatories=[MAYOR])
	before = scenes.picture_of(agreement)
	answer = client(scenes.manager()).request("PUT", f"/api/resource/MOU/{agreement.name}", json=change)
	assert (answer.status_code, answer.json["exc_type"]) == (417, "ApprovalBypassError"), answer.text
	assert scenes.picture_of(agreement) == before


def test_a_manager_changes_a_date_by_an_act_with_a_reason(seats, client):
	agreement = scenes.in_force(expiry_date=add_days(nowdate(), 365))
	longer = add_days(nowdate(), 1095)
	answer = client(scenes.manager()).call(
		f"{API}.change_signed",
		agreement=agreement.name,
		reason="Renewed by letters of both mayors.",
		expiry_date=longer,
	)
	assert answer.status_code == 200, answer.text
	agreement.reload()
	assert str(agreement.expiry_date) == longer
	last = scenes.entries_of(agreement)[-1]
	assert (last.event, last.actor, last.content_hash) == (
		"Dates Changed",
		scenes.manager(),
		hash_of(agreement),
	)
	assert "Renewed by letters" in last.remarks
	assert longer in last.remarks
	assert entries.verify("MOU", agreement.name)["findings"] == []
	with factories.acting_as(scenes.manager()):
		assert "Dates Changed" in [row["event"] for row in approval_exceptions.execute({})[1]]


def test_signatories_change_by_the_same_act(seats):
	agreement = scenes.in_force(signatories=[MAYOR])
	with factories.acting_as(scenes.manager()):
		rows = [{**MAYOR, "capacity": "Acting Mayor", "signed_on": nowdate()}]
		signed_changes.change(agreement.name, "She signed as acting mayor.", {"signatories": rows})
	agreement.reload()
	assert [row.capacity for row in agreement.signatories] == ["Acting Mayor"]
	assert scenes.events_of(agreement)[-1] == "Signatories Changed"


@pytest.mark.parametrize(
	("person", "reason", "changes", "refusal"),
	[
		("office", "Renewed.", {"expiry_date": "2040-01-01"}, frappe.PermissionError),
		("manager", " ", {"expiry_date": "2040-01-01"}, ApprovalError),
		("manager", "Nothing.", {}, ApprovalError),
		("manager", "Earlier.", {"signed_on": "1800-01-01"}, SignatureDayError),
		("manager", "Later.", {"signed_on": "2999-01-01"}, frappe.ValidationError),
		("manager", "Backwards.", {"expiry_date": "2001-01-01"}, AgreementError),
	],
)
def test_the_act_has_its_own_limits(seats, person, reason, changes, refusal):
	agreement = scenes.in_force()
	frappe.db.savepoint("act")
	with factories.acting_as(getattr(scenes, person)()), pytest.raises(refusal):
		signed_changes.change(agreement.name, reason, changes)
	frappe.db.rollback(save_point="act")
	assert scenes.events_of(agreement)[-1] == "Signed"


def test_what_is_not_signed_yet_is_edited_on_its_form(seats):
	agreement = scenes.ready_to_sign()
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="edited on its form"):
		signed_changes.change(agreement.name, "Renewed.", {"expiry_date": "2040-01-01"})


# agreements from before


def existing(client, **values):
	days = {"today": nowdate(), "yesterday": add_days(nowdate(), -1)}
	values = {
		name: days.get(value, value) if isinstance(value, str) else value for name, value in values.items()
	}
	for row in values.get("signatories", ()):
		row["signed_on"] = days.get(row["signed_on"], row["signed_on"])
	partner = factories.the_usual_partner_city()
	with factories.acting_as(scenes.manager()):
		source = factories.make_file("scan.txt", frappe.generate_hash()).file_url
	return client(scenes.manager()).call(
		f"{API}.record_existing",
		values={
			"title": "Understanding from before",
			"purpose": "Learn from each other.",
			"agreement_type": factories.make_agreement_type().name,
			"parties": [
				{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
				{"side": "Counterpart", "party_type": partner.doctype, "party": partner.name},
			],
			**values,
		},
		source_file=source,
		reason="From the archive.",
	)


@pytest.mark.parametrize(
	"values",
	[
		{"signed_on": "today"},
		{"signed_on": "today", "signed_precision": "Month"},
		{"signed_on": "today", "signed_precision": "Year"},
		{"effective_date": "today"},
		{"signed_on": "1998-05-01", "signatories": [{**MAYOR, "signed_on": "today"}]},
	],
)
def test_what_was_signed_today_is_none_from_before(client, values):
	answer = existing(client, **values)
	assert (answer.status_code, answer.json["exc_type"]) == (417, "SignatureDayError"), answer.text
	assert not frappe.db.exists("MOU", {"title": "Understanding from before"})


@pytest.mark.parametrize(
	"values",
	[
		{"signed_on": "yesterday"},
		{"signed_on": "1959-01-01", "signed_precision": "Year"},
		{},
		{"effective_date": "1999-01-01"},
	],
)
def test_what_was_signed_earlier_is_recorded_with_the_hash_of_what_it_says(client, values):
	answer = existing(client, **values)
	assert answer.status_code == 200, answer.text
	agreement = frappe.get_doc("MOU", answer.json["message"]["name"])
	(entry,) = scenes.entries_of(agreement)
	assert entry.content_hash == hash_of(agreement)


def test_a_day_of_an_agreement_from_before_stays_before_it_came_here(client):
	name = existing(client, signed_on="1998-05-01").json["message"]["name"]
	with factories.acting_as(scenes.manager()), pytest.raises(SignatureDayError):
		signed_changes.change(name, "It was today.", {"signed_on": nowdate()})
