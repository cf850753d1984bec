"""One policy in the shadow of what was asked: many documents at a time, nothing written, nobody told.

A batch of documents is read in a fixed number of statements, however many documents, seats and rules there are,
and only the columns the rules look at. What is planned of a document is what `planning.plan` plans of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Coalesce
from frappe.utils import getdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.rehearsal import comparison as rehearsal
from city_diplomacy.domain.route import routing
from city_diplomacy.domain.route.states import RouteOutcome
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RehearsalError
from city_diplomacy.partnership_approvals.routing import planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of

BATCH = 1000
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
	title: str
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


class Shadow:
	"""A policy held against every document of its DocType the signed-in person may read, or those since a day.

	Raises ApprovalError when a rule of the policy cannot be read.
	"""

	def __init__(self, policy: Any, since: date | None = None):
		self.doctype, self.since = policy.document_type, since
		self.routing, self.meta = routing_of(policy.document_type), frappe.get_meta(policy.document_type)
		self.directory = planning.SiteDirectory()
		self.rules = planning.rules_of(policy)
		self.active = planning.find_active_policy(self.doctype)
		self.rules_by = {name: rules for name in self._policies_used() if (rules := _rules_or_none(name))}
		self.reads = routing.read_by(
			rule for rules in (self.rules, *self.rules_by.values()) for rule in rules
		)
		self.known = known_records(self.doctype, frappe.session.user)

	def batches(self) -> Iterator[list[Found]]:
		"""What there is to say of every document, in the order of their names."""
		after = ""
		while documents := self.read(after, BATCH):
			yield [self._found(document) for document in documents]
			after = documents[-1].values["name"]

	def read(self, after: str, limit: int) -> list[Facts]:
		"""What is known of the next `limit` documents in the order of their names, behind the one called `after`."""
		rows = self._rows(after, limit) if self.known else []
		if not rows:
			return []
		self._add_tables(rows)
		asked, barred = self._asked(rows), self._prepared(rows)
		return [Facts(row, barred[row["name"]], tuple(asked.get(row["_route"], ()))) for row in rows]

	def route(
		self, document: Facts, rules: Iterable[routing.Rule] | None = None
	) -> tuple[rehearsal.Seat, ...]:
		"""The seats of a document's route by this policy, or by other rules. Raises as `routing.plan_route`."""
		rules = self.rules if rules is None else rules
		return rehearsal.seats_of(
			routing.plan_route(rules, document.values, self.directory, barred=document.barred)
		)

	def _found(self, document: Facts) -> Found:
		values, asked = document.values, document.asked
		compared_with = ASKED if asked else (self.active or "")
		about = (
			values["name"],
			values.get(self.routing.title_field) or values["name"],
			values[self.routing.state_field] or self.routing.draft,
			compared_with,
		)
		try:
			after = self.route(document)
		except planning.RULE_ERRORS as error:
			return Found(*about, problem=str(error))
		old_rules = self.rules_by.get((values["_policy"] if asked else self.active) or "", [])
		try:
			planned = self.route(document, old_rules)
		except planning.RULE_ERRORS:
			# What was asked is on record even where the policy of that day no longer fits the document.
			planned = ()
		before = _as_asked(asked, planned, old_rules, values["_outcome"]) if asked else planned
		return Found(*about, rehearsal.compare(before, after))

	# reading

	def _rows(self, after: str, limit: int) -> list[Any]:
		document, route = frappe.qb.DocType(self.doctype), frappe.qb.DocType("Approval Route")
		declared = self.routing
		named = {"name", "owner", declared.state_field, declared.title_field, declared.sponsor_field}
		wanted = named | set(self.reads)
		columns = [column for column in sorted(self.meta.get_valid_columns()) if column in wanted]
		query = (
			frappe.qb.from_(document)
			.left_join(route)
			.on((route.reference_doctype == self.doctype) & (route.reference_name == document.name))
			.select(
				*(document[column] for column in columns),
				*(
					route[column].as_(f"_{'route' if column == 'name' else column}")
					for column in ROUTE_COLUMNS
				),
			)
			.where((document.name > after) & self.known)
			.orderby(document.name)
			.limit(limit)
		)
		if self.since:
			query = query.where(Coalesce(route.started_on, document.creation) >= self.since)
		return query.run(as_dict=True)

	def _add_tables(self, rows: list[Any]) -> None:
		"""Give each row the rows of the child tables the rules look at, with the columns they look at."""
		by_name = {row["name"]: row for row in rows}
		for df in self.meta.get_table_fields():
			if df.fieldname not in self.reads:
				continue
			for row in rows:
				row[df.fieldname] = []
			wanted = {"parent", *self.reads[df.fieldname]}
			columns = wanted & {"parent", *frappe.get_meta(df.options).get_valid_columns()}
			child = frappe.qb.DocType(df.options)
			found = (
				frappe.qb.from_(child)
				.select(*(child[column] for column in sorted(columns)))
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
				planning.name_department(child_row)
				by_name[child_row["parent"]][df.fieldname].append(child_row)

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


def since_of(since: str | None) -> date | None:
	"""A day as a client writes it; None for nothing. Raises RehearsalError for what is no day, or lies ahead."""
	if not since:
		return None
	try:
		day = getdate(since)
	except (ValueError, TypeError, frappe.ValidationError):
		frappe.throw(_("{0} is not a date.").format(since), RehearsalError)
	if day > getdate():
		frappe.throw(_("Replay from a day that has passed."), RehearsalError)
	return day


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
