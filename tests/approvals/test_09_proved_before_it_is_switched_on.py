"""Property 9: a routing policy and its Workflow are proved before they are switched on.

A policy is a table anybody in the office can write, and what is wrong with one shows months later, when an
agreement stands where nobody can move it. So the checker (`domain.soundness`, in plain Python; its own tests
are in `tests/domain`) plays every way a document can go. What it finds names the row, says what goes wrong with
the steps that lead there, and what to mend. An error bars activation, by whatever way; a warning is shown.
"""

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError

from city_diplomacy.access.rights import AUDITOR, CLERK, DEPARTMENT, LEGAL, MAYOR, OFFICER, POLICY_ADMIN
from city_diplomacy.partnership_approvals.api import check_policy
from city_diplomacy.partnership_approvals.doctype.routing_policy.routing_policy import activate
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import UnsoundPolicyError
from city_diplomacy.partnership_approvals.policies import check, examples
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.routing.workflows import seed_workflow, workflow_of
from city_diplomacy.setup import policies
from city_diplomacy.setup.policies import COMPOSITE, SMALL_OFFICE, seed_policies
from tests import factories
from tests.approvals import scenes
from tests.desk.counting import counted_statements
from tests.speaking import speak

STAFF = (LEGAL, MAYOR, CLERK)


def staff_the_city() -> None:
	"""Two people in each office, so that one can stand aside."""
	for role in STAFF:
		factories.make_person(role)
		factories.make_user(f"second.{frappe.scrub(role).replace(chr(39), '')}@city.example", role)


def attorney(**fields):
	return scenes.rule("City Attorney", role=LEGAL, mandatory=1, **fields)


def mayor(**fields):
	fields = {"stage": 2, "workflow_state": "Mayor's Decision", **fields}
	return scenes.rule("Mayor", role=MAYOR, mandatory=1, **fields)


def ready(*rules):
	"""A submitted policy that is not active yet."""
	return scenes.make_policy(*rules, activate=False)


def found_in(policy) -> list[tuple[str, int | None]]:
	return [(finding["code"], finding["row"]) for finding in check.findings_of(policy)]


def active_policies() -> list[str]:
	return frappe.get_all("Routing Policy", {"status": "Active", "document_type": "MOU"}, pluck="name")


def what_was_said() -> str:
	return " ".join(entry["message"] for entry in frappe.get_message_log())


# a sound policy


@pytest.mark.parametrize("title", [SMALL_OFFICE, COMPOSITE])
def test_the_policies_a_site_is_given_are_sound(title):
	assert check.findings_of(frappe.get_doc("Routing Policy", {"title": title})) == []


def test_a_sound_policy_is_activated_without_a_word():
	staff_the_city()
	policy = ready(attorney(), mayor())
	frappe.clear_messages()
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		activate(policy.name)
	assert active_policies() == [policy.name]
	assert what_was_said() == ""


def come_with_the_app(monkeypatch, policy) -> None:
	"""As if this were the one policy a new site is given, to be active."""
	monkeypatch.setattr(policies, "SEEDED", {"given": "Active"})
	monkeypatch.setattr(examples, "values_of", lambda _name: policy)


def test_a_fresh_site_has_an_active_policy_before_anybody_has_an_account(monkeypatch):
	seat = attorney(recorded_decision_allowed=0)
	seeded = {"title": "For Nobody Yet", "document_type": "MOU", "rules": [seat]}
	come_with_the_app(monkeypatch, seeded)
	seed_policies()
	(policy,) = active_policies()
	assert ("seat-vacant", 1) in found_in(policy)
	assert frappe.db.get_value("Routing Policy", policy, "title") == "For Nobody Yet"


def test_a_policy_that_is_broken_whoever_works_here_is_not_seeded_as_active(monkeypatch):
	seeded = {
		"title": "Broken",
		"document_type": "MOU",
		"rules": [attorney(join="K of N", join_k=3)],
	}
	come_with_the_app(monkeypatch, seeded)
	with pytest.raises(UnsoundPolicyError):
		seed_policies()


# a broken one


