"""Property 10: see it first.

Before an agreement sets out, and before a policy is switched on, one can see who will be asked, in which order,
why and by when. A policy is drawn, tried on an agreement, asked about an agreement that is only imagined, and run
in the shadow against every open and past agreement. None of that changes anything or tells anybody; and nobody
sees an agreement by it that he may not read.
"""

import frappe
import pytest

from city_diplomacy.domain.condition_reading import PHRASES
from city_diplomacy.domain.rehearsal import BY, DAYS, NOBODY, SENTENCES, seats_of
from city_diplomacy.partnership_approvals import (
	api,
	lab_words,
	planning,
	rehearsal_api,
	rehearsal_rows,
	shadow,
)
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RehearsalError
from city_diplomacy.setup.permissions import AUDITOR, DEPARTMENT, LEGAL, OFFICER
from tests import factories
from tests.approvals import scenes
from tests.approvals.shadow_scenes import (
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
from tests.desk.counting import counted_statements

pytestmark = pytest.mark.delivers

BIG = "doc.financial_value > 100000"

# an agreement, before it sets out


def test_before_an_agreement_sets_out_one_sees_who_is_asked_in_which_order_why_and_by_when():
	active(attorney(working_days=3), mayor(working_days=2, why="The mayor signs."))
	with factories.acting_as(scenes.office()):
		shown = api.preview("MOU", drafted().name)
	first, second = shown["stages"]
	assert [seat["seat"] for seat in first["seats"]] == ["City Attorney"]
	assert [(seat["seat"], seat["role"], seat["why"]) for seat in second["seats"]] == [
		("Mayor", "Mayor's Office", "The mayor signs.")
	]
	assert first["seats"][0]["due"] < second["seats"][0]["due"]


# a policy, drawn


def test_a_policy_is_drawn_in_stages_and_lanes_with_its_conditions_in_words():
	policy = draft_of(
		attorney(join_group="law"),
		scenes.rule("Finance", role=LEGAL, join_group="money", join="Any", condition=BIG),
		scenes.rule("Treasurer", role=LEGAL, join_group="money", join="Any"),
		mayor(working_days=9, why="The mayor signs."),
	)
	with factories.acting_as(administrator()):
		drawn = rehearsal_api.draw(policy.name)
	first, second = drawn["stages"]
	assert [(lane["group"], lane["join"], len(lane["seats"])) for lane in first["lanes"]] == [
		("law", "all of them", 1),
		("money", "one of them is enough", 2),
	]
	finance = first["lanes"][1]["seats"][0]
	assert (finance["when"], finance["who"]) == (
		"Financial value is more than 100000",
		"Anybody who is Legal Reviewer",
	)
	(seat,) = second["lanes"][0]["seats"]
	assert (seat["seat"], seat["working_days"], seat["why"]) == ("Mayor", 9, "The mayor signs.")


def test_the_drawing_says_whom_a_rule_finds_and_who_that_is_today():
	head = factories.make_user("head.of.law@city.example", DEPARTMENT, first_name="Lena").name
	law = factories.make_department("Law", head=head).name
	policy = draft_of(
		scenes.rule("Law", asked_of="Department Head", department=law),
		scenes.rule("Ports", asked_of="Departments of the Document", table_field="departments"),
		scenes.rule("Sponsor", asked_of="User Field", user_field="sponsor"),
	)
	with factories.acting_as(administrator()):
		(stage,) = rehearsal_api.draw(policy.name)["stages"]
	seats = [(seat["who"], seat["holder"]) for lane in stage["lanes"] for seat in lane["seats"]]
	assert seats == [
		("Head of Law", "Lena"),
		("Head of each department under Departments affected", None),
		("Whoever stands in Sponsor", None),
	]


# tried on a real agreement


def test_a_policy_tried_on_an_agreement_says_who_why_by_when_and_what_is_different_from_today():
	active()
	agreement = drafted()
	policy = draft_of(attorney(working_days=2), mayor(), council(why="The council adopts."))
	with factories.acting_as(administrator()):
		tried = rehearsal_api.try_on(policy.name, "MOU", agreement.name)
	assert [seat["seat"] for stage in tried["stages"] for seat in stage["seats"]] == [
		"City Attorney",
		"Mayor",
		"City Council",
	]
	assert all(seat["due"] and seat["why"] for stage in tried["stages"] for seat in stage["seats"])
	assert tried["compared_with"].startswith("As It Is")
	assert [(one["kind"], one["seat"]) for one in tried["differences"]] == [
		("added", "City Council"),
		("sooner", "City Attorney"),
		("sooner", "Mayor"),
	]
	assert tried["kept"] == 2
	assert tried["differences"][0]["sentence"] == (
		"City Council would be asked as well: Council Clerk (Council Decision)."
	)


def test_the_active_policy_differs_from_itself_in_nothing():
	policy = active()
	with factories.acting_as(administrator()):
		tried = rehearsal_api.try_on(policy.name, "MOU", drafted().name)
	assert (tried["differences"], len(tried["stages"])) == ([], 2)


def test_a_policy_is_tried_on_documents_it_is_for():
	policy = draft_of(attorney())
	membership = factories.make_membership()
	with factories.acting_as(administrator()), pytest.raises(RehearsalError):
		rehearsal_api.try_on(policy.name, membership.doctype, membership.name)


def test_nobody_tries_a_policy_on_an_agreement_he_may_not_read():
	policy, agreement = draft_of(attorney()), drafted(confidential=1)
	with factories.acting_as(administrator()), pytest.raises(frappe.PermissionError):
		rehearsal_api.try_on(policy.name, "MOU", agreement.name)


# tried on an imagined agreement


def test_an_imagined_agreement_goes_the_way_its_values_lead():
	active()
	policy = draft_of(attorney(), council(condition=BIG))
	with factories.acting_as(administrator()):
		small = rehearsal_api.what_if(policy.name, {"financial_value": 100})
		big = rehearsal_api.what_if(policy.name, '{"financial_value": "250000"}')
	assert [stage["number"] for stage in small["stages"]] == [1]
	assert [stage["number"] for stage in big["stages"]] == [1, 3]
	assert ("dropped", "Mayor") in [(one["kind"], one["seat"]) for one in big["differences"]]


def test_an_imagined_agreement_names_departments():
	head = factories.make_user("head.of.ports@city.example", DEPARTMENT, first_name="Petra").name
	port = factories.make_department("Ports", head=head).name
	policy = draft_of(
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments")
	)
	with factories.acting_as(administrator()):
		shown = rehearsal_api.what_if(policy.name, {"departments": [{"department": port}]})
	((seat,),) = [stage["seats"] for stage in shown["stages"]]
	assert (seat["seat"], seat["holder_name"]) == ("Ports", "Petra")


def test_the_form_asks_for_what_decides_the_route_and_nothing_else():
	active(attorney(condition="doc.council_must_adopt"))
	policy = draft_of(
		mayor(condition=BIG),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
	)
	with factories.acting_as(administrator()):
		form = {field["fieldname"]: field for field in rehearsal_api.draw(policy.name)["imagine"]}
	assert set(form) == {"needed_by", "sponsor", "departments", "financial_value", "council_must_adopt"}
	assert [column["fieldname"] for column in form["departments"]["columns"]] == ["department"]


def test_an_imagined_agreement_is_not_kept():
	policy = draft_of(attorney(), council(condition=BIG))
	person, before = administrator(), picture_of_everything()
	with factories.acting_as(person):
		rehearsal_api.what_if(policy.name, {"financial_value": 100, "needed_by": "2027-05-03"})
	assert picture_of_everything() == before
	assert factories.outbox() == []


@pytest.mark.parametrize(
	"values",
	[
		"no object",
		"[1]",
		{"title": "A field no rule reads"},
		{"owner": "somebody@city.example"},
		{"financial_value": {"$gt": 1}},
		{"needed_by": "the day after tomorrow"},
		{"departments": "Ports"},
		{"departments": ["Ports"]},
		{"departments": [{}] * 201},
		{"departments": [{"department": ["Ports"]}]},
	],
	ids=str,
)
def test_what_cannot_be_imagined_is_refused_in_a_sentence(values):
	policy = draft_of(
		attorney(condition=BIG),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
	)
	with factories.acting_as(administrator()), pytest.raises(frappe.ValidationError):
		rehearsal_api.what_if(policy.name, values)


# in the shadow


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
	policy = ready(attorney())
	# Written beneath the checks of the policy, as by an app that is gone: the field does not exist.
	frappe.db.set_value("Routing Rule", policy.rules[0].name, "condition", "doc.no_such_field > 1")
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
	with pytest.raises(RehearsalError):
		rehearsed(draft_of(mayor()), since=since)


def test_rows_are_filtered_by_kind_and_the_kinds_are_counted():
	active()
	drafted()
	drafted(financial_value=500000, currency="USD")
	policy = draft_of(attorney(working_days=3), mayor(), council(condition=BIG))
	answer = rehearsed(policy)
	assert answer["summary"] == {"added": 1, "sooner": 2}
	with factories.acting_as(administrator()):
		assert len(rehearsal_api.rehearsal(answer["name"], kind="added")["rows"]) == 1
		assert len(rehearsal_api.rehearsal(answer["name"], kind="sooner")["rows"]) == 2
		assert rehearsal_api.rehearsal(answer["name"], kind="problem")["rows"] == []
		with pytest.raises(RehearsalError):
			rehearsal_api.rehearsal(answer["name"], kind="name) or 1=1")


def test_the_shadow_plans_what_the_engine_plans():
	"""Set-based reading gives each document the very route that loading it gives."""
	head = factories.make_user("head.of.ports@city.example", DEPARTMENT).name
	port = factories.make_department("Ports", head=head, acting_head=scenes.office()).name
	rules = (
		attorney(condition='doc.binding == "Binding" or doc.financial_value >= 10.5'),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
		scenes.rule("Sponsor", asked_of="User Field", user_field="sponsor", recorded_decision_allowed=1),
		mayor(condition="len(doc.topics) == 0 and len(doc.parties) > 1"),
		council(
			condition=f'"{port}" in column(doc.departments, "department") or doc.needed_by > "2026-06-01"'
		),
	)
	active(*rules)
	drafted()
	drafted(binding="Binding", departments=[{"department": port}])
	drafted(financial_value=10.5, currency="USD", needed_by="2026-12-01")
	scenes.under_way(binding="Binding", departments=[{"department": port}], sponsor=manager())
	edited = drafted(needed_by="2026-01-01")
	with factories.acting_as(head):
		frappe.get_doc("MOU", edited.name).db_set("purpose", "Edited.")
	run = shadow.Shadow(draft_of(*rules))
	documents, organisation = run.read("", 50)
	assert len(documents) == 5
	for facts in documents:
		doc = frappe.get_doc("MOU", facts.values["name"])
		assert facts.barred == planning.who_prepared(doc) - {None}
		by_loading = seats_of(planning.plan(planning.active_policy("MOU"), doc))
		assert asked_in(run.route(facts, organisation)) == asked_in(by_loading)


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
		rehearsal_api.rehearsal(answer["name"])
		rehearsal_api.export(answer["name"])
		rehearsal_api.draw(policy.name)
	assert picture_of_everything() == before
	assert len(factories.outbox()) == letters


def test_the_picture_of_everything_would_show_a_change():
	agreement, before = drafted(), picture_of_everything()
	frappe.db.set_value("MOU", agreement.name, "intake_note", "Changed", update_modified=False)
	after = picture_of_everything()
	assert {table for table in after if after[table] != before[table]} == {"tabMOU"}


# who may see what


def test_the_administrator_runs_a_policy_and_the_manager_reads_what_came_of_it():
	active()
	drafted()
	policy = draft_of(mayor())
	with factories.acting_as(manager()), pytest.raises(frappe.PermissionError):
		rehearsal_api.simulate(policy.name)
	answer = rehearsed(policy, reader=manager())
	assert answer["shown"] == 1
	with factories.acting_as(manager()), pytest.raises(frappe.PermissionError):
		rehearsal_api.stop(answer["name"])


@pytest.mark.parametrize("role", [OFFICER, AUDITOR, LEGAL])
def test_nobody_else_sees_any_of_it(role):
	active()
	agreement, policy = drafted(), draft_of(mayor())
	run = rehearsed(policy)["name"]
	attempts = [
		lambda: rehearsal_api.draw(policy.name),
		lambda: rehearsal_api.try_on(policy.name, "MOU", agreement.name),
		lambda: rehearsal_api.what_if(policy.name, {}),
		lambda: rehearsal_api.simulate(policy.name),
		lambda: rehearsal_api.latest(policy.name),
		lambda: rehearsal_api.rehearsal(run),
		lambda: rehearsal_api.stop(run),
		lambda: rehearsal_api.export(run),
		lambda: frappe.get_list("Rehearsal Difference"),
	]
	with factories.acting_as(factories.make_person(role).name):
		for attempt in attempts:
			with pytest.raises(frappe.PermissionError):
				attempt()


def exported(name: str) -> str:
	rehearsal_api.export(name)
	return frappe.local.response.filecontent.decode()


def test_agreements_somebody_may_not_read_are_counted_for_him_and_not_shown():
	active()
	secret, plain = drafted(title="Secret port", confidential=1), drafted(title="Plain port")
	answer = rehearsed(draft_of(mayor()))
	assert (answer["differing"], answer["shown"], answer["hidden"]) == (2, 1, 1)
	assert [row["title"] for row in answer["rows"]] == ["Plain port"]
	with factories.acting_as(administrator()):
		table = exported(answer["name"])
		assert frappe.get_list("Rehearsal Difference", pluck="reference_name") == [plain.name]
	assert plain.name in table
	assert secret.name not in table
	assert "Secret port" not in table
	assert "1 more that you may not read" in table
	assert "Secret" not in str(frappe.get_all("Rehearsal Difference", fields=["*"]))


def test_who_is_named_on_a_confidential_agreement_sees_its_row():
	active()
	drafted(confidential=1, readers=[{"user": manager()}])
	assert rehearsed(draft_of(mayor()), reader=manager())["shown"] == 1


def test_the_export_holds_every_row_and_no_formula(monkeypatch):
	active()
	for number in range(3):
		drafted(title=f'=HYPERLINK("http://evil.example","{number}")')
	monkeypatch.setattr(rehearsal_rows, "PAGE", 1)
	answer = rehearsed(draft_of(mayor()))
	assert len(answer["rows"]) == 1
	with factories.acting_as(administrator()):
		lines = exported(answer["name"]).splitlines()
	assert len(lines) == 1 + 3
	assert all("'=HYPERLINK" in line for line in lines[1:])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", " =", "＝"])
def test_a_cell_is_never_a_formula(start):
	assert rehearsal_rows.as_cell(f"{start}1+1").startswith("'")


def test_an_ordinary_cell_is_left_as_it_is():
	assert [rehearsal_rows.as_cell(value) for value in ("Port, north", 5, None)] == ["Port, north", "5", ""]


# whatever the number of agreements


def test_statements_grow_with_batches_and_not_with_agreements():
	active()
	policy = draft_of(attorney(), mayor(), council(condition=BIG))
	for number in range(2):
		drafted(title=f"Understanding {number}")
		scenes.under_way(title=f"Under way {number}")
	planned = shadow.Shadow(policy)

	def sent() -> int:
		planned.look("", 100)
		with counted_statements() as statements:
			assert planned.look("", 100)
		return len(statements)

	few = sent()
	for number in range(8):
		drafted(title=f"More {number}")
		scenes.under_way(title=f"More under way {number}")
	assert len(planned.look("", 100)) == 20
	assert sent() == few


def test_a_policy_that_cannot_be_read_is_refused_before_anything_begins():
	policy = ready(attorney())
	frappe.db.set_value("Routing Rule", policy.rules[0].name, "join_percent", 0)
	frappe.db.set_value("Routing Rule", policy.rules[0].name, "join", "Percent")
	frappe.clear_document_cache("Routing Policy", policy.name)
	with pytest.raises(ApprovalError):
		rehearsed(policy)
	assert frappe.get_all("Policy Rehearsal") == []


def test_every_phrase_of_the_domain_is_found_by_translators():
	assert set(lab_words.spoken()) == {*PHRASES, *SENTENCES.values(), NOBODY, DAYS, BY}
