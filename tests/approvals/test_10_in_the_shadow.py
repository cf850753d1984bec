"""Property 10, in the shadow: a draft policy against every open and past agreement, showing what would differ.

Nothing is changed by it and nobody is told.
"""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, OFFICER
from city_diplomacy.domain.rehearsal.comparison import seats_of
from city_diplomacy.partnership_approvals.api import rehearsals
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RehearsalError
from city_diplomacy.partnership_approvals.policies import shadow
from city_diplomacy.partnership_approvals.routing import planning
from tests import factories
from tests.approvals import scenes
from tests.approvals.shadow_scenes import (
	BIG,
	active,
	administrator,
	attorney,
	council,
	differences,
	draft_of,
	drafted,
	manager,
	mayor,
	picture_of_everything,
	ready,
	rehearsed,
)

pytestmark = pytest.mark.delivers


def test_an_agreement_under_way_is_compared_with_what_was_asked_and_what_lies_ahead_of_it():
	active()
	agreement = scenes.under_way()
	answer = rehearsed(draft_of(attorney(working_days=3), mayor(), council()))
	(row,) = answer["rows"]
	assert (row["name"], row["compared_with"], row["state"]) == (agreement.name, "Asked", "In Clearance")
	assert differences(answer, agreement) == [("added", "City Council"), ("sooner", "City Attorney")]


def test_a_signed_agreement_is_compared_with_what_was_asked():
	active()
	agreement = scenes.in_force()
	answer = rehearsed(draft_of(attorney()))
	assert differences(answer, agreement) == [("dropped", "Mayor")]


def test_an_agreement_nobody_was_asked_about_is_compared_with_the_active_policy():
	policy, agreement = active(), drafted()
	answer = rehearsed(draft_of(mayor(), attorney(stage=3, workflow_state="Council Decision")))
	assert answer["rows"][0]["compared_with"] == policy.name
	assert differences(answer, agreement) == [("moved", "City Attorney")]


def test_what_was_asked_counts_though_the_active_policy_is_another_by_now():
	active()
	agreement = scenes.in_force()
	active(attorney())
	assert differences(rehearsed(draft_of(attorney(), mayor())), agreement) == []


def test_a_person_who_came_after_the_one_who_was_asked_is_no_difference_of_the_policy():
	former = factories.make_user("former.head@city.example", DEPARTMENT).name
	law = factories.make_department("Law", head=former)
	seat = scenes.rule("Law", asked_of="Department Head", department=law.name)
	active(seat)
	agreement = scenes.under_way()
	law.update({"department_head": factories.make_user("new.head@city.example", DEPARTMENT).name}).save()
	assert differences(rehearsed(draft_of(seat)), agreement) == []
	other = scenes.rule("Law", user=factories.make_user("aide@city.example", DEPARTMENT).name)
	assert differences(rehearsed(draft_of(other)), agreement) == [("asked_of_another", "Law")]


def test_an_agreement_the_policy_cannot_route_is_named_with_the_reason():
	active()
	agreement = drafted()
	policy = ready(attorney(when=BIG))
	# Written beneath the checks of the policy, as by an app that is gone: the field does not exist.
	frappe.db.set_value("Routing Condition", policy.conditions[0].name, "field", "no_such_field")
	frappe.clear_document_cache("Routing Policy", policy.name)
	answer = rehearsed(policy)
	(row,) = answer["rows"]
	assert (answer["problems"], row["name"]) == (1, agreement.name)
	assert "no_such_field" in row["problem"]


def test_last_year_is_replayed_from_a_day_on():
	active()
	old, new = drafted(title="Long ago"), drafted(title="Lately")
	frappe.db.set_value("MOU", old.name, "creation", "2020-01-31 10:00:00")
	policy = draft_of(mayor())
	assert rehearsed(policy)["examined"] == 2
	answer = rehearsed(policy, since="2025-01-01")
	assert (answer["examined"], [row["name"] for row in answer["rows"]]) == (1, [new.name])


@pytest.mark.parametrize("since", ["yesterday", "2999-01-01", "2026-02-30"])
def test_a_day_that_makes_no_sense_is_refused(since):
	with pytest.raises(ApprovalError, match="day"):
		rehearsed(draft_of(mayor()), since=since)


