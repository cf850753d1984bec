"""A city on paper for the checker: its fields, its people, its native Workflow, and policies to spoil.

Every office is filled twice over, so that a policy which is sound as written has nothing to be found on it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from city_diplomacy.domain.policy.conditions import KIND_OF_FIELDTYPE, condition_of
from city_diplomacy.domain.route.joins import JoinRule
from city_diplomacy.domain.route.routing import Rule
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.model import (
	DocumentField,
	Finding,
	Organisation,
	Proposal,
	Transition,
)
from city_diplomacy.partnership_approvals.policies import examples
from city_diplomacy.partnership_approvals.policies.check import as_workflow
from city_diplomacy.partnership_approvals.routing.workflows import workflow_of
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from tests.static.sources import APP

KINDS = {
	"Check": "check",
	"Currency": "number",
	"Int": "number",
	"Date": "date",
	"Link": "link",
	"Select": "select",
	"Table": "table",
	"Table MultiSelect": "table",
}
OFFICES = {"law_department": "Law", "finance_department": "Finance", "ethics_department": "Ethics"}
DEPARTMENTS = frozenset({"Law", "Finance", "Ethics", "Port", "Parks", "Culture"})


def fields_of_the_agreement() -> dict[str, DocumentField]:
	"""The MOU's fields, from its DocType's own file."""
	fields = {}
	for df in _doctype("mou")["fields"]:
		kind, options, columns = KINDS.get(df["fieldtype"], "text"), (), frozenset()
		if kind in ("select", "link"):
			options = tuple(df["options"].split("\n"))
		elif kind == "table":
			child = _doctype(df["options"].lower().replace(" ", "_"))
			columns = frozenset(row["fieldname"] for row in child["fields"])
		fields[df["fieldname"]] = DocumentField(df["fieldname"], kind, options, columns, bool(df.get("reqd")))
	return fields


def kinds_of_the_agreement() -> dict[str, str]:
	"""The kinds of the MOU's fields, and of its tables' columns, as conditions in a table read them."""
	kinds = {}
	for df in _doctype("mou")["fields"]:
		if kind := KIND_OF_FIELDTYPE.get(df["fieldtype"]):
			kinds[df["fieldname"]] = kind
			if df["fieldtype"].startswith("Table"):
				columns = _doctype(df["options"].lower().replace(" ", "_"))["fields"]
				kinds |= {
					f"{df['fieldname']}.{column['fieldname']}": KIND_OF_FIELDTYPE[column["fieldtype"]]
					for column in columns
					if column["fieldtype"] in KIND_OF_FIELDTYPE
				}
	return kinds


def _doctype(name: str) -> dict[str, Any]:
	(path,) = APP.glob(f"*/doctype/{name}/{name}.json")
	return json.loads(path.read_text())


def rules_of(policy: Mapping[str, Any]) -> dict[int, Rule]:
	"""The rules of a policy written as data, by row."""
	kinds, rows = kinds_of_the_agreement(), {}
	for row in policy.get("conditions", ()):
		clause = (row.get("group", 1), row["field"], row["operator"], row.get("value"))
		rows.setdefault(row["condition_name"], []).append(clause)
	conditions = {name: condition_of(clauses, kinds) for name, clauses in rows.items()}
	return {
		row: _rule(row, {"condition": conditions.get(values.get("applies_when")), **values})
		for row, values in enumerate(policy["rules"], start=1)
	}


def _rule(row: int, values: Mapping[str, Any]) -> Rule:
	asked_of, department = values["asked_of"], values.get("department")
	if asked_of == "Department in Settings":
		asked_of, department = "Department Head", OFFICES[values["settings_field"]]
	join = JoinRule(values.get("join", "All"), values.get("join_k", 0), values.get("join_percent", 0))
	return Rule(
		key=values.get("rule_key") or f"rule-{row}",
		stage=values["stage"],
		state=values["workflow_state"],
		seat=values["seat"],
		asked_of=asked_of,
		department=department,
		join=join,
		group=values.get("join_group") or "",
		mandatory=bool(values.get("mandatory")),
		veto=bool(values.get("veto")),
		watched_fields=tuple((values.get("watched_fields") or "").replace(",", " ").split()),
		recorded_decision_allowed=bool(values.get("recorded_decision_allowed")),
		working_days=values.get("working_days", 5),
		condition=values.get("condition"),
		table_field=values.get("table_field"),
		user_field=values.get("user_field"),
		user=values.get("user"),
		role=values.get("role"),
		fallback_user=values.get("fallback_user"),
		escalates_to=values.get("escalates_to"),
		if_refused=values.get("if_refused") or "Return to Draft",
	)


FIELDS = fields_of_the_agreement()
WORKFLOW = as_workflow(workflow_of(MOU_ROUTING))
CONDITIONS = {step.to: step.condition for step in WORKFLOW.transitions if step.condition}
COMPOSITE_RULES = rules_of(examples.values_of("composite"))
SMALL_OFFICE_RULES = rules_of(examples.values_of("small_office"))


def staffed(rules: Iterable[Rule]) -> Organisation:
	"""An organisation in which every office the rules name is held, and followed, by people of its own."""
	rules = list(rules)
	departments = DEPARTMENTS | {rule.department for rule in rules if rule.department}
	roles = {rule.role: frozenset(_pair(rule.role)) for rule in rules if rule.role}
	heads = {department: _pair(department)[0] for department in departments}
	acting = {department: _pair(department)[1] for department in departments}
	named = {rule.user for rule in rules} | {rule.fallback_user for rule in rules}
	named |= {rule.escalates_to for rule in rules}
	people = {person for held in roles.values() for person in held}
	return Organisation(
		people=frozenset({*people, *heads.values(), *acting.values(), *filter(None, named)}),
		departments=frozenset(departments),
		heads=heads,
		acting_heads=acting,
		roles=roles,
	)


def _pair(office: str) -> tuple[str, str]:
	name = "".join(letter for letter in office.lower() if letter.isalpha())
	return f"{name}@city.example", f"deputy.{name}@city.example"


def proposal(rules: Mapping[int, Rule], **changes: Any) -> Proposal:
	"""The rules in the city on paper; `changes` replace parts of the proposal."""
	whole = Proposal(
		rules,
		WORKFLOW,
		WORKFLOW,
		FIELDS,
		staffed(rules.values()),
		stage_states=MOU_ROUTING.stage_states,
		requesters=MOU_ROUTING.requesters,
		text_fields=("texts",),
	)
	return replace(whole, **changes)


def composite(row: int | None = None, **changes: Any) -> Proposal:
	"""The composite policy with one rule changed."""
	rules = dict(COMPOSITE_RULES)
	if row is not None:
		rules[row] = replace(rules[row], **changes)
	return proposal(rules)


def with_rules(*added: Rule) -> Proposal:
	"""The composite policy with rules added at its end."""
	rules = dict(COMPOSITE_RULES)
	rules.update(enumerate(added, start=len(rules) + 1))
	return proposal(rules)


def asked(seat: str, **fields: Any) -> Rule:
	"""A rule of the first stage, asked of one named person with somebody to follow, unless told otherwise."""
	values = {
		"key": seat,
		"stage": 1,
		"state": "In Clearance",
		"asked_of": "User",
		"user": f"{seat.split()[0].lower()}@city.example",
		"fallback_user": "follower@city.example",
		**fields,
	}
	return Rule(seat=seat, **values)


def workflow_with(*added: Transition, without: Iterable[tuple[str, str]] = (), **changes: Any) -> Proposal:
	"""The composite policy on a Workflow with transitions added, and those between given states taken out."""
	gone = set(without)
	kept = tuple(step for step in WORKFLOW.transitions if (step.state, step.to) not in gone)
	changed = replace(WORKFLOW, transitions=(*kept, *added), **changes)
	return proposal(COMPOSITE_RULES, workflow=changed)


def with_steps(state: str, to: str, **changes: Any) -> Proposal:
	"""The composite policy on a Workflow whose transitions from one state to another were changed."""
	steps = tuple(
		replace(step, **changes) if (step.state, step.to) == (state, to) else step
		for step in WORKFLOW.transitions
	)
	return proposal(COMPOSITE_RULES, workflow=replace(WORKFLOW, transitions=steps))


def organisation_with(rules: Mapping[int, Rule] = COMPOSITE_RULES, **changes: Any) -> Proposal:
	"""A policy in a city some of whose offices are held otherwise."""
	return proposal(rules, organisation=replace(staffed(rules.values()), **changes))


def the_finding(code: str, checked: Proposal) -> Finding:
	"""What the checker finds under a code, which it finds once."""
	(found,) = [finding for finding in check(checked) if finding.code == code]
	return found
