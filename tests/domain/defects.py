"""Policies and Workflows spoiled one way each, with the code the checker must give.

Each starts from what a site is given (the composite policy, its Workflow, offices filled twice over), on which
the checker finds nothing, and changes one thing an administrator might.
"""

from dataclasses import dataclass, replace

from city_diplomacy.domain.joins import JoinRule
from city_diplomacy.domain.soundness_model import DocumentField, Proposal, Transition
from city_diplomacy.setup.permissions import LEGAL, MAYOR, OFFICER
from tests.domain.paper_city import (
	COMPOSITE_RULES,
	FIELDS,
	WORKFLOW,
	asked,
	composite,
	organisation_with,
	proposal,
	staffed,
	with_rules,
	workflow_with,
)

ATTORNEY, FINANCE, DEPARTMENTS, ETHICS, MAYORS, COUNCIL = range(1, 7)
STRICT = {row: replace(rule, recorded_decision_allowed=False) for row, rule in COMPOSITE_RULES.items()}
TWO, THREE, HALF = JoinRule("K of N", k=2), JoinRule("K of N", k=3), JoinRule("Percent", percent=50)
ADVANCE = "Advance"


@dataclass(frozen=True)
class Defect:
	"""What was spoiled, the code that must be found, and the row it must be found on (None: no row)."""

	name: str
	code: str
	proposal: Proposal
	row: int | None = None
	severity: str = "error"


def error(name: str, code: str, spoiled: Proposal, row: int | None = None) -> Defect:
	return Defect(name, code, spoiled, row)


def warning(name: str, code: str, spoiled: Proposal, row: int | None = None) -> Defect:
	return Defect(name, code, spoiled, row, "warning")


def _without(*rows: int, rules=COMPOSITE_RULES) -> Proposal:
	return proposal({row: rule for row, rule in rules.items() if row not in rows})


def _only(*rules) -> Proposal:
	return proposal(dict(enumerate(rules, start=1)))


def _strict(**changes) -> Proposal:
	return organisation_with(STRICT, **changes)


def _heads(**changed: str | None) -> dict[str, str]:
	heads = {**staffed(STRICT.values()).heads, **changed}
	return {department: head for department, head in heads.items() if head}


def _states(**changes) -> dict[str, bool]:
	return {**WORKFLOW.states, **changes}


def _without_state(name: str) -> Proposal:
	states = {state: submitted for state, submitted in WORKFLOW.states.items() if state != name}
	steps = tuple(step for step in WORKFLOW.transitions if name not in (step.state, step.to))
	return proposal(COMPOSITE_RULES, workflow=replace(WORKFLOW, states=states, transitions=steps))


def _narrowed(state: str, to: str, role: str) -> Proposal:
	steps = tuple(
		replace(step, allowed=role) if (step.state, step.to) == (state, to) else step
		for step in WORKFLOW.transitions
	)
	return proposal(COMPOSITE_RULES, workflow=replace(WORKFLOW, transitions=steps))


def _disabled(person: str, rules) -> Proposal:
	office = staffed(rules.values())
	return organisation_with(rules, people=office.people - {person})


def _member(number: int, **fields):
	return asked(f"Council Member {number}", user=f"member{number}@city.example", **fields)


