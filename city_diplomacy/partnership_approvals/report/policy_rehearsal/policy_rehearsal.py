from collections import Counter
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, format_datetime, formatdate

from city_diplomacy.domain.cells import guarded
from city_diplomacy.domain.rehearsal.comparison import Kind, sentence
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.policies import shadow
from city_diplomacy.registers.languages import in_language, language_of
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.report_columns import column

PROBLEM = "problem"


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
	"""A policy held against every document the person may read, open and past; see `Shadow`.

	Columns, rows, no sentence (Desk shows none of a prepared report), no chart, and the counts. A worker prepares
	it, so words and dates are put into the language of whoever asked for it.
	"""
	filters = frappe._dict(filters or {})
	if not filters.policy:
		frappe.throw(_("Choose the policy to rehearse."), RehearsalError)
	with in_language(language_of(frappe.session.user)):
		policy = readable("Routing Policy", filters.policy)
		run = shadow.Shadow(policy, shadow.since_of(filters.since))
		rows: list[dict[str, Any]] = []
		counted: Counter = Counter()
		for batch in run.batches():
			counted.update(examined=len(batch), differing=sum(found.differs for found in batch))
			counted.update(kind for found in batch for kind in _kinds_of(found))
			shown = [found for found in batch if found.differs or not cint(filters.only_differing)]
			rows += neutral_rows(_rows(shown, {rule.key: rule.why for rule in run.rules}))
		return columns(policy.document_type, counted), rows, None, None, _summary(policy, counted)


def columns(document_type: str, counted: Counter) -> list[dict[str, Any]]:
	"""What every row says, and a column for each kind of difference there is."""
	labels = {
		PROBLEM: _("Cannot be routed"),
		Kind.ADDED: _("Asked as well"),
		Kind.DROPPED: _("No longer asked"),
		Kind.MOVED: _("In another order"),
		Kind.ASKED_OF_ANOTHER: _("Asked of somebody else"),
		Kind.SOONER: _("Less time"),
		Kind.LATER: _("More time"),
		Kind.RENAMED: _("Called otherwise"),
	}
	return [
		column("document", _(document_type), "Link", 160, options=document_type),
		column("title", _("Title"), "Data", 200),
		column("state", _("State"), "Data", 120),
		*(column(str(kind), label, "Data", 480) for kind, label in labels.items() if counted[kind]),
		column("kept", _("Asked as before"), "Data", 220),
		column("compared_with", _("Compared with"), "Data", 170),
	]


def _rows(batch: list[shadow.Found], why: dict[str, str]) -> Iterator[dict[str, Any]]:
	names = full_names(
		seat.who
		for found in batch
		for difference in _differences_of(found)
		for seat in (difference.before, difference.after)
		if seat and not seat.is_role
	)
	for found in batch:
		row: dict[str, Any] = {
			"document": found.name,
			"title": found.title,
			"state": _(found.state),
			"compared_with": _("What was asked")
			if found.compared_with == shadow.ASKED
			else found.compared_with,
			PROBLEM: found.problem,
			"kept": ", ".join(seat.seat for seat in found.comparison.kept) if found.comparison else "",
		}
		for difference in _differences_of(found):
			words = sentence(difference, names, _, formatdate)
			if difference.kind is Kind.ADDED:
				words = f"{words} {why.get(difference.after.rule_key, '')}"
			kind = str(difference.kind)
			row[kind] = f"{row.get(kind, '')} {words}".strip()
		yield {key: guarded(value) for key, value in row.items()}


def _differences_of(found: shadow.Found) -> tuple[Any, ...]:
	return found.comparison.differences if found.comparison else ()


def _kinds_of(found: shadow.Found) -> set[str]:
	return {PROBLEM} if found.problem else {difference.kind for difference in _differences_of(found)}


def _summary(policy: Any, counted: Counter) -> list[dict[str, Any]]:
	counts = (
		(_("Agreements you may read"), counted["examined"], "Blue"),
		(_("Would go another way"), counted["differing"], "Orange" if counted["differing"] else "Green"),
		(_("Cannot be routed"), counted[PROBLEM], "Red" if counted[PROBLEM] else "Green"),
	)
	return [
		*(
			{"label": label, "value": count, "datatype": "Int", "indicator": colour}
			for label, count, colour in counts
		),
		{"label": _("The policy as of"), "value": format_datetime(policy.modified), "datatype": "Data"},
	]
