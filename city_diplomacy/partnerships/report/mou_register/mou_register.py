from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from city_diplomacy.domain.partial_dates import PartialDate
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.people import department_name, full_names
from city_diplomacy.partnerships.agreement_lists import counterparts_of, values_of_agreements
from city_diplomacy.partnerships.charts import by_standing

FIELDS = [
	"name",
	"title",
	"agreement_type",
	"workflow_state",
	"signed_on",
	"signed_precision",
	"effective_date",
	"expiry_date",
	"next_review_date",
	"sponsor",
	"sponsor_department",
	"confidential",
	"existing_agreement",
]


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Every agreement the signed-in person may see: columns, rows, message, chart by state.

	Runs a fixed number of statements, however many agreements there are.
	"""
	filters = frappe._dict(filters or {})
	agreements = frappe.get_list(
		"MOU",
		filters=conditions(filters),
		fields=FIELDS,
		order_by="name asc",
		distinct=True,
		limit_page_length=0,
	)
	rows = with_rows(agreements)
	# The latest signature first; what is still on its way before all of them.
	rows.sort(key=lambda row: (not row.signed, row.signed, row.name), reverse=True)
	if filters.department:
		rows = [row for row in rows if filters.department in (row.sponsor_department, *row.affected)]
	return columns(), neutral_rows(rows), None, chart(rows)


def conditions(filters: Any) -> list[list[Any]]:
	"""The report's filters as Frappe's; those on a party ask for one counterpart that meets them all."""
	found: list[list[Any]] = []
	if states := frappe.parse_json(filters.state):
		found.append(["MOU", "workflow_state", "in", states if isinstance(states, list) else [states]])
	if filters.agreement_type:
		found.append(["MOU", "agreement_type", "=", filters.agreement_type])
	if filters.signed_from:
		found.append(["MOU", "signed_on", ">=", getdate(filters.signed_from)])
	if filters.signed_to:
		found.append(["MOU", "signed_on", "between", [getdate("1000-01-01"), getdate(filters.signed_to)]])
	if filters.without_confidential:
		found.append(["MOU", "confidential", "=", 0])
	party = {"country": filters.country, "party_type": filters.party_type, "party": filters.party}
	if any(party.values()):
		found.append(["MOU Party", "side", "=", "Counterpart"])
		found += [["MOU Party", field, "=", value] for field, value in party.items() if value]
	return found


def with_rows(agreements: list[Any]) -> list[Any]:
	"""The agreements with what stands in their tables, as text."""
	names = [row.name for row in agreements]
	parties = counterparts_of(names)
	affected = values_of_agreements("MOU Department", names, "department")
	topics = values_of_agreements("Topic Link", names, "topic")
	people = full_names(row.sponsor for row in agreements)
	for row in agreements:
		others = parties.get(row.name, [])
		row.counterparts = ", ".join(party.party_name or party.party for party in others)
		row.countries = ", ".join(dict.fromkeys(party.country for party in others if party.country))
		row.signed = (
			str(PartialDate(getdate(row.signed_on), row.signed_precision or "Day")) if row.signed_on else ""
		)
		row.sponsor_name = people.get(row.sponsor, "")
		row.affected = affected.get(row.name, [])
		named = dict.fromkeys(filter(None, [row.sponsor_department, *row.affected]))
		row.departments = ", ".join(map(department_name, named))
		row.topics = ", ".join(topics.get(row.name, []))
	return agreements


def columns() -> list[dict[str, Any]]:
	return [
		_column("name", _("Agreement"), "Link", 140, options="MOU"),
		_column("title", _("Title"), "Data", 260),
		_column("counterparts", _("With"), "Data", 200),
		_column("countries", _("Country"), "Data", 120),
		_column("agreement_type", _("Type"), "Link", 190, options="Agreement Type"),
		_column("workflow_state", _("Standing"), "Data", 130),
		# Text, because of an old agreement often only the year is known.
		_column("signed", _("Signed"), "Data", 100),
		_column("effective_date", _("In Force From"), "Date", 110),
		_column("expiry_date", _("Ends"), "Date", 110),
		_column("next_review_date", _("Next Review"), "Date", 110),
		_column("sponsor_name", _("Sponsor"), "Data", 140),
		_column("departments", _("Departments"), "Data", 180),
		_column("topics", _("Topics"), "Data", 200),
		_column("confidential", _("Confidential"), "Check", 100),
		_column("existing_agreement", _("Not Routed Here"), "Check", 120),
	]


def chart(rows: list[Any]) -> dict[str, Any] | None:
	"""How many stand where, in the order of the route."""
	if not rows:
		return None
	counts: dict[str, int] = {}
	for row in rows:
		counts[row.workflow_state] = counts.get(row.workflow_state, 0) + 1
	return {
		"data": by_standing(counts),
		"type": "bar",
		"colors": ["blue"],
		"fieldtype": "Int",
	}


def _column(fieldname: str, label: str, fieldtype: str, width: int, **more: Any) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