ON_THE_WORKFLOW = (
	error("the workflow was deleted", "workflow-missing", workflow_with(is_there=False)),
	error("the workflow was switched off", "workflow-inactive", workflow_with(is_active=False)),
	error("its state field is gone", "workflow-state-field-missing", workflow_with(state_field="status")),
	error("it sends e-mail alerts", "workflow-sends-email", workflow_with(sends_email=True)),
	error("a state nothing leads to", "state-unreachable", workflow_with(states=_states(Archived=False))),
	error("a state of the engine was removed", "state-missing", _without_state("Withdrawn")),
	error(
		"a state nothing leads out of",
		"dead-end",
		workflow_with(Transition("In Clearance", "Park", "Parked"), states=_states(Parked=False)),
	),
	error(
		"two states that only lead to each other",
		"no-way-to-an-end",
		workflow_with(
			Transition("In Clearance", "Park", "Parked"),
			Transition("Parked", "Wait", "Waiting"),
			Transition("Waiting", "Park", "Parked"),
			states=_states(Parked=False, Waiting=False),
		),
	),
	error(
		"a transition to a state there is not",
		"dead-transition",
		workflow_with(Transition("Draft", "Shelve", "Shelved")),
	),
	error(
		"a transition that waits for another state",
		"dead-transition",
		workflow_with(Transition("Draft", "Skip", "Ready to Sign", "All", "In Clearance")),
	),
	error(
		"a transition that would unsubmit",
		"dead-transition",
		workflow_with(Transition("Active", "Reopen", "Draft")),
	),
	error(
		"one action that leads two ways",
		"transition-ambiguous",
		workflow_with(Transition("Draft", "Submit for Intake", "In Clearance", OFFICER)),
	),
	error(
		"one action whose conditions overlap",
		"transition-ambiguous",
		workflow_with(
			Transition("Draft", "Hurry", "In Clearance", condition="doc.financial_value > 100"),
			Transition("Draft", "Hurry", "Ready to Sign", condition="doc.financial_value < 200"),
		),
	),
	warning(
		"the same transition twice",
		"transition-twice",
		workflow_with(Transition("Draft", "Submit for Intake", "Intake Review", OFFICER)),
	),
	error(
		"nothing leads back to draft",
		"workflow-lacks-transition",
		workflow_with(without=[("Mayor's Decision", "Draft")]),
	),
	error(
		"nothing leads to the signature",
		"workflow-lacks-transition",
		workflow_with(without=[("Ready to Sign", "Active")]),
	),
	error(
		"the last stage does not lead on",
		"workflow-lacks-transition",
		workflow_with(without=[("Council Decision", "Ready to Sign")]),
	),
	error(
		"a skipped last stage does not lead on",
		"workflow-lacks-transition",
		workflow_with(without=[("Mayor's Decision", "Ready to Sign")]),
	),
	error(
		"only one role may decline",
		"workflow-lacks-transition",
		_narrowed("Council Decision", "Declined", OFFICER),
	),
	error(
		"intake does not lead into the first stage",
		"stage-not-entered",
		workflow_with(without=[("Intake Review", "In Clearance")]),
		ATTORNEY,
	),
	error(
		"the second stage cannot be entered from the first",
		"stage-not-entered",
		workflow_with(without=[("In Clearance", "Mayor's Decision")]),
		MAYORS,
	),
	error(
		"only one role may take it to the council",
		"stage-not-entered",
		_narrowed("Mayor's Decision", "Council Decision", MAYOR),
		COUNCIL,
	),
)

