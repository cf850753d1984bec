"""Property 10, in the shadow: a draft policy against every open and past agreement, showing what would differ.

Nothing is changed by it and nobody is told.
"""

import frappe
import pytest
from frappe.utils import format_datetime

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
from tests.speaking import speak

pytestmark = pytest.mark.delivers


def test_an_agreement_under_way_is_compared_with_what_was_asked_and_what_lies_ahead_of_it():
	active()
	agreement = scenes.under_way()
	policy = draft_of(attorney(working_days=3), mayor(), council(why="The council adopts."))
	answer = rehearsed(policy)
	(row,) = answer["rows"]
	assert (row["document"], row["compared_with"], row["state"], row["kept"]) == (
		agreement.name,
		"What was asked",
		"In Clearance",
		"City Attorney, Mayor",
	)
	assert differences(answer, agreement) == {
		"added": "City Council would be asked as well: Council Clerk (Council Decision). The council adopts.",
		"sooner": "City Attorney would have to answer sooner: 3 working days instead of 5 working days.",
	}


def test_a_signed_agreement_is_compared_with_what_was_asked():
	active()
	agreement = scenes.in_force()
	found = differences(rehearsed(draft_of(attorney())), agreement)
	assert found == {"dropped": "Mayor would no longer be asked: Mayor's Office (Mayor's Decision)."}


def test_an_agreement_nobody_was_asked_about_is_compared_with_the_active_policy():
	policy, agreement = active(), drafted()
	answer = rehearsed(draft_of(mayor(), attorney(stage=3, workflow_state="Council Decision")))
	assert answer["rows"][0]["compared_with"] == policy.name
	assert differences(answer, agreement) == {
		"moved": "City Attorney would be asked in another order: in Council Decision (stage 3) instead of "
		"In Clearance (stage 1)."
	}


def test_what_was_asked_counts_though_the_active_policy_is_another_by_now():
	active()
	scenes.in_force()
	active(attorney())
	assert rehearsed(draft_of(attorney(), mayor()))["rows"] == []


def test_a_person_who_came_after_the_one_who_was_asked_is_no_difference_of_the_policy():
	former = factories.make_user("former.head@city.example", DEPARTMENT).name
	law = factories.make_department("Law", head=former)
	seat = scenes.rule("Law", asked_of="Department Head", department=law.name)
	active(seat)
	agreement = scenes.under_way()
	law.update({"department_head": factories.make_user("new.head@city.example", DEPARTMENT).name}).save()
	assert rehearsed(draft_of(seat))["rows"] == []
	other = scenes.rule(
		"Law", user=factories.make_user("aide@city.example", DEPARTMENT, first_name="Ada").name
	)
	found = differences(rehearsed(draft_of(other)), agreement)
	assert list(found) == ["asked_of_another"]
	assert found["asked_of_another"].startswith("Law would be asked of Ada instead of ")


def test_an_agreement_the_policy_cannot_route_is_named_with_the_reason():
	active()
	agreement = drafted()
	policy = ready(attorney(when=BIG))
	# Written beneath the checks of the policy, as by an app that is gone: the field does not exist.
	frappe.db.set_value("Routing Condition", policy.conditions[0].name, "field", "no_such_field")
	frappe.clear_document_cache("Routing Policy", policy.name)
	answer = rehearsed(policy)
	(row,) = answer["rows"]
	assert (answer["problems"], row["document"], answer["kinds"]) == (1, agreement.name, ["problem"])
	assert "no_such_field" in row["problem"]


def test_a_policy_that_cannot_be_read_is_refused():
	policy = ready(attorney())
	frappe.db.set_value("Routing Rule", policy.rules[0].name, {"join": "Percent", "join_percent": 0})
	frappe.clear_document_cache("Routing Policy", policy.name)
	with pytest.raises(ApprovalError):
		rehearsed(policy)


