"""Policies and Workflows spoiled one way each, with the code the checker must give.

Each starts from what a site is given (the composite policy, its Workflow, offices filled twice over), on which
the checker finds nothing, and changes one thing an administrator might.
"""

from dataclasses import replace

from city_diplomacy.access.rights import MAYOR, OFFICER
from city_diplomacy.domain.policy.conditions import Condition
from city_diplomacy.domain.soundness.model import DocumentField, Transition
from tests.domain.defects_of_seats import ON_THE_JOINS, ON_THE_PEOPLE
from tests.domain.paper_city import (
	COMPOSITE_RULES,
	CONDITIONS,
	FIELDS,
	WORKFLOW,
	asked,
	composite,
	proposal,
	with_rules,
	with_steps,
	workflow_with,
)
from tests.domain.spoiling import (
	ATTORNEY,
	COUNCIL,
	DEPARTMENTS,
	ETHICS,
	FINANCE,
	MAYORS,
	error,
	only,
	states,
	warning,
	without,
	without_state,
)
from tests.domain.written import either, when

ANY_TRAVEL = either(when(("travel_or_gifts", "is not checked")), when(("travel_or_gifts", "is checked")))
SIX_TEXTS = [name for name, field in FIELDS.items() if field.kind == "text"][:6]

ON_THE_WORKFLOW = (
	error("the workflow was deleted", "workflow-missing", proposal(COMPOSITE_RULES, workflow=None)),
	error("the workflow was switched off", "workflow-inactive", workflow_with(is_active=False)),
	error("its state field is gone", "workflow-state-field-missing", workflow_with(state_field="status")),
	error(
		"it keeps its state elsewhere", "workflow-state-field-differs", workflow_with(state_field="purpose")
	),
	error("it sends e-mail alerts", "workflow-sends-email", workflow_with(sends_email=True)),
	error("a state of the engine was removed", "state-missing", without_state("Withdrawn")),
	error(
		"a signed document stays a draft", "state-not-submitted", workflow_with(states=states(Active=False))
	),
	error("a refusal submits", "state-submitted", workflow_with(states=states(Declined=True))),
	error("a state nothing leads to", "state-unknown", workflow_with(states=states(Archived=False))),
	error(
		"a state of its own that something leads to",
		"state-unknown",
		workflow_with(Transition("In Clearance", "Park", "Parked"), states=states(Parked=False)),
	),
	error(
		"two states that only lead to each other",
		"state-unknown",
		workflow_with(
			Transition("In Clearance", "Park", "Parked"),
			Transition("Parked", "Wait", "Waiting"),
			Transition("Waiting", "Park", "Parked"),
			states=states(Parked=False, Waiting=False),
		),
	),
	error(
		"a state everything that leads to was removed",
		"state-unreachable",
		workflow_with(without=[(state, "Declined") for state in WORKFLOW.states]),
	),
	error(
		"a state nothing leads out of",
		"dead-end",
		workflow_with(without=[("Mayor's Decision", state) for state in WORKFLOW.states]),
	),
	error(
		"a transition to a state there is not",
		"dead-transition",
		workflow_with(Transition("Draft", "Shelve", "Shelved")),
	),
	error(
		"a transition that waits for another state",
		"dead-transition",
		workflow_with(Transition("Draft", "Skip", "Ready to Sign", condition=CONDITIONS["In Clearance"])),
	),
	error(
		"a transition past what is to be decided",
		"dead-transition",
		workflow_with(Transition("Draft", "Skip", "Ready to Sign", OFFICER)),
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
	error(
		"one action of the engine that no longer waits",
		"transition-ambiguous",
		with_steps("In Clearance", "Mayor's Decision", condition=""),
	),
	warning(
		"the same transition twice",
		"transition-twice",
		workflow_with(Transition("Draft", "Submit for Intake", "Intake Review", OFFICER)),
	),
	warning(
		"everybody is offered what is refused",
		"transition-open",
		with_steps("Ready to Sign", "Draft", condition=""),
	),
	warning(
		"a role is offered what is refused",
		"transition-open",
		workflow_with(Transition("Ready to Sign", "Sign at Once", "Active", MAYOR)),
	),
	error("nobody can hand in", "hand-in-missing", workflow_with(without=[("Draft", "Intake Review")])),
	warning(
		"offered to those who prepare nothing",
		"hand-in-refused",
		workflow_with(Transition("Draft", "Submit for Intake", "Intake Review", MAYOR)),
	),
	warning(
		"authors cannot hand in their own",
		"hand-in-not-by-author",
		with_steps("Draft", "Intake Review", self_approval=False),
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
		with_steps("Council Decision", "Declined", allowed=OFFICER),
	),
	error(
		"some documents alone may be signed",
		"workflow-lacks-transition",
		with_steps("Ready to Sign", "Active", condition="doc.binding == 'Binding'"),
	),
	error(
		"the signature waits for another state",
		"workflow-lacks-transition",
		with_steps("Ready to Sign", "Active", condition=CONDITIONS["Draft"]),
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
		"a second round in which earlier answers hold cannot go on to the council",
		"stage-not-entered",
		workflow_with(without=[("Intake Review", "Council Decision")]),
		COUNCIL,
	),
	error(
		"a changed text cannot ask again",
		"stage-not-entered",
		workflow_with(without=[("Ready to Sign", "In Clearance")]),
		ATTORNEY,
	),
	error(
		"only one role may take it to the council",
		"stage-not-entered",
		with_steps("Mayor's Decision", "Council Decision", allowed=MAYOR),
		COUNCIL,
	),
)

ON_THE_RULES = (
	error(
		"a stage in a state of none", "stage-state-unknown", composite(MAYORS, state="Ready to Sign"), MAYORS
	),
	error("a stage in two states", "stage-two-states", composite(FINANCE, state="Council Decision"), FINANCE),
	error("two rules with one key", "rule-key-twice", composite(FINANCE, key="rule-1"), FINANCE),
	error(
		"half a condition",
		"condition-unreadable",
		composite(ETHICS, condition=Condition(unreadable="In verse.")),
		ETHICS,
	),
	error(
		"a condition on no field",
		"condition-unknown-field",
		composite(ETHICS, condition=when(("wings", "is set"))),
		ETHICS,
	),
	error(
		"an amount compared with a text",
		"condition-raises",
		composite(ETHICS, condition=when(("financial_value", "is more than", "much"))),
		ETHICS,
	),
	error(
		"a column the rows do not have",
		"condition-raises",
		composite(ETHICS, condition=when(("parties.land", "has a row where", "Japan"))),
		ETHICS,
	),
	error(
		"an option the field does not offer",
		"condition-never-holds",
		composite(ETHICS, condition=when(("binding", "is", "Fully binding"))),
		ETHICS,
	),
	error(
		"an amount above and below",
		"condition-never-holds",
		composite(
			ETHICS,
			condition=when(
				("financial_value", "is more than", 500), ("financial_value", "is less than", 100)
			),
		),
		ETHICS,
	),
	warning(
		"a condition that excludes nothing",
		"condition-always-holds",
		composite(ETHICS, condition=ANY_TRAVEL),
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
		with_rules(
			replace(COMPOSITE_RULES[ATTORNEY], key="again", condition=when(("no_funds_clause", "is checked")))
		),
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
	error("a route that may ask nobody", "route-may-be-empty", without(ATTORNEY, FINANCE, MAYORS)),
	warning(
		"conditions of which one holds, on more fields than can be tried",
		"route-perhaps-empty",
		only(
			asked("Law", condition=ANY_TRAVEL),
			asked("Port", condition=when(*((name, "is", "as before") for name in SIX_TEXTS))),
		),
	),
	error(
		"only departments, of which there may be none",
		"route-may-be-empty",
		only(COMPOSITE_RULES[DEPARTMENTS]),
	),
)

DEFECTS = (*ON_THE_WORKFLOW, *ON_THE_RULES, *ON_THE_JOINS, *ON_THE_PEOPLE)
