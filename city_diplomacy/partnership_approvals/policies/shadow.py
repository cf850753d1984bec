"""One policy in the shadow of what was asked: many documents at a time, nothing written, nobody told.

A batch of documents is read in a fixed number of statements, however many documents, seats and rules there are,
and only the columns the rules look at. What is planned of a document is what `planning.plan` plans of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import frappe
from frappe.query_builder.functions import Coalesce, Count

from city_diplomacy.domain.rehearsal import comparison as rehearsal
from city_diplomacy.domain.route import routing
from city_diplomacy.domain.route.states import RouteOutcome
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routing import planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of

ASKED = "Asked"
CLEARED = (RouteOutcome.READY_TO_SIGN, RouteOutcome.SIGNED)
ROUTE_COLUMNS = ("name", "policy", "outcome", "prepared_by")


@dataclass(frozen=True)
class Found:
	"""What the shadow run says of one document.

	`compared_with` is ASKED, or the active policy where nobody was asked yet; `problem` says why the policy
	could not route it.
	"""

	name: str
	state: str
	compared_with: str
	comparison: rehearsal.Comparison | None = None
	problem: str | None = None

	@property
	def differs(self) -> bool:
		return bool(self.problem or (self.comparison and self.comparison.differences))


@dataclass(frozen=True)
class Facts:
	"""One document as the rules see it: its values, who prepared it, and the clearances of its last round."""

	values: Any
	barred: set[str]
	asked: tuple[Any, ...]


class Organisation:
	"""The departments and people of this site, read at once, as `routing.Directory` asks for them."""

	def __init__(self, named: Iterable[str | None] = ()):
		rows = frappe.get_all(
			"Department",
			fields=["name", "department_name", "department_head", "acting_head"],
			limit_page_length=0,
		)
		self.departments = {row.name: row for row in rows}
		wanted = {person for row in rows for person in (row.department_head, row.acting_head)} | set(named)
		wanted -= {None, ""}
		self.active = set(
			frappe.get_all(
				"User",
				filters={"name": ["in", sorted(wanted)], "enabled": 1},
				pluck="name",
				limit_page_length=0,
			)
			if wanted
			else ()
		)

	def head_of(self, department: str) -> str | None:
		row = self.departments.get(department)
		return row.department_head if row else None

	def acting_head_of(self, department: str) -> str | None:
		row = self.departments.get(department)
		return row.acting_head if row else None

	def is_active(self, user: str) -> bool:
		return user in self.active

	def has_role(self, user: str, role: str) -> bool:
		return role in frappe.get_roles(user)

	def name_of(self, department: str) -> str | None:
		row = self.departments.get(department)
		return row.department_name if row else None


class Shadow:
	"""A policy held against every document of its DocType, or those that set out since a day.

	Raises ApprovalError when a rule of the policy cannot be read.
	"""

	def __init__(self, policy: Any, since: date | None = None):
		self.doctype, self.since = policy.document_type, since
		self.routing, self.meta = routing_of(policy.document_type), frappe.get_meta(policy.document_type)
		self.rules = planning.rules_of(policy)
		self.active = planning.find_active_policy(self.doctype)
		self.rules_by = {name: rules for name in self._policies_used() if (rules := _rules_or_none(name))}

	def count(self) -> int:
		"""How many documents there are to look at."""
		document = frappe.qb.DocType(self.doctype)
		return self._documents(document).select(Count(document.name)).run()[0][0]

	def look(self, after: str, limit: int) -> list[Found]:
		"""The next `limit` documents in the order of their names, behind the one called `after`."""
		documents, organisation = self.read(after, limit)
		return [self._found(document, organisation) for document in documents]

	def read(self, after: str, limit: int) -> tuple[list[Facts], Organisation]:
		"""What is known of the next `limit` documents, and of those who may be asked about them."""
		rows = self._rows(after, limit)
		if not rows:
			return [], Organisation()
		self._add_tables(rows)
		people = {rule.user for rule in self._all_rules()} | {
			rule.fallback_user for rule in self._all_rules()
		}
		people |= {row.get(field) for row in rows for field in self._user_fields}
		organisation = Organisation(people)
		self._name_departments(rows, organisation)
		asked, barred = self._asked(rows), self._prepared(rows)
		documents = [Facts(row, barred[row["name"]], tuple(asked.get(row["_route"], ()))) for row in rows]
		return documents, organisation

	def route(
		self, document: Facts, organisation: Organisation, rules: Iterable[routing.Rule] | None = None
	) -> tuple[rehearsal.Seat, ...]:
		"""The seats of a document's route by this policy, or by other rules. Raises as `routing.plan_route`."""
		rules = self.rules if rules is None else rules
		return rehearsal.seats_of(
			routing.plan_route(rules, document.values, organisation, barred=document.barred)
		)

	def _found(self, document: Facts, organisation: Organisation) -> Found:
		values, asked = document.values, document.asked
		state = values[self.routing.state_field] or self.routing.draft
		compared_with = ASKED if asked else (self.active or "")
		try:
			after = self.route(document, organisation)
		except planning.RULE_ERRORS as error:
			return Found(values["name"], state, compared_with, problem=str(error))
		old_rules = self.rules_by.get(values["_policy"] if asked else self.active, [])
		try:
			planned = self.route(document, organisation, old_rules)
		except planning.RULE_ERRORS:
			# What was asked is on record even where the policy of that day no longer fits the document.
			planned = ()
		before = _as_asked(asked, planned, old_rules, values["_outcome"]) if asked else planned
		return Found(values["name"], state, compared_with, rehearsal.compare(before, after))

	# reading

	def _documents(self, document: Any) -> Any:
		query = frappe.qb.from_(document)
		route = frappe.qb.DocType("Approval Route")
		query = query.left_join(route).on(
			(route.reference_doctype == self.doctype) & (route.reference_name == document.name)
		)
		if self.since:
			query = query.where(Coalesce(route.started_on, document.creation) >= self.since)
		return query

	def _rows(self, after: str, limit: int) -> list[Any]:
		document, route = frappe.qb.DocType(self.doctype), frappe.qb.DocType("Approval Route")
		columns = {"name", "owner", self.routing.state_field, *self._reads} & set(
			self.meta.get_valid_columns()
		)
		if self.routing.sponsor_field:
			columns.add(self.routing.sponsor_field)
		return (
			self._documents(document)
			.select(
				*(document[column] for column in sorted(columns)),
				*(
					route[column].as_(f"_{'route' if column == 'name' else column}")
					for column in ROUTE_COLUMNS
				),
			)
			.where(document.name > after)
			.orderby(document.name)
			.limit(limit)
			.run(as_dict=True)
		)

	def _add_tables(self, rows: list[Any]) -> None:
		"""Give each row the rows of the child tables the rules look at, with the columns they look at."""
		by_name = {row["name"]: row for row in rows}
		for df in self.meta.get_table_fields():
			if df.fieldname not in self._reads:
				continue
			for row in rows:
				row[df.fieldname] = []
			wanted = {"parent", *self._reads[df.fieldname]}
			columns = sorted(wanted & {"parent", *frappe.get_meta(df.options).get_valid_columns()})
			child = frappe.qb.DocType(df.options)
			found = (
				frappe.qb.from_(child)
				.select(*(child[column] for column in columns))
				.where(
					(child.parenttype == self.doctype)
					& (child.parentfield == df.fieldname)
					& child.parent.isin(list(by_name))
				)
				.orderby(child.parent)
				.orderby(child.idx)
				.run(as_dict=True)
			)
			for child_row in found:
				by_name[child_row["parent"]][df.fieldname].append(child_row)

	def _name_departments(self, rows: list[Any], organisation: Organisation) -> None:
		for table, columns in self._reads.items():
			if routing.DEPARTMENT in columns:
				for row in rows:
					for child_row in row.get(table) or ():
						child_row["department_name"] = organisation.name_of(child_row["department"])

	def _asked(self, rows: list[Any]) -> dict[str, list[Any]]:
		"""By route: the clearances of the last round in which anybody was asked, in the order they were."""
		routes = [row["_route"] for row in rows if row["_route"]]
		if not routes:
			return {}
		table = frappe.qb.DocType("Approval Clearance")
		columns = ("route", "round", "stage", "workflow_state", "seat", "rule_key", "department")
		found = (
			frappe.qb.from_(table)
			.select(*(table[column] for column in (*columns, "put_to", "role", "forwarded_from")))
			.where(table.route.isin(routes))
			.orderby(table.route)
			.orderby(table.stage)
			.orderby(table.asked_on)
			.run(as_dict=True)
		)
		last: dict[str, int] = {}
		for row in found:
			last[row.route] = max(row.round or 0, last.get(row.route, 0))
		asked: dict[str, list[Any]] = {}
		for row in found:
			if (row.round or 0) == last[row.route]:
				asked.setdefault(row.route, []).append(row)
		return asked

	def _prepared(self, rows: list[Any]) -> dict[str, set[str]]:
		"""By document: who prepared it, as `planning.who_prepared` says of one."""
		drafts = [row for row in rows if not row["_route"]]
		return preparers.preparers_of_drafts(self.doctype, drafts) | {
			row["name"]: preparers.prepared_by(frappe._dict(prepared_by=row["_prepared_by"]))
			for row in rows
			if row["_route"]
		}

	@cached_property
	def _reads(self) -> dict[str, set[str]]:
		return routing.read_by(self._all_rules())

	@cached_property
	def _user_fields(self) -> set[str]:
		return {rule.user_field for rule in self._all_rules() if rule.user_field}

	def _all_rules(self) -> list[routing.Rule]:
		return [rule for rules in (self.rules, *self.rules_by.values()) for rule in rules]

	def _policies_used(self) -> set[str]:
		table = frappe.qb.DocType("Approval Route")
		used = (
			frappe.qb.from_(table)
			.select(table.policy)
			.distinct()
			.where(table.reference_doctype == self.doctype)
			.run(pluck=True)
		)
		return {*used, self.active} - {None, ""}