def test_a_broken_policy_is_not_activated_and_the_one_before_stays():
	staff_the_city()
	before = active_policies()
	policy = ready(attorney(), mayor(join="K of N", join_k=2))
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name), pytest.raises(UnsoundPolicyError):
		activate(policy.name)
	assert active_policies() == before


def test_the_refusal_names_each_row_what_is_wrong_and_what_to_mend():
	staff_the_city()
	policy = ready(attorney(join="K of N", join_k=3), mayor(join="K of N", join_k=2))
	with pytest.raises(UnsoundPolicyError) as refusal:
		activate(policy.name)
	said = str(refusal.value)
	assert "Rule 1: 3 must clear in the group of City Attorney, but at most 1 can be asked." in said
	assert "Rule 2: 2 must clear in the group of Mayor" in said
	assert "Ask for 1 or fewer" in said


def test_words_of_the_policy_are_shown_as_words():
	policy = ready(scenes.rule("Port of <b>Harbor</b>", role=MAYOR))
	with pytest.raises(UnsoundPolicyError) as refusal:
		activate(policy.name)
	assert "Port of ‹b›Harbor‹/b›" in str(refusal.value)
	assert "<b>" not in str(refusal.value)


def test_there_is_no_way_around_by_saving_the_status():
	policy = frappe.get_doc("Routing Policy", ready(attorney(join="K of N", join_k=3)).name)
	policy.status = "Active"
	policy.update({"flags": {"seeding": True}})
	with pytest.raises(UnsoundPolicyError):
		policy.save()
	assert policy.name not in active_policies()


def test_submitting_a_broken_policy_is_allowed_and_says_what_stands_in_the_way():
	frappe.clear_messages()
	policy = ready(attorney(join="K of N", join_k=3))
	assert policy.status == "Ready"
	assert "3 must clear in the group of City Attorney" in what_was_said()


# warnings


def test_a_warning_is_shown_and_bars_nothing():
	staff_the_city()
	policy = ready(attorney(working_days=0), mayor())
	assert found_in(policy) == [("no-time-to-answer", 1)]
	frappe.clear_messages()
	activate(policy.name)
	assert active_policies() == [policy.name]
	assert "City Attorney has no working days to answer" in what_was_said()


# what depends on this site: its people, departments, fields and Workflow


def test_a_seat_nobody_can_fill_is_found_until_somebody_has_the_role():
	policy = ready(attorney())
	assert ("seat-vacant", 1) in found_in(policy)
	factories.make_person(LEGAL)
	assert ("seat-vacant", 1) not in found_in(policy)


def test_a_seat_nobody_holds_is_no_obstacle_where_a_decision_may_be_recorded():
	assert ("seat-vacant", 1) not in found_in(ready(attorney(recorded_decision_allowed=1)))


def test_a_closed_account_fills_no_seat():
	gone = factories.make_user("gone@city.example", DEPARTMENT)
	policy = ready(scenes.rule("Port", user=gone.name))
	assert ("seat-vacant", 1) not in found_in(policy)
	frappe.db.set_value("User", gone.name, "enabled", 0)
	assert ("seat-vacant", 1) in found_in(policy)


def test_the_head_of_two_departments_cannot_fill_two_mandatory_seats():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	policy = ready(
		*(
			{
				**scenes.rule(name, mandatory=1),
				"asked_of": "Department Head",
				"department": factories.make_department(f"{name} Office", head=head).name,
			}
			for name in ("Budget", "Harbor")
		)
	)
	assert ("one-person-two-seats", 2) in found_in(policy)


def test_a_department_that_holds_others_has_a_head_as_well():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	office = factories.make_department("Public Works", head=head, is_group=1)
	rule = {**scenes.rule("Works", mandatory=1), "asked_of": "Department Head", "department": office.name}
	assert ("seat-vacant", 1) not in found_in(ready(rule))


def test_an_acting_head_who_follows_keeps_a_recusal_from_stopping_the_route():
	head, acting = (
		factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("head", "acting.head")
	)
	office = factories.make_department("Harbor Office", head=head)
	rule = {**scenes.rule("Harbor", mandatory=1), "asked_of": "Department Head", "department": office.name}
	policy = ready(rule)
	assert ("recusal-leaves-it-stuck", 1) in found_in(policy)
	frappe.db.set_value("Department", office.name, "acting_head", acting)
	assert ("recusal-leaves-it-stuck", 1) not in found_in(policy)


