"""Property 10: see it first.

Before an agreement sets out, and before a policy is switched on, one can see who will be asked, in which order,
why and by when. A policy is drawn, tried on an agreement, asked about an agreement that is only imagined, and run
in the shadow against every open and past agreement. None of that changes anything or tells anybody; and nobody
sees an agreement by it that they may not read.
"""

import frappe
import pytest
from babel.messages.extract import extract_python

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, LEGAL, OFFICER
from city_diplomacy.domain.policy import conditions
from city_diplomacy.domain.policy.conditions import AND, OR, PHRASES
from city_diplomacy.domain.rehearsal import comparison
from city_diplomacy.domain.rehearsal.comparison import BY, DAYS, NOBODY, SENTENCES
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.api import rehearsals
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RehearsalError
from city_diplomacy.partnership_approvals.policies import rehearsal_rows, shadow
from tests import factories
from tests.approvals import scenes
from tests.approvals.shadow_scenes import (
	BIG,
	active,
	administrator,
	attorney,
	council,
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
		scenes.rule("Finance", role=LEGAL, join_group="money", join="Any", when=BIG),
		scenes.rule("Treasurer", role=LEGAL, join_group="money", join="Any"),
		mayor(working_days=9, why="The mayor signs."),
	)
	with factories.acting_as(administrator()):
		drawn = rehearsals.draw(policy.name)
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
		(stage,) = rehearsals.draw(policy.name)["stages"]
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
		tried = rehearsals.try_on(policy.name, "MOU", agreement.name)
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
		tried = rehearsals.try_on(policy.name, "MOU", drafted().name)
	assert (tried["differences"], len(tried["stages"])) == ([], 2)


def test_a_policy_is_tried_on_documents_it_is_for():
	policy = draft_of(attorney())
	membership = factories.make_membership()
	with factories.acting_as(administrator()), pytest.raises(RehearsalError):
		rehearsals.try_on(policy.name, membership.doctype, membership.name)


def test_nobody_tries_a_policy_on_an_agreement_he_may_not_read():
	policy, agreement = draft_of(attorney()), drafted(confidential=1)
	with factories.acting_as(administrator()), pytest.raises(frappe.PermissionError):
		rehearsals.try_on(policy.name, "MOU", agreement.name)


# tried on an imagined agreement


def test_an_imagined_agreement_goes_the_way_its_values_lead():
	active()
	policy = draft_of(attorney(), council(when=BIG))
	with factories.acting_as(administrator()):
		small = rehearsals.what_if(policy.name, {"financial_value": 100})
		big = rehearsals.what_if(policy.name, '{"financial_value": "250000"}')
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
		shown = rehearsals.what_if(policy.name, {"departments": [{"department": port}]})
	((seat,),) = [stage["seats"] for stage in shown["stages"]]
	assert (seat["seat"], seat["holder_name"]) == ("Ports", "Petra")


def test_the_form_asks_for_what_decides_the_route_and_nothing_else():
	active(attorney(when=[(1, "council_must_adopt", "is checked", "")]))
	policy = draft_of(
		mayor(when=BIG),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
	)
	with factories.acting_as(administrator()):
		form = {field["fieldname"]: field for field in rehearsals.draw(policy.name)["imagine"]}
	assert set(form) == {"needed_by", "sponsor", "departments", "financial_value", "council_must_adopt"}
	assert [column["fieldname"] for column in form["departments"]["columns"]] == ["department"]


def test_an_imagined_agreement_is_not_kept():
	policy = draft_of(attorney(), council(when=BIG))
	person, before = administrator(), picture_of_everything()
	with factories.acting_as(person):
		rehearsals.what_if(policy.name, {"financial_value": 100, "needed_by": "2027-05-03"})
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
		attorney(when=BIG),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
	)
	with factories.acting_as(administrator()), pytest.raises(frappe.ValidationError):
		rehearsals.what_if(policy.name, values)


# who may see what


def test_the_administrator_runs_a_policy_and_the_manager_reads_what_came_of_it():
	active()
	drafted()
	policy = draft_of(mayor())
	with factories.acting_as(manager()), pytest.raises(frappe.PermissionError):
		rehearsals.simulate(policy.name)
	answer = rehearsed(policy, reader=manager())
	assert answer["shown"] == 1
	with factories.acting_as(manager()), pytest.raises(frappe.PermissionError):
		rehearsals.stop(answer["name"])


@pytest.mark.parametrize("role", [OFFICER, AUDITOR, LEGAL])
def test_nobody_else_sees_any_of_it(role):
	active()
	agreement, policy = drafted(), draft_of(mayor())
	run = rehearsed(policy)["name"]
	attempts = [
		lambda: rehearsals.draw(policy.name),
		lambda: rehearsals.try_on(policy.name, "MOU", agreement.name),
		lambda: rehearsals.what_if(policy.name, {}),
		lambda: rehearsals.simulate(policy.name),
		lambda: rehearsals.latest(policy.name),
		lambda: rehearsals.rehearsal(run),
		lambda: rehearsals.stop(run),
		lambda: rehearsals.export(run),
		lambda: frappe.get_list("Rehearsal Difference"),
	]
	with factories.acting_as(factories.make_person(role).name):
		for attempt in attempts:
			with pytest.raises(frappe.PermissionError):
				attempt()


def exported(name: str) -> str:
	rehearsals.export(name)
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
	policy = draft_of(attorney(), mayor(), council(when=BIG))
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
	for module, phrases in (
		(conditions, {*PHRASES.values(), AND, OR}),
		(comparison, {*SENTENCES.values(), NOBODY, DAYS, BY}),
	):
		with open(module.__file__, "rb") as source:
			found = {message for _line, _name, message, _comments in extract_python(source, ["_"], [], {})}
		assert phrases <= found