def test_last_year_is_replayed_from_a_day_on():
	active()
	old, new = drafted(title="Long ago"), drafted(title="Lately")
	frappe.db.set_value("MOU", old.name, "creation", "2020-01-31 10:00:00")
	policy = draft_of(mayor())
	assert rehearsed(policy)["examined"] == 2
	answer = rehearsed(policy, since="2025-01-01")
	assert (answer["examined"], [row["document"] for row in answer["rows"]]) == (1, [new.name])


@pytest.mark.parametrize("since", ["yesterday", "2999-01-01", "2026-02-30"])
def test_a_day_that_makes_no_sense_is_refused(since):
	with pytest.raises(RehearsalError, match=r"da(y|te)"):
		rehearsed(draft_of(mayor()), since=since)


def test_without_a_policy_there_is_nothing_to_rehearse():
	with pytest.raises(RehearsalError, match="Choose the policy"):
		rehearsed(frappe._dict(name=""))


def test_what_would_go_another_way_is_counted_and_what_would_not_is_shown_where_asked_for():
	active()
	small, big = drafted(), drafted(financial_value=500000, currency="USD")
	policy = draft_of(attorney(), mayor(), council(when=BIG))
	answer = rehearsed(policy)
	assert (answer["examined"], answer["differing"], answer["kinds"]) == (2, 1, ["added"])
	assert answer["as_of"] == format_datetime(policy.modified)
	assert [row["document"] for row in answer["rows"]] == [big.name]
	every = rehearsed(policy, only_differing=0)
	assert {row["document"]: row["kept"] for row in every["rows"]} == {
		small.name: "City Attorney, Mayor",
		big.name: "City Attorney, Mayor",
	}
	assert differences(every, small) == {}


def test_each_agreement_is_looked_at_once_whatever_the_size_of_the_batches(monkeypatch):
	active()
	agreements = {drafted(title=f"Understanding {number}").name for number in range(5)}
	policy = draft_of(mayor())
	for size in (1, 2, 5, 6):
		monkeypatch.setattr(shadow, "BATCH", size)
		answer = rehearsed(policy)
		assert {row["document"] for row in answer["rows"]} == agreements
		assert answer["examined"] == len(answer["rows"]) == 5


def test_the_words_are_in_the_language_of_whoever_asked(monkeypatch):
	german = {
		"{seat} would no longer be asked: {old_who} ({old_state}).": "{seat} wird nicht mehr gefragt ({old_state})."
	}
	speak(monkeypatch, "de", {**german, "In Clearance": "In Mitzeichnung"})
	active()
	drafted()
	administrator_ = administrator()
	frappe.db.set_value("User", administrator_, "language", "de")
	frappe.clear_document_cache("User", administrator_)
	(row,) = rehearsed(draft_of(mayor()))["rows"]
	assert row["dropped"] == "City Attorney wird nicht mehr gefragt (In Mitzeichnung)."
	assert frappe.local.lang == "en"


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
	documents = run.read("", 50)
	assert len(documents) == 5
	for facts in documents:
		doc = frappe.get_doc("MOU", facts.values["name"])
		assert facts.barred == planning.who_prepared(doc) - {None}
		by_loading = seats_of(planning.plan(planning.active_policy("MOU"), doc))
		assert asked_in(run.route(facts)) == asked_in(by_loading)


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
	documents = shadow.Shadow(policy).read("", 50)
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
	assert rehearsed(policy)["examined"] == 2
	with factories.acting_as(administrator()):
		rehearsals.try_on(policy.name, "MOU", frappe.get_all("MOU", {"confidential": 0}, pluck="name")[0])
		rehearsals.what_if(policy.name, {})
	assert picture_of_everything() == before
	assert len(factories.outbox()) == letters


def test_the_picture_of_everything_would_show_a_change():
	agreement, before = drafted(), picture_of_everything()
	frappe.db.set_value("MOU", agreement.name, "intake_note", "Changed", update_modified=False)
	after = picture_of_everything()
	assert {table for table in after if after[table] != before[table]} == {"tabMOU"}
