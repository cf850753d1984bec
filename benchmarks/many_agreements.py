"""Agreements by the thousand, with the routes and clearances they would have, written beneath the document layer."""

from datetime import datetime, timedelta
from typing import Any

import frappe

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MAYOR, OFFICER, POLICY_ADMIN

PREFIX = "REHEARSAL-BENCHMARK-"
OFFICE = "office@rehearsal-benchmark.example"
ADMINISTRATOR = "administrator@rehearsal-benchmark.example"
HEADS = [f"head.{number}@rehearsal-benchmark.example" for number in range(10)]
TITLES = ("Benchmark as it is", "Benchmark as it might be")
FIRST_DAY = datetime(2020, 1, 2, 9)
LOTS = 2000
AMOUNTS = (0, 5_000, 20_000, 60_000, 120_000, 400_000)
BINDING = ("Non-binding", "Partly binding", "Binding")
# name, group, field, operator, value
CLAUSES = (
	("Over 50,000", 1, "financial_value", "is more than", "50000"),
	("Binding", 1, "binding", "is", "Binding"),
	("Travel", 1, "travel_or_gifts", "is checked", ""),
	("Council or large", 1, "council_must_adopt", "is checked", ""),
	("Council or large", 2, "financial_value", "is at least", "100000"),
	("Departments", 1, "departments", "has rows", ""),
	("Binding and costly", 1, "binding", "is one of", "Binding, Partly binding"),
	("Binding and costly", 1, "no_funds_clause", "is not checked", ""),
	("Needed", 1, "needed_by", "is more than", "2021-01-01"),
	("Needed", 1, "financial_value", "is more than", "10000"),
	("Over 10,000", 1, "financial_value", "is more than", "10000"),
)
CONDITIONS = ("", *dict.fromkeys(name for name, *_clause in CLAUSES[:-1]))


def make_city(rules: int) -> tuple[Any, Any]:
	"""Accounts, departments, an active policy and a draft of so many rules each; answers the two policies."""
	for user, role in (
		(OFFICE, OFFICER),
		(ADMINISTRATOR, POLICY_ADMIN),
		*((head, DEPARTMENT) for head in HEADS),
	):
		frappe.get_doc(
			{
				"doctype": "User",
				"email": user,
				"first_name": user.split("@")[0],
				"send_welcome_email": 0,
				"roles": [{"role": role}],
			}
		).insert()
	company = frappe.get_all("Company", pluck="name", limit=1)[0]
	departments = [
		frappe.get_doc(
			{
				"doctype": "Department",
				"department_name": f"Benchmark {number}",
				"company": company,
				"department_head": head,
			}
		)
		.insert()
		.name
		for number, head in enumerate(HEADS)
	]
	before = _policy(TITLES[0], _rules(rules, departments))
	changed = _rules(rules, departments)
	changed[3].update(working_days=2)
	changed[5].update(applies_when="Over 10,000")
	changed[-1].update(stage=2, workflow_state="Mayor's Decision")
	return before, _policy(TITLES[1], changed)


def make_agreements(count: int, policy: Any) -> None:
	"""Every fifth one a draft nobody was asked about, the others with a route by `policy`, most of them signed."""
	departments = [f"Benchmark {number}" for number in range(len(HEADS))]
	named = dict(
		frappe.get_all(
			"Department",
			{"department_name": ["in", departments]},
			["department_name", "name"],
			as_list=True,
			limit_page_length=0,
		)
	)
	for begin in range(0, count, LOTS):
		lots: dict[str, list[dict[str, Any]]] = {}
		for number in range(begin, min(begin + LOTS, count)):
			_agreement(lots, number, policy, list(named.values()))
		for doctype, rows in lots.items():
			fields = list(rows[0])
			frappe.db.bulk_insert(doctype, fields, [[row[field] for field in fields] for row in rows])
		frappe.db.commit()


def remove() -> None:
	"""Take everything away again."""
	for doctype in (
		"Approval Decision",
		"Approval Clearance",
		"Approval Route",
		"MOU Department",
		"MOU Party",
		"MOU",
	):
		frappe.db.delete(doctype, {"name": ["like", f"{PREFIX}%"]})
	frappe.db.delete("Version", {"docname": ["like", f"{PREFIX}%"]})
	for policy in frappe.get_all("Routing Policy", {"title": ["in", TITLES]}, pluck="name"):
		frappe.db.delete("Routing Rule", {"parent": policy})
		frappe.db.delete("Routing Policy", {"name": policy})
	for department in frappe.get_all(
		"Department", {"department_name": ["like", "Benchmark %"]}, pluck="name"
	):
		frappe.delete_doc("Department", department, force=True)
	for prepared in frappe.get_all("Prepared Report", {"owner": ADMINISTRATOR}, pluck="name"):
		frappe.delete_doc("Prepared Report", prepared, force=True)
	for user in (OFFICE, ADMINISTRATOR, *HEADS):
		if frappe.db.exists("User", user):
			frappe.delete_doc("User", user, force=True)
	frappe.clear_cache()


