"""Property 10: see it first.

Before an agreement sets out, and before a policy is switched on, one can see who will be asked, in which order,
why and by when. A policy is tried on an agreement, asked about an agreement that is only imagined, and rehearsed on
every open and past agreement. None of that changes anything or tells anybody; and nobody
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
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.partnership_approvals.policies import imagined_values, shadow
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


# tried on a real agreement


def test_a_policy_tried_on_an_agreement_says_who_in_which_order_why_and_by_when():
	active()
	agreement = drafted()
	policy = draft_of(attorney(working_days=2), mayor(), council(why="The council adopts."))
	with factories.acting_as(administrator()):
		tried = rehearsals.try_on(policy.name, "MOU", agreement.name)
	seats = [seat for stage in tried["stages"] for seat in stage["seats"]]
	assert [(seat["seat"], seat["role"]) for seat in seats] == [
		("City Attorney", "Legal Reviewer"),
		("Mayor", "Mayor's Office"),
		("City Council", "Council Clerk"),
	]
	assert seats[-1]["why"] == "The council adopts."
	assert seats[0]["due"] < seats[1]["due"] < seats[2]["due"]


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
	policy = draft_of(attorney(), council(when=BIG))
	with factories.acting_as(administrator()):
		small = rehearsals.what_if(policy.name, {"financial_value": 100})
		big = rehearsals.what_if(policy.name, '{"financial_value": "250000"}')
	assert [stage["number"] for stage in small["stages"]] == [1]
	assert [stage["number"] for stage in big["stages"]] == [1, 3]
	assert [seat["why"] for seat in big["stages"][1]["seats"]] == [policy.rules[1].why]


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
	policy = draft_of(
		attorney(when=[(1, "council_must_adopt", "is checked", "")]),
		mayor(when=BIG),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
	)
	with factories.acting_as(administrator()):
		form = {field["fieldname"]: field for field in rehearsals.form(policy.name)}
	assert set(form) == {"needed_by", "sponsor", "departments", "financial_value", "council_must_adopt"}
	assert [column["fieldname"] for column in form["departments"]["columns"]] == ["department"]


def test_an_imagined_agreement_is_not_kept():
	policy = draft_of(attorney(), council(when=BIG))
	person, before = administrator(), picture_of_everything()
	with factories.acting_as(person):
		rehearsals.what_if(policy.name, {"financial_value": 100, "needed_by": "2027-05-03"})
	assert picture_of_everything() == before
	assert factories.outbox() == []


def policy_that_reads_every_kind():
	"""A draft whose rules read a number, a check, a choice and a table."""
	return draft_of(
		attorney(when=BIG),
		council(when=[(1, "council_must_adopt", "is checked", "")]),
		mayor(when=[(1, "binding", "is", "Binding")]),
		scenes.rule("Affected", asked_of="Departments of the Document", table_field="departments"),
	)


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
		{"departments": [{"department": "No Such Department"}]},
		{"sponsor": "nobody@city.example"},
		{"financial_value": "a lot"},
		{"financial_value": "12 apples"},
		{"financial_value": "1_000"},
		{"financial_value": "\u0661\u0662"},
		{"financial_value": True},
		{"financial_value": "nan"},
		{"financial_value": float("nan")},
		{"financial_value": float("inf")},
		{"financial_value": "1e999"},
		{"financial_value": 10**400},
		{"council_must_adopt": "yes"},
		{"council_must_adopt": 2},
		{"council_must_adopt": 0.5},
		{"binding": "A Choice Nobody Offers"},
		{"needed_by": "20270503"},
		{"needed_by": "2027-02-30"},
		{"needed_by": "9999-12-31"},
		{"needed_by": 20270503},
	],
	ids=lambda values: str(values)[:50],
)
def test_what_cannot_be_imagined_is_refused_in_a_sentence(values):
	policy = policy_that_reads_every_kind()
	with factories.acting_as(administrator()), pytest.raises(frappe.ValidationError) as refused:
		rehearsals.what_if(policy.name, values)
	if isinstance(values, dict):
		assert isinstance(refused.value, RehearsalError)


@pytest.mark.parametrize(
	"values",
	[
		{"financial_value": "250000.50"},
		{"financial_value": 0},
		{"council_must_adopt": True},
		{"council_must_adopt": "1"},
		{"needed_by": "2027-05-03"},
		{"binding": "Binding"},
		{"binding": ""},
	],
	ids=lambda values: str(values)[:50],
)
def test_what_fits_its_field_can_be_imagined(values):
	policy = policy_that_reads_every_kind()
	with factories.acting_as(administrator()):
		assert rehearsals.what_if(policy.name, values)["policy"] == policy.name


def test_a_person_whom_the_form_offers_can_be_imagined_as_its_sponsor():
	policy, sponsor = policy_that_reads_every_kind(), factories.make_person(OFFICER).name
	with factories.acting_as(administrator()):
		assert rehearsals.what_if(policy.name, {"sponsor": sponsor})["policy"] == policy.name


def test_what_one_may_not_know_of_is_refused_like_what_is_not_there(monkeypatch):
	policy, port = policy_that_reads_every_kind(), factories.make_department("Ports").name
	for permission in ("may_know", "may_read"):
		monkeypatch.setattr(imagined_values, permission, lambda *asked, **right: False)
	said = []
	for name in (port, "No Such Department"):
		with factories.acting_as(administrator()), pytest.raises(RehearsalError) as refused:
			rehearsals.what_if(policy.name, {"departments": [{"department": name}]})
		said.append(str(refused.value).replace(name, ""))
	assert said[0] == said[1]


# who may see what


@pytest.mark.parametrize("role", [OFFICER, AUDITOR, LEGAL])
def test_nobody_else_sees_any_of_it(role):
	active()
	agreement, policy = drafted(), draft_of(mayor())
	attempts = [
		lambda: rehearsals.form(policy.name),
		lambda: rehearsals.try_on(policy.name, "MOU", agreement.name),
		lambda: rehearsals.what_if(policy.name, {}),
		lambda: rehearsals.simulate(policy.name),
	]
	with factories.acting_as(factories.make_person(role).name):
		for attempt in attempts:
			with pytest.raises(frappe.PermissionError):
				attempt()


def test_agreements_somebody_may_not_read_are_neither_shown_nor_counted():
	active()
	drafted(title="Secret port", confidential=1)
	plain = drafted(title="Plain port")
	answer = rehearsed(draft_of(mayor()), only_differing=0)
	assert (answer["examined"], answer["differing"]) == (1, 1)
	assert [row["document"] for row in answer["rows"]] == [plain.name]


def test_whoever_may_read_no_agreement_is_shown_none():
	active()
	drafted()
	nobody = factories.make_user("nobody@elsewhere.example").name
	policy = draft_of(mayor())
	with factories.acting_as(nobody):
		assert list(shadow.Shadow(policy).batches()) == []


def test_who_is_named_on_a_confidential_agreement_sees_its_row():
	active()
	drafted(confidential=1, readers=[{"user": manager()}])
	assert rehearsed(draft_of(mayor()), reader=manager())["differing"] == 1


def test_no_cell_of_the_report_is_a_formula():
	active()
	drafted(title='=HYPERLINK("http://evil.example","0")')
	(row,) = rehearsed(draft_of(mayor()))["rows"]
	assert row["title"].startswith("'=HYPERLINK")


# whatever the number of agreements


def test_statements_grow_with_batches_and_not_with_agreements():
	active()
	policy = draft_of(attorney(), mayor(), council(when=BIG))
	for number in range(2):
		drafted(title=f"Understanding {number}")
		scenes.under_way(title=f"Under way {number}")
	planned = shadow.Shadow(policy)

	def sent() -> int:
		list(planned.batches())
		with counted_statements() as statements:
			assert list(planned.batches())
		return len(statements)

	few = sent()
	for number in range(8):
		drafted(title=f"More {number}")
		scenes.under_way(title=f"More under way {number}")
	assert sum(map(len, planned.batches())) == 20
	assert sent() == few


def test_every_phrase_of_the_domain_is_found_by_translators():
	for module, phrases in (
		(conditions, {*PHRASES.values(), AND, OR}),
		(comparison, {*SENTENCES.values(), NOBODY, DAYS, BY}),
	):
		with open(module.__file__, "rb") as source:
			found = {message for _line, _name, message, _comments in extract_python(source, ["_"], [], {})}
		assert phrases <= found