ON_THE_RULES = (
	error(
		"a stage in a state of none", "stage-state-unknown", composite(MAYORS, state="Ready to Sign"), MAYORS
	),
	error("a stage in two states", "stage-two-states", composite(FINANCE, state="Council Decision"), FINANCE),
	error("two rules with one key", "rule-key-twice", composite(FINANCE, key="rule-1"), FINANCE),
	error("half a condition", "condition-unreadable", composite(ETHICS, condition="doc.binding =="), ETHICS),
	error(
		"a condition on no field", "condition-unknown-field", composite(ETHICS, condition="doc.wings"), ETHICS
	),
	error(
		"an amount compared with a text",
		"condition-raises",
		composite(ETHICS, condition='doc.financial_value > "much"'),
		ETHICS,
	),
	error(
		"a division by a field that may be blank",
		"condition-raises",
		composite(ETHICS, condition="100 / doc.term_months > 10"),
		ETHICS,
	),
	error(
		"a column the rows do not have",
		"condition-raises",
		composite(ETHICS, condition='"Japan" in column(doc.parties, "land")'),
		ETHICS,
	),
	error(
		"an option the field does not offer",
		"condition-never-holds",
		composite(ETHICS, condition='doc.binding == "Fully binding"'),
		ETHICS,
	),
	error(
		"an amount above and below",
		"condition-never-holds",
		composite(ETHICS, condition="doc.financial_value > 500 and doc.financial_value < 100"),
		ETHICS,
	),
	warning(
		"a condition that excludes nothing",
		"condition-always-holds",
		composite(ETHICS, condition="doc.travel_or_gifts == 0 or doc.travel_or_gifts == 1"),
		ETHICS,
	),
	error(
		"the same seat asked of somebody else",
		"rule-shadowed",
		with_rules(asked("City Attorney", mandatory=True)),
		7,
	),
	warning(
		"the same seat asked again",
		"rule-shadowed",
		with_rules(replace(COMPOSITE_RULES[ATTORNEY], key="again", condition="doc.no_funds_clause")),
		7,
	),
	error(
		"a person from a field that names none",
		"user-field-unusable",
		with_rules(asked("Sponsor", asked_of="User Field", user_field="purpose")),
		7,
	),
	warning(
		"a person from a field that may be blank",
		"user-field-may-be-blank",
		proposal(
			{
				**COMPOSITE_RULES,
				7: asked("Host", asked_of="User Field", user_field="host", fallback_user=None),
			},
			fields={**FIELDS, "host": DocumentField("host", "link", ("User",))},
		),
		7,
	),
	error(
		"departments from a table without any",
		"table-field-unusable",
		composite(DEPARTMENTS, table_field="texts"),
		DEPARTMENTS,
	),
	error(
		"a watched field there is not",
		"watched-unknown-field",
		composite(FINANCE, watched_fields=("financial_value", "wings")),
		FINANCE,
	),
	warning(
		"the text watched by no mandatory seat",
		"text-unwatched",
		proposal({row: replace(rule, watched_fields=("purpose",)) for row, rule in COMPOSITE_RULES.items()}),
	),
	warning("no time to answer", "no-time-to-answer", composite(ATTORNEY, working_days=0), ATTORNEY),
	warning(
		"no mandatory seat at all",
		"no-mandatory-seat",
		proposal({row: replace(rule, mandatory=False) for row, rule in COMPOSITE_RULES.items()}),
	),
	error("a route that may ask nobody", "route-may-be-empty", _without(ATTORNEY, FINANCE, MAYORS)),
	error(
		"only departments, of which there may be none",
		"route-may-be-empty",
		_only(COMPOSITE_RULES[DEPARTMENTS]),
	),
)

ON_THE_JOINS = (
	error("joins of two kinds", "join-disagrees", composite(FINANCE, join=JoinRule("Any")), FINANCE),
	error(
		"joins that count differently",
		"join-disagrees",
		_only(asked("Law", join=TWO), asked("Finance", join=THREE), asked("Port", join=TWO)),
		2,
	),
	error(
		"three wanted of two",
		"join-cannot-complete",
		_only(asked("Law", join=THREE), asked("Finance", join=THREE)),
		1,
	),
	error(
		"two wanted of one seat named twice",
		"join-cannot-complete",
		_only(asked("Law", join=TWO), asked("Law", key="again", join=TWO)),
		1,
	),
	error(
		"two wanted, one of which is conditional",
		"join-may-lack-seats",
		_only(asked("Law", join=TWO), asked("Port", join=TWO, condition="doc.binding == 'Binding'")),
		1,
	),
	error(
		"two wanted of departments of which there may be one",
		"join-may-lack-seats",
		with_rules(
			replace(
				COMPOSITE_RULES[DEPARTMENTS], key="d", stage=2, state="Mayor's Decision", group="d", join=TWO
			)
		),
		7,
	),
	warning(
		"a group that may be asked nobody",
		"group-may-be-empty",
		with_rules(asked("Port", group="experts", condition="doc.no_funds_clause")),
		7,
	),
	warning(
		"a mandatory seat nobody follows",
		"recusal-leaves-it-stuck",
		_only(asked("Law", mandatory=True, fallback_user=None), asked("Finance")),
		1,
	),
	warning(
		"half wanted, and each may stand aside",
		"recusal-leaves-it-stuck",
		_only(asked("Law", join=HALF, fallback_user=None), asked("Port", join=HALF, fallback_user=None)),
		1,
	),
	warning(
		"a veto that comes too late",
		"veto-does-not-hold",
		_only(asked("Law", join=TWO, veto=True), asked("Port", join=TWO), asked("Parks", join=TWO)),
		1,
	),
)

