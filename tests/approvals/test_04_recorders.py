"""Property 4, for answers that came by letter: whoever records them is held to the separation of duties too."""

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MANAGER, MAYOR
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnership_approvals.exceptions import EvidenceReusedError, SelfApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes

API = "city_diplomacy.partnership_approvals.api"
SEATS = {"Attorney": LEGAL, "Finance": DEPARTMENT, "Mayor": MAYOR, "Clerk": CLERK}


@pytest.fixture
def four_seats():
	"""Four mandatory seats whose answers may come by letter."""
	return scenes.make_policy(
		*(
			scenes.rule(seat, role=role, mandatory=1, recorded_decision_allowed=1)
			for seat, role in SEATS.items()
		)
	)


def record(person: str, clearance, letter: str | None = None):
	"""Record a letter of the seat's own, unless `letter` is the URL of one."""
	with factories.acting_as(person):
		letter = letter or scenes.evidence(f"{clearance.seat}: we agree.")
		return decide.record_decision(clearance.name, "Clear", "By letter of today.", letter)


def test_a_manager_who_prepared_it_records_no_answer_to_it(four_seats, client):
	"""One letter of their own for all four seats, which they deleted afterwards."""
	manager = scenes.manager()
	with factories.acting_as(manager):
		agreement = factories.start_clearance(factories.make_agreement())
		letter = scenes.evidence("All of us agree.")
	browser = client(manager)
	for seat in SEATS:
		answer = browser.call(
			f"{API}.record_decision",
			clearance=scenes.clearance_for(agreement, seat).name,
			decision="Clear",
			remarks="By letter.",
			evidence=letter,
		)
		assert (answer.status_code, answer.json["exc_type"]) == (403, "SelfApprovalError"), answer.text
	assert scenes.state_of(agreement) == "In Clearance"


def test_a_sponsor_who_handed_the_matter_on_records_nothing_either(four_seats):
	agreement = scenes.under_way(sponsor=scenes.manager())
	with factories.acting_as(scenes.office()):
		agreement.sponsor = scenes.office()
		agreement.save()
	with pytest.raises(SelfApprovalError, match="prepared"):
		record(scenes.manager(), scenes.clearance_for(agreement, "Attorney"))


def test_one_letter_proves_the_answer_of_one_seat(four_seats):
	agreement = scenes.under_way()
	with factories.acting_as(scenes.manager()):
		letter = scenes.evidence("We agree, all of us.")
		the_same_again = factories.make_file("copy.txt", "We agree, all of us.").file_url
	record(scenes.manager(), scenes.clearance_for(agreement, "Attorney"), letter)
	for url in (letter, the_same_again):
		with pytest.raises(EvidenceReusedError, match="evidence of Attorney already"):
			record(scenes.manager(), scenes.clearance_for(agreement, "Finance"), url)
	assert scenes.clearance_for(agreement, "Finance").state == "Pending"


def test_one_neutral_manager_records_all_four_with_a_letter_each(four_seats):
	agreement = scenes.under_way()
	for seat in SEATS:
		record(scenes.manager(), scenes.clearance_for(agreement, seat))
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_a_letter_on_an_earlier_text_proves_nothing_about_the_next_round(four_seats):
	agreement = scenes.under_way()
	with factories.acting_as(scenes.manager()):
		letter = scenes.evidence()
	record(scenes.manager(), scenes.clearance_for(agreement, "Attorney"), letter)
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The partner asked for another purpose.")
		agreement.reload()
		agreement.purpose = "Learn from each other's rivers."
		agreement.save()
		factories.start_clearance(agreement)
	with pytest.raises(EvidenceReusedError):
		record(scenes.manager(), scenes.clearance_for(agreement, "Attorney"), letter)


def test_who_answered_for_one_mandatory_seat_records_no_other(four_seats):
	both = factories.make_user("both@city.example", MANAGER, LEGAL).name
	agreement = scenes.under_way()
	with factories.acting_as(both):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	with pytest.raises(SelfApprovalError, match="answered for Attorney already"):
		record(both, scenes.clearance_for(agreement, "Finance"))


def test_who_recorded_the_answer_of_one_mandatory_seat_answers_for_no_other(four_seats):
	both = factories.make_user("both@city.example", MANAGER, LEGAL).name
	agreement = scenes.under_way()
	record(both, scenes.clearance_for(agreement, "Finance"))
	with factories.acting_as(both), pytest.raises(SelfApprovalError, match="recorded the answer of Finance"):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")


def test_a_recorded_answer_carried_into_the_next_round_is_still_a_recorded_one(four_seats):
	agreement = scenes.under_way()
	record(scenes.manager(), scenes.clearance_for(agreement, "Finance"))
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "A pause.")
		factories.start_clearance(agreement)
	assert scenes.clearance_for(agreement, "Finance", "Decided").carried_over
	record(scenes.manager(), scenes.clearance_for(agreement, "Attorney"))
	assert scenes.clearance_for(agreement, "Attorney", "Decided").recorded


def letters_of(person: str):
	"""Two mandatory seats put to people by name; the first of them to `person`."""
	scenes.make_policy(
		scenes.rule("Harbor", user=person, mandatory=1, recorded_decision_allowed=1),
		scenes.rule("Clerk", role=DEPARTMENT, mandatory=1, recorded_decision_allowed=1),
	)


def test_a_letter_from_one_who_prepared_it_is_not_recorded():
	head = factories.make_user("head@city.example", DEPARTMENT, "International Affairs Officer").name
	letters_of(head)
	agreement = scenes.under_way()
	with factories.acting_as(head):
		agreement.purpose = "Learn from each other's rivers."
		agreement.save()
	with pytest.raises(SelfApprovalError, match="nobody can clear it in that name"):
		record(scenes.manager(), scenes.clearance_for(agreement, "Harbor"))


def test_whoever_answered_one_seat_by_letter_answers_no_other_in_person():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	letters_of(head)
	agreement = scenes.under_way()
	record(scenes.manager(), scenes.clearance_for(agreement, "Harbor"))
	with factories.acting_as(head), pytest.raises(SelfApprovalError, match="answered for Harbor already"):
		decide.decide(scenes.clearance_for(agreement, "Clerk").name, "Clear")


def test_the_form_offers_recording_to_neutral_managers_alone(four_seats):
	from city_diplomacy.partnership_approvals.api import form

	with factories.acting_as(scenes.manager()):
		own = factories.start_clearance(factories.make_agreement())
		assert form.for_form("MOU", own.name)["acts"]["record"] == []
	other = scenes.under_way()
	with factories.acting_as(scenes.manager()):
		offered = form.for_form("MOU", frappe.get_doc("MOU", other.name).name)["acts"]["record"]
	assert sorted(row["seat"] for row in offered) == sorted(SEATS)
