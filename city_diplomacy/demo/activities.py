"""What happens around agreements: meetings and events, promises, trade leads."""

from typing import Any

import frappe
from frappe.utils import add_days, escape_html

from city_diplomacy.demo.loader import OFFICER, Loader, acting_as, key
from city_diplomacy.demo.rows import Row, RowError

IN_NETWORKS = "Network Membership"


def load_engagements(load: Loader) -> None:
	"""The past events with partners; a meeting has a day, so one known to the month only is reported instead."""
	known = load.known("Partner Engagement", "subject")
	agreements = load.known("MOU", "title")
	with acting_as(OFFICER):
		for row in load.rows("events.csv", "name"):
			if not row["engagement_type"]:
				continue
			if key(row["name"]) in known:
				load.report.there_already["Partner Engagement"] += 1
				continue
			load.add(row, row["name"], lambda row=row: _engagement(load, row, agreements))


def _engagement(load: Loader, row: Row, agreements: dict[tuple, str]) -> dict[str, Any]:
	if not row["start_date"]:
		raise RowError(f"Only {row['date_text']} is known, and an engagement needs a day.")
	partners = [load.partner(called) for called in row.list_of("counterparts")]
	return {
		"doctype": "Partner Engagement",
		"subject": row["name"],
		"engagement_type": row["engagement_type"],
		"starts_on": f"{row['start_date']} 00:00:00",
		"ends_on": f"{row['end_date']} 00:00:00" if row["end_date"] else None,
		"location": row["venue_or_city"],
		"partners": [{"partner_type": kind, "partner": name} for kind, name in partners],
		"discussed": f"<p>{escape_html(row.source_with_note())}</p>",
		"agreement": agreements.get(key(row["agreement"])) if row["agreement"] else None,
	}


def load_commitments(load: Loader) -> None:
	"""Promises of each kind and state, some overdue; invented, as their source says."""
	known = load.known("Partnership Commitment", "commitment")
	sources = {
		"MOU": load.known("MOU", "title"),
		"Partner Engagement": load.known("Partner Engagement", "subject"),
		IN_NETWORKS: _own_memberships(),
	}
	with acting_as(OFFICER):
		for row in load.rows("commitments.csv", "commitment"):
			if key(row["commitment"]) in known:
				load.report.there_already["Partnership Commitment"] += 1
				continue
			load.add(row, row["commitment"], lambda row=row: _commitment(load, row, sources))


def _commitment(load: Loader, row: Row, sources: dict[str, dict[tuple, str]]) -> dict[str, Any]:
	return {
		"doctype": "Partnership Commitment",
		"commitment": row["commitment"],
		"status": row["status"],
		"due_date": add_days(load.today, int(row["due_in_days"])),
		"result": row["result"],
		"source_doctype": row["source_doctype"],
		"source_name": _source(load, row, sources),
		"owed_by": row["owed_by"],
		**_who_owes(load, row),
	}


def _source(load: Loader, row: Row, sources: dict[str, dict[tuple, str]]) -> str:
	kind, named = row["source_doctype"], row["source_name"]
	if kind == "Partner City":
		return load.partner(named)[1]
	wanted = key(load.networks.get(named, named)) if kind == IN_NETWORKS else key(named)
	if wanted not in sources[kind]:
		raise RowError(f"The {kind} it was made in, {named}, was not loaded.")
	return sources[kind][wanted]


def _who_owes(load: Loader, row: Row) -> dict[str, str]:
	if row["owed_by"] == "Department":
		return {"department": load.department(row["who"])}
	if row["owed_by"] == "Person":
		return {"user": row["who"]}
	kind, name = load.partner(row["who"])
	return {"counterpart_type": kind, "counterpart": name}


def _own_memberships() -> dict[tuple, str]:
	rows = frappe.get_all(
		IN_NETWORKS, filters={"member_type": "Our City"}, fields=["name", "network"], limit_page_length=0
	)
	return {key(row.network): row.name for row in rows}


def load_tariff_numbers(load: Loader) -> None:
	"""The HS codes the sample leads need, where ERPNext's list of them has none."""
	known = set(frappe.get_all("Customs Tariff Number", pluck="name", limit_page_length=0))
	for row in load.rows("trade_leads.csv"):
		code = row["hs_code"]
		if code and code not in known:
			known.add(code)
			load.add(
				row,
				code,
				lambda row=row: {
					"doctype": "Customs Tariff Number",
					"tariff_number": row["hs_code"],
					# ERPNext keeps 140 characters of the text.
					"description": row["hs_description"][:140],
				},
			)