ON_THE_PEOPLE = (
	error(
		"a role nobody has",
		"seat-vacant",
		_strict(roles={**staffed(STRICT.values()).roles, LEGAL: frozenset()}),
		ATTORNEY,
	),
	error(
		"a department without a head",
		"seat-vacant",
		_strict(heads=_heads(Finance=None), acting_heads={}),
		FINANCE,
	),
	error(
		"an account that was disabled",
		"seat-vacant",
		_disabled("parks@city.example", {**STRICT, 7: asked("Parks", fallback_user=None)}),
		7,
	),
	warning(
		"some departments nobody heads",
		"departments-vacant",
		_strict(heads=_heads(Parks=None), acting_heads={"Parks": "nobody@city.example"}),
		DEPARTMENTS,
	),
	error(
		"no department anybody heads", "departments-vacant", _strict(heads={}, acting_heads={}), DEPARTMENTS
	),
	error(
		"one person heads two offices",
		"one-person-two-seats",
		organisation_with(
			{**COMPOSITE_RULES, ETHICS: replace(COMPOSITE_RULES[ETHICS], mandatory=True)},
			heads=_heads(Finance="both@city.example", Ethics="both@city.example"),
			people=staffed(STRICT.values()).people | {"both@city.example"},
		),
		ETHICS,
	),
	error(
		"one person heads one office and follows in another",
		"one-person-two-seats",
		organisation_with(
			{
				**COMPOSITE_RULES,
				7: asked(
					"Ports", user="gone@city.example", fallback_user="finance@city.example", mandatory=True
				),
			},
			people=staffed(COMPOSITE_RULES.values()).people,
		),
		7,
	),
	error(
		"two people for three seats",
		"one-person-two-seats",
		organisation_with(
			{
				row: asked(f"Seat {row}", asked_of="Role", role=LEGAL, mandatory=True, user=None)
				for row in (1, 2, 3)
			}
		),
		3,
	),
	error(
		"a council asked one by one in its own stage",
		"council-polled",
		with_rules(
			*(
				asked(f"{name} Ward", user=f"{name}@city.example", stage=3, state="Council Decision")
				for name in ("North", "South", "East")
			)
		),
		7,
	),
	error(
		"members of a council asked before it meets",
		"council-polled",
		with_rules(_member(1), _member(2), _member(3)),
		7,
	),
	error(
		"the sponsor asked about his own text",
		"sponsor-decides",
		replace(
			with_rules(asked("Sponsor", asked_of="User Field", user_field="sponsor")), sponsor_field="sponsor"
		),
		7,
	),
	warning(
		"who prepares also decides",
		"requester-decides",
		composite(MAYORS, role=OFFICER),
		MAYORS,
	),
	warning(
		"escalates to the person asked",
		"escalates-to-the-asked",
		with_rules(asked("Parks", user="parks.head@city.example", escalates_to="parks.head@city.example")),
		7,
	),
	error(
		"escalates to a closed account",
		"escalates-to-nobody",
		_disabled(
			"gone@city.example",
			{
				**COMPOSITE_RULES,
				ATTORNEY: replace(COMPOSITE_RULES[ATTORNEY], escalates_to="gone@city.example"),
			},
		),
		ATTORNEY,
	),
	warning(
		"the follower is the holder",
		"fallback-is-holder",
		composite(FINANCE, fallback_user="finance@city.example"),
		FINANCE,
	),
	warning(
		"the follower has a closed account",
		"fallback-is-nobody",
		_disabled(
			"gone@city.example",
			{
				**COMPOSITE_RULES,
				ATTORNEY: replace(COMPOSITE_RULES[ATTORNEY], fallback_user="gone@city.example"),
			},
		),
		ATTORNEY,
	),
)

DEFECTS = (*ON_THE_WORKFLOW, *ON_THE_RULES, *ON_THE_JOINS, *ON_THE_PEOPLE)