def test_rows_are_filtered_by_kind_and_the_kinds_are_counted():
	active()
	drafted()
	drafted(financial_value=500000, currency="USD")
	policy = draft_of(attorney(working_days=3), mayor(), council(when=BIG))
	answer = rehearsed(policy)
	assert answer["summary"] == {"added": 1, "sooner": 2}
	with factories.acting_as(administrator()):
		assert len(rehearsals.rehearsal(answer["name"], kind="added")["rows"]) == 1
		assert len(rehearsals.rehearsal(answer["name"], kind="sooner")["rows"]) == 2
		assert rehearsals.rehearsal(answer["name"], kind="problem")["rows"] == []
		with pytest.raises(RehearsalError):
			rehearsals.rehearsal(answer["name"], kind="name) or 1=1")


def test_the_shadow_plans_what_the_engine_plans():
	"""Set-based reading gives each document the very route that loading it gives."""
	head = factories.make_user("head.of.ports@city.example", DEPARTMENT).name
	port = factories.make_department("Ports", head=head, acting_head=scenes.office()).name
	rules = (
		attorney(
			when=[(1, "binding", "is", "Binding"), (2, "financial_value", "is at least", "10.5")],
		),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
		scenes.rule("Sponsor", asked_of="User Field", user_field="sponsor", recorded_decision_allowed=1),
		mayor(when=[(1, "topics", "has no rows", ""), (1, "parties", "has rows", "")]),
		council(
			when=[
				(1, "departments.department", "has a row where", port),
				(2, "needed_by", "is more than", "2026-06-01"),
			]
		),
	)
	active(*rules)
	drafted()
	drafted(binding="Binding", departments=[{"department": port}])
	drafted(financial_value=10.5, currency="USD", needed_by="2026-12-01")
	scenes.under_way(binding="Binding", departments=[{"department": port}], sponsor=manager())
	drafted(needed_by="2026-01-01")
	run = shadow.Shadow(draft_of(*rules))
	documents, organisation = run.read("", 50)
	assert len(documents) == 5
	for facts in documents:
		doc = frappe.get_doc("MOU", facts.values["name"])
		assert facts.barred == planning.who_prepared(doc) - {None}
		by_loading = seats_of(planning.plan(planning.active_policy("MOU"), doc))
		assert asked_in(run.route(facts, organisation)) == asked_in(by_loading)


def test_whoever_wrote_in_a_draft_is_passed_over_in_the_shadow_as_by_the_engine():
	"""Not whoever only noted something about it, nor whoever wrote in another draft."""
	editor, noter, elsewhere = (
		factories.make_user(f"{who}@city.example", OFFICER, DEPARTMENT).name
		for who in ("editor", "noter", "elsewhere")
	)
	policy = active(
		*(scenes.rule(person.split("@")[0], user=person) for person in (editor, noter, elsewhere))
	)
	draft, other = drafted(), drafted()
	write(editor, draft, purpose="Learn from each other's ports and rivers.")
	write(noter, draft, intake_note="The mayor of Nagoya was here in spring.")
	write(elsewhere, other, purpose="Exchange engineers.")
	documents, _organisation = shadow.Shadow(policy).read("", 50)
	barred = {facts.values["name"]: facts.barred for facts in documents}
	assert barred == {
		draft.name: {scenes.office(), editor},
		other.name: {scenes.office(), elsewhere},
	}
	assert planning.who_prepared(draft) == barred[draft.name]


def write(person: str, draft, **fields) -> None:
	with factories.acting_as(person):
		frappe.get_doc("MOU", draft.name).update(fields).save()


def asked_in(seats) -> list[tuple]:
	return [(seat.seat, seat.stage, seat.who, seat.is_role, seat.department) for seat in seats]


# nothing is changed, nobody is told


def test_a_run_in_the_shadow_changes_nothing_and_sends_nothing():
	active()
	scenes.in_force()
	scenes.under_way()
	drafted(confidential=1)
	frappe.db.commit()
	policy = ready(mayor(), attorney(stage=3, workflow_state="Council Decision"), council())
	administrator()
	letters, before = len(factories.outbox()), picture_of_everything()
	assert len(before) > 50
	answer = rehearsed(policy)
	assert (answer["status"], answer["examined"]) == ("Finished", 3)
	with factories.acting_as(administrator()):
		rehearsals.rehearsal(answer["name"])
		rehearsals.export(answer["name"])
		rehearsals.draw(policy.name)
	assert picture_of_everything() == before
	assert len(factories.outbox()) == letters


def test_the_picture_of_everything_would_show_a_change():
	agreement, before = drafted(), picture_of_everything()
	frappe.db.set_value("MOU", agreement.name, "intake_note", "Changed", update_modified=False)
	after = picture_of_everything()
	assert {table for table in after if after[table] != before[table]} == {"tabMOU"}