def _rules_or_none(policy: str) -> list[routing.Rule] | None:
	"""The rules of a policy documents went by; None when today they make no sense any more."""
	try:
		return planning.rules_of(policy)
	except ApprovalError:
		frappe.clear_messages()
		return None


def _as_asked(
	asked: Iterable[Any], planned: tuple[rehearsal.Seat, ...], rules: list[routing.Rule], outcome: str
) -> list[rehearsal.Seat]:
	"""The seats that were asked, and those the document's own policy has ahead of it if it is not through.

	Whoever a seat was handed on to, and whom its policy would ask today, are no difference the new policy makes.
	"""
	rule_by_key = {rule.key: rule for rule in rules}
	today = {(seat.rule_key, seat.seat): seat for seat in planned}
	seats: dict[tuple[int, str], rehearsal.Seat] = {}
	for row in asked:
		key = (row.stage, row.seat)
		person = row.forwarded_from or row.put_to
		also = {row.put_to, person} - {None, ""}
		if key in seats:
			seats[key] = replace(seats[key], alternates=seats[key].alternates | also)
			continue
		rule, now = rule_by_key.get(row.rule_key), today.get((row.rule_key, row.seat))
		seats[key] = rehearsal.Seat(
			seat=row.seat,
			stage=row.stage,
			state=row.workflow_state,
			who=person or row.role,
			is_role=not person and bool(row.role),
			department=row.department,
			rule_key=row.rule_key,
			working_days=rule.working_days if rule else None,
			alternates=frozenset(also | ({now.who} if now else set())),
		)
	reached = max(row.stage for row in asked)
	ahead = [] if outcome in CLEARED else [seat for seat in planned if seat.stage > reached]
	return [*seats.values(), *ahead]
