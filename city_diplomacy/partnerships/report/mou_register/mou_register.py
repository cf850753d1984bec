from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.calendar.partial_dates import PartialDate, Precision
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.people.names import department_name, full_names
from city_diplomacy.partnerships.agreements.lists import counterparts_of, values_of_agreements
from city_diplomacy.partnerships.charts import by_standing
from city_diplomacy.registers.report_columns import column
from city_diplomacy.registers.report_pages import page_of, which_rows

ROWS = 1000
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
	"""The agreements the signed-in person may see, a page of them: columns, rows, message, chart by state.

	Runs a fixed number of statements for a page, however many agreements there are.
	"""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return columns(), [], None, None
	mou = frappe.qb.DocType("MOU")
	counts = dict(
		frappe.qb.from_(mou)
		.select(mou.workflow_state, Count("*"))
		.where(wanted)
		.groupby(mou.workflow_state)
		.run()
	)
	start, length = page_of(filters, sum(counts.values()), ROWS)
	# The latest signature first; what is still on its way before all of them.
	query = (
		frappe.qb.from_(mou)
		.select(*(mou[field] for field in FIELDS))
		.where(wanted)
		.orderby(mou.signed_on.isnull(), order=frappe.qb.desc)
		.orderby(mou.signed_on, order=frappe.qb.desc)
		.orderby(mou.name, order=frappe.qb.desc)
	)
	agreements = (query.limit(length).offset(start) if length else query).run(as_dict=True)
	rows = with_rows(agreements)
	return (
		columns(),
		neutral_rows(rows),
		which_rows(start, len(rows), sum(counts.values())),
		chart(counts),
	)


def conditions(filters: Any) -> Criterion | None:
	"""What the report's filters ask of an agreement the signed-in person may know of; None for who may know of none.

	Those on a party ask for one counterpart that meets them all.
	"""
	wanted = known_records("MOU", frappe.session.user)
	if wanted is None:
		return None
	mou = frappe.qb.DocType("MOU")
	if states := frappe.parse_json(filters.state):
		wanted &= mou.workflow_state.isin(states if isinstance(states, list) else [states])
	if filters.agreement_type:
		wanted &= mou.agreement_type == filters.agreement_type
	if filters.signed_from:
		wanted &= mou.signed_on >= getdate(filters.signed_from)
	if filters.signed_to:
		wanted &= mou.signed_on <= getdate(filters.signed_to)
	if filters.without_confidential:
		wanted &= mou.confidential == 0
	if filters.department:
		affected = frappe.qb.DocType("MOU Department")
		named = (
			frappe.qb.from_(affected)
			.select(affected.parent)
			.where((affected.parenttype == "MOU") & (affected.department == filters.department))
		)
		wanted &= (mou.sponsor_department == filters.department) | mou.name.isin(named)
	asked_of_party = {field: filters.get(field) for field in ("country", "party_type", "party")}
	if any(asked_of_party.values()):
		party = frappe.qb.DocType("MOU Party")
		parents = frappe.qb.from_(party).select(party.parent)
		parents = parents.where((party.parenttype == "MOU") & (party.side == "Counterpart"))
		for field, value in asked_of_party.items():
			parents = parents.where(party[field] == value) if value else parents
		wanted &= mou.name.isin(parents)
	return wanted


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
			str(PartialDate(getdate(row.signed_on), row.signed_precision or Precision.DAY))
			if row.signed_on
			else ""
		)
		row.sponsor_name = people.get(row.sponsor, "")
		row.affected = affected.get(row.name, [])
		named = dict.fromkeys(filter(None, [row.sponsor_department, *row.affected]))
		row.departments = ", ".join(map(department_name, named))
		row.topics = ", ".join(topics.get(row.name, []))
	return agreements


def columns() -> list[dict[str, Any]]:
	return [
		column("name", _("Agreement"), "Link", 140, options="MOU"),
		column("title", _("Title"), "Data", 260),
		column("counterparts", _("With"), "Data", 200),
		column("countries", _("Country"), "Data", 120),
		column("agreement_type", _("Type"), "Link", 190, options="Agreement Type"),
		column("workflow_state", _("Standing"), "Data", 130),
		# Text, because of an old agreement often only the year is known.
		column("signed", _("Signed"), "Data", 100),
		column("effective_date", _("In Force From"), "Date", 110),
		column("expiry_date", _("Ends"), "Date", 110),
		column("next_review_date", _("Next Review"), "Date", 110),
		column("sponsor_name", _("Sponsor"), "Data", 140),
		column("departments", _("Departments"), "Data", 180),
		column("topics", _("Topics"), "Data", 200),
		column("confidential", _("Confidential"), "Check", 100),
		column("existing_agreement", _("Not Routed Here"), "Check", 120),
	]


def chart(counts: dict[str, int]) -> dict[str, Any] | None:
	"""How many stand where, in the order of the route."""
	if not counts:
		return None
	return {
		"data": by_standing(counts),
		"type": "bar",
		"colors": ["blue"],
		"fieldtype": "Int",
	}