def _rules(count: int, departments: list[str]) -> list[dict[str, Any]]:
	"""Rules over three stages, most of them with a condition and one for the departments of the agreement."""
	ways = (
		{"asked_of": "Role", "role": LEGAL},
		{"asked_of": "Departments of the Document", "table_field": "departments"},
		*({"asked_of": "Department Head", "department": department} for department in departments),
		{"asked_of": "User Field", "user_field": "sponsor", "recorded_decision_allowed": 1},
	)
	rules = []
	for number in range(count):
		stage, state = ((1, "In Clearance"), (2, "Mayor's Decision"), (3, "Council Decision"))[
			number * 3 // count
		]
		asked = {2: {"asked_of": "Role", "role": MAYOR}, 3: {"asked_of": "Role", "role": CLERK}}.get(
			stage if number * 3 // count != (number - 1) * 3 // count else 0, ways[number % len(ways)]
		)
		rules.append(
			{
				"rule_key": f"benchmark{number}",
				"stage": stage,
				"workflow_state": state,
				"seat": f"Seat {number}",
				"applies_when": CONDITIONS[number % len(CONDITIONS)],
				"working_days": 5,
				**asked,
			}
		)
	return rules


def _policy(title: str, rules: list[dict[str, Any]]) -> Any:
	policy = frappe.get_doc(
		{
			"doctype": "Routing Policy",
			"title": title,
			"document_type": "MOU",
			"rules": rules,
			"conditions": [
				dict(zip(("condition_name", "group", "field", "operator", "value"), clause, strict=True))
				for clause in CLAUSES
			],
		}
	).insert()
	policy.submit()
	return policy


def _agreement(lots: dict[str, list], number: int, policy: Any, departments: list[str]) -> None:
	name, day = f"{PREFIX}{number:06}", FIRST_DAY + timedelta(hours=4 * number)
	signed, routed = number % 5 < 3, number % 5 < 4
	made = {"owner": OFFICE, "modified_by": OFFICE, "creation": day, "modified": day}

	def add(doctype: str, **values: Any) -> None:
		lots.setdefault(doctype, []).append({**made, **values})

	add(
		"MOU",
		name=name,
		title=f"Understanding {number}",
		purpose="Learn from each other's ports.",
		workflow_state="Active" if signed else "In Clearance" if routed else "Draft",
		docstatus=int(signed),
		sponsor=OFFICE,
		binding=BINDING[number % 3],
		financial_value=AMOUNTS[number % 6],
		travel_or_gifts=number % 2,
		council_must_adopt=int(number % 7 == 0),
		no_funds_clause=int(number % 4 == 0),
		# What has not set out is needed some months from now, as in life.
		needed_by=((day if routed else datetime.now()) + timedelta(days=120)).date(),
	)
	for place in range(number % 4):
		parent = {"parent": name, "parenttype": "MOU", "idx": place + 1}
		add(
			"MOU Department",
			name=f"{name}-{place}",
			parentfield="departments",
			department=departments[(number + place) % len(departments)],
			**parent,
		)
	if not routed:
		return
	document = {"reference_doctype": "MOU", "reference_name": name}
	add(
		"Approval Route",
		name=name,
		policy=policy.name,
		workflow_state="Active" if signed else "In Clearance",
		outcome="Signed" if signed else "In Progress",
		round=1,
		stage=3 if signed else 1,
		requested_by=OFFICE,
		prepared_by=OFFICE,
		started_on=day,
		**document,
	)
	for sequence, event in enumerate(("Submitted for Intake", "Clearance Started"), start=1):
		add(
			"Approval Decision",
			name=f"{name}-{sequence}",
			route=name,
			sequence=sequence,
			event=event,
			actor=OFFICE,
			**document,
		)
	for rule in policy.rules:
		if (rule.idx + number) % 3 or (not signed and rule.stage > 1):
			continue
		add(
			"Approval Clearance",
			name=f"{name}-{rule.idx}",
			route=name,
			round=1,
			stage=rule.stage,
			workflow_state=rule.workflow_state,
			seat=rule.seat,
			rule_key=rule.rule_key,
			department=rule.department,
			put_to=HEADS[rule.idx % len(HEADS)] if rule.department else None,
			role=rule.role,
			state="Decided" if signed else "Pending",
			asked_on=day,
			**document,
		)
