"""A screening's candidates in the reader's language: the score part by part, and what was decided."""

import json
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from city_diplomacy.access.rights import MANAGER
from city_diplomacy.domain.trade.screening.states import BINDING
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.registers.sentences import in_words

SHOWN = (
	"programme",
	"countries",
	"births",
	"identifiers",
	"details",
	"source",
	"source_address",
	"removed_on",
)


def candidates(doc: Any) -> list[dict[str, Any]]:
	"""Each candidate as its form shows it: what the list says, the parts of the score, decisions with their words."""
	entries = {
		row.name: row
		for row in frappe.get_all(
			"Restricted Party",
			filters={"name": ["in", [row.restricted_party for row in doc.candidates] or [""]]},
			fields=["name", *SHOWN],
			limit_page_length=0,
		)
	}
	names = full_names(list({row.decided_by for row in doc.decisions if row.decided_by}))
	return [
		{
			"row": row.name,
			"entry": row.restricted_party,
			"listed_name": row.listed_name,
			"list": row.restricted_party_list,
			"entry_id": row.entry_id,
			"score": points(row.score),
			"verdict": row.verdict or "",
			"verdict_shown": _(row.verdict) if row.verdict else "",
			"carried_over": row.carried_over,
			"parts": parts_of(row),
			"says": _says(entries.get(row.restricted_party)),
			"decisions": [_decided(one, names) for one in doc.decisions if _is_about(one, row)],
		}
		for row in doc.candidates
	]


def parts_of(row: Any) -> list[dict[str, str]]:
	"""The parts of a candidate's score, {points, sentence}; points are empty for a part that only explains."""
	return [
		{
			"points": points(part["points"], signed=True) if part["points"] else "",
			"sentence": in_words(part["sentence"]),
		}
		for part in json.loads(row.parts or "[]")
	]


def points(number: float, signed: bool = False) -> str:
	"""A score to one place, with a sign where it is a part of one."""
	text = f"{abs(number):.1f}".removesuffix(".0")
	return f"{'−' if number < 0 else '+'}{text}" if signed else text


def _is_about(decision: Any, row: Any) -> bool:
	return decision.restricted_party == row.restricted_party


def _decided(row: Any, names: dict[str, str]) -> str:
	said = _("{0}: {1} on {2}, by version {3}: “{4}”").format(
		names.get(row.decided_by, row.decided_by),
		_(row.verdict),
		formatdate(row.decided_on),
		row.list_version or "",
		row.words,
	)
	if not row.carried_from:
		return said
	if row.verdict in BINDING:
		taken_over = _("Taken over from {0}: it holds until a {1} decides otherwise.")
		return f"{said} {taken_over.format(row.carried_from, _(MANAGER))}"
	taken_over = _("Taken over from {0}: the entry and the party are unchanged.")
	return f"{said} {taken_over.format(row.carried_from)}"


def _says(entry: Any) -> list[dict[str, str]]:
	if not entry:
		return []
	meta = frappe.get_meta("Restricted Party")
	values = {
		field: formatdate(entry[field]) if field == "removed_on" else entry[field]
		for field in SHOWN
		if entry[field]
	}
	return [{"label": _(meta.get_label(field)), "text": text} for field, text in values.items()]