def test_members_of_a_council_are_not_polled_one_by_one():
	members = [factories.make_user(f"member{number}@city.example", DEPARTMENT).name for number in (1, 2, 3)]
	policy = ready(
		*(
			scenes.rule(f"Ward {number}", user=member, workflow_state="Council Decision")
			for number, member in enumerate(members, start=1)
		)
	)
	finding = next(f for f in check.findings_of(policy) if f["code"] == "council-polled")
	assert "open-meetings law" in finding["problem"]
	assert "Ask the clerk once" in finding["mend"]


def test_a_condition_that_offers_what_the_field_does_not_is_found():
	policy = ready(attorney(), mayor(when=[(1, "binding", "is", "Fully binding")]))
	assert ("condition-never-holds", 2) in found_in(policy)


def test_the_work_of_the_checker_does_not_grow_with_rules_departments_and_people():
	counts = []
	for seats in (2, 12):
		people = [
			factories.make_user(f"person{number}.of.{seats}@city.example", DEPARTMENT).name
			for number in range(seats)
		]
		rules = [scenes.rule(f"Seat {number}", user=person) for number, person in enumerate(people)]
		for number in range(seats):
			factories.make_department(f"Office {number} of {seats}", head=people[number])
		policy = scenes.make_policy(*rules, title=f"Policy of {seats}", activate=False)
		check.findings_of(policy.name)
		with counted_statements() as sent:
			check.findings_of(policy.name)
		counts.append(len(sent))
	assert counts[0] == counts[1]


# the Workflow


def test_saving_the_workflow_says_what_the_active_policy_can_no_longer_do():
	workflow = frappe.get_doc("Workflow", {"document_type": "MOU", "is_active": 1})
	workflow.transitions = [
		row
		for row in workflow.transitions
		if (row.state, row.next_state) != ("In Clearance", "Mayor's Decision")
	]
	frappe.clear_messages()
	workflow.save()
	assert "Stage 2 cannot be entered" in what_was_said()
	assert ("stage-not-entered", 2) in found_in(active_policies()[0])


def test_a_way_that_only_a_second_round_takes_is_missed_before_it_is_needed():
	staff_the_city()
	policy = scenes.make_policy(attorney(), mayor())
	workflow = frappe.get_doc("Workflow", {"document_type": "MOU", "is_active": 1})
	past_the_attorney = ("Intake Review", "Mayor's Decision")
	workflow.transitions = [
		row for row in workflow.transitions if (row.state, row.next_state) != past_the_attorney
	]
	workflow.save()
	assert ("stage-not-entered", 2) in found_in(policy)

	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "City Attorney"), "Clear")
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The ceremony is put off.")
		with pytest.raises(WorkflowPermissionError):
			factories.start_clearance(agreement)


def test_a_step_added_to_the_workflow_is_said_to_lead_nowhere():
	workflow = frappe.get_doc("Workflow", {"document_type": "MOU", "is_active": 1})
	skip = {"state": "Draft", "action": "Advance", "next_state": "Ready to Sign", "allowed": OFFICER}
	workflow.append("transitions", skip)
	frappe.clear_messages()
	workflow.save()
	assert "from Draft to Ready to Sign can never be taken: no route leads that way." in what_was_said()
	assert ("dead-transition", None) in found_in(active_policies()[0])


def test_who_may_hand_in_and_when_is_the_offices_own():
	workflow = frappe.get_doc("Workflow", {"document_type": "MOU", "is_active": 1})
	for row in workflow.transitions:
		if row.next_state == "Intake Review":
			row.condition = "doc.purpose"
	frappe.clear_messages()
	workflow.save()
	assert what_was_said() == ""


@pytest.mark.parametrize("doctype", ["MOU", "Network Membership"])
def test_the_workflow_a_site_is_given_is_the_one_that_is_generated(doctype):
	routing = routing_of(doctype)
	seed_workflow(routing)
	stored = frappe.get_doc("Workflow", routing.workflow_name).as_dict()
	assert check.as_workflow(stored) == check.as_workflow(workflow_of(routing))


