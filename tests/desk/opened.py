"""What Desk counts on a card, a shortcut or a chart, and what it opens when that is clicked, as one account.

Each function asks over HTTP what the widget of Frappe's Desk asks, and reads the answer as the widget does.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

APP = Path(__file__).parents[2] / "city_diplomacy"
COUNT_CARD = "frappe.desk.doctype.number_card.number_card.get_result"
NO_END = 100_000


@dataclass
class Opened:
	"""What an account sees on a widget (None where it is refused), and the rows of what it opens."""

	counted: int | None
	rows: list[str] = field(default_factory=list)


def written(kind: str) -> list[dict[str, Any]]:
	"""The app's files of one kind, such as `number_card`."""
	return [json.loads(path.read_text()) for path in sorted(APP.glob(f"*/{kind}/*/*.json"))]


def open_card(client: Any, card: dict[str, Any]) -> Opened:
	"""A number card: Frappe 15 opens the list of a document type with the card's fixed filters alone."""
	if card["type"] == "Custom":
		answer = client.call(card["method"], filters=[])
		if answer.status_code != 200:
			return Opened(None)
		shown = answer.get_json()["message"]
		return Opened(shown["value"], _follow(client, shown["route"], shown.get("route_options") or {}))
	filters = json.loads(card["filters_json"] or "[]")
	answer = client.call(COUNT_CARD, doc=json.dumps(card), filters=json.dumps(filters))
	if answer.status_code != 200:
		return Opened(None)
	return Opened(int(answer.get_json()["message"]), listed(client, card["document_type"], filters))


def open_shortcut(client: Any, shortcut: dict[str, Any]) -> Opened:
	"""A shortcut to a list: one filter a field goes along."""
	filters = json.loads(shortcut["stats_filter"])
	answer = client.read("frappe.client.get_count", doctype=shortcut["link_to"], filters=json.dumps(filters))
	carried = {row[1]: row for row in filters}
	return Opened(answer.get_json()["message"], listed(client, shortcut["link_to"], list(carried.values())))


def _follow(client: Any, route: list[str], options: dict[str, Any]) -> list[str]:
	if route[0] == "query-report":
		answer = client.read(
			"frappe.desk.query_report.run", report_name=route[1], filters=json.dumps(options)
		)
		assert answer.status_code == 200, answer.text
		return [row["name"] for row in answer.get_json()["message"]["result"] if isinstance(row, dict)]
	return listed(client, route[1], list(_filters_of(options)))


def _filters_of(options: dict[str, Any]) -> Any:
	"""Route options as the list view reads them: each value one filter, or several written as JSON."""
	assert options, "without route options the list keeps the filters it was left with"
	for key, value in options.items():
		doctype, fieldname = key.split(".")
		for operator, operand in map(json.loads, value):
			assert operand not in ("", [], None), "the list view leaves out a filter without a value"
			yield [doctype, fieldname, operator, operand]


def listed(client: Any, doctype: str, filters: list) -> list[str]:
	"""The names the list view shows for these filters."""
	answer = client.read(
		"frappe.desk.reportview.get",
		doctype=doctype,
		fields=json.dumps([f"`tab{doctype}`.`name`"]),
		filters=json.dumps(filters),
		start=0,
		page_length=NO_END,
	)
	if answer.status_code != 200:
		return []
	found = answer.get_json()["message"]
	return [row[0] for row in found["values"]] if found else []