def test_saving_the_workflow_as_it_was_says_nothing():
	frappe.clear_messages()
	frappe.get_doc("Workflow", {"document_type": "MOU", "is_active": 1}).save()
	assert what_was_said() == ""


@pytest.mark.parametrize(
	("changes", "code"),
	[({"send_email_alert": 1}, "workflow-sends-email"), ({"is_active": 0}, "workflow-inactive")],
)
def test_a_workflow_that_acts_by_itself_or_not_at_all_bars_activation(changes, code):
	staff_the_city()
	policy = ready(attorney(), mayor())
	frappe.db.set_value("Workflow", {"document_type": "MOU"}, changes)
	assert (code, None) in found_in(policy)
	with pytest.raises(UnsoundPolicyError):
		activate(policy.name)


# asking the checker


def test_whoever_may_read_a_policy_may_have_it_checked():
	policy = ready(attorney(join="K of N", join_k=3))
	for role in (POLICY_ADMIN, OFFICER, AUDITOR):
		with factories.acting_as(factories.make_person(role).name):
			answer = check_policy(policy.name)
		assert (answer["policy"], answer["sound"]) == (policy.name, False)
		assert {"code", "severity", "row", "rule_key", "problem", "trace", "mend"} <= set(
			answer["findings"][0]
		)


GERMAN = {
	"{wanted} must clear in the group of {seat}, but at most {asked} can be asked.": (
		"In der Gruppe von {seat} müssen {wanted} zustimmen, gefragt werden können aber höchstens {asked}."
	),
	"all that are asked ({asked}) clear → {wanted} were wanted: it stays there": (
		"alle Gefragten ({asked}) stimmen zu → verlangt waren {wanted}: es bleibt dort stehen"
	),
	"Nobody can answer for {seat}: {reason}.": "Für {seat} kann niemand antworten: {reason}.",
	"no enabled account has the role {role}": "kein offenes Konto hat die Rolle {role}",
	LEGAL: "Rechtsamt",
}


@pytest.fixture
def some_german(monkeypatch):
	speak(monkeypatch, "de", GERMAN)


@pytest.mark.parametrize(
	("language", "problem", "last_step", "vacant"),
	[
		(
			"de",
			"In der Gruppe von City Attorney müssen 3 zustimmen, gefragt werden können aber höchstens 1.",
			"verlangt waren 3: es bleibt dort stehen",
			"Für City Attorney kann niemand antworten: kein offenes Konto hat die Rolle Rechtsamt.",
		),
		(
			"en",
			"3 must clear in the group of City Attorney, but at most 1 can be asked.",
			"3 were wanted: it stays there",
			f"Nobody can answer for City Attorney: no enabled account has the role {LEGAL}.",
		),
	],
)
def test_each_reads_what_is_found_in_their_own_language(
	some_german, monkeypatch, language, problem, last_step, vacant
):
	policy = ready(attorney(join="K of N", join_k=3))
	monkeypatch.setattr(frappe.local, "lang", language)
	found = {finding["code"]: finding for finding in check_policy(policy.name)["findings"]}
	assert found["join-cannot-complete"]["problem"] == problem
	assert found["join-cannot-complete"]["trace"][-1] == last_step
	assert found["seat-vacant"]["problem"] == vacant
	with pytest.raises(UnsoundPolicyError) as refusal:
		activate(policy.name)
	assert problem in str(refusal.value)


def test_a_policy_with_warnings_alone_is_sound():
	staff_the_city()
	answer = check_policy(ready(attorney(working_days=0), mayor()).name)
	assert answer["sound"]
	assert [finding["severity"] for finding in answer["findings"]] == ["warning"]


def test_somebody_who_may_not_read_policies_learns_nothing():
	policy = ready(attorney())
	with factories.acting_as(factories.make_person(DEPARTMENT).name), pytest.raises(frappe.PermissionError):
		check_policy(policy.name)


def test_checking_changes_nothing():
	policy = ready(attorney(join="K of N", join_k=3))
	before = frappe.get_doc("Routing Policy", policy.name).as_dict()
	check_policy(policy.name)
	assert frappe.get_doc("Routing Policy", policy.name).as_dict() == before
