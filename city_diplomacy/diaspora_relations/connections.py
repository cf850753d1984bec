"""What is counted of each country for the connections view, and the records behind each number, as one may know them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.community.connections import Group
from city_diplomacy.domain.trade.leads import OPEN, is_confidential
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE
from city_diplomacy.registers.record_dates import today

ORGANISATION, AGREEMENT, LEAD = "Diaspora Organisation", "MOU", "Trade Lead"
PARTNERS = ("Partner City", "Partner Organisation")


def counts_by_country(filters: Any) -> dict[Group, dict[str, int] | None]:
	"""How many of each group every country has; None for a group of which the person may know nothing.

	A fixed number of statements, however many records there are.
	"""
	return {
		Group.ORGANISATIONS: _counted(ORGANISATION, filters),
		Group.PARTNERS: _partners(filters),
		Group.AGREEMENTS: _counted(AGREEMENT, filters),
		Group.LEADS: _counted(LEAD, filters),
	}


def _partners(filters: Any) -> dict[str, int] | None:
	found = [_counted(doctype, filters) for doctype in PARTNERS]
	known = [numbers for numbers in found if numbers is not None]
	return dict(sum((Counter(numbers) for numbers in known), Counter())) if known else None


def _counted(doctype: str, filters: Any) -> dict[str, int] | None:
	asked = _of_country(doctype, filters)
	if asked is None:
		return None
	query, country, record = asked
	rows = query.select(country, Count(record.name).distinct()).groupby(country).run()
	return {name: number for name, number in rows if name}


def members(group: Group, country: str, filters: Any) -> Iterator[dict[str, Any]]:
	"""The records behind a number, as rows of DocType, name, what it is called and what it is."""
	doctypes = {Group.ORGANISATIONS: (ORGANISATION,), Group.PARTNERS: PARTNERS}
	for doctype in doctypes.get(group, (AGREEMENT if group == Group.AGREEMENTS else LEAD,)):
		asked = _of_country(doctype, filters)
		if asked is None:
			continue
		query, of_country, record = asked
		own = [record[field] for field in SHOWN[doctype]]
		rows = query.select(record.name, *own).distinct().where(of_country == country)
		for row in rows.orderby(record.name).run(as_dict=True):
			called, what = _said(doctype, row)
			yield {
				"group": str(group),
				"record_type": doctype,
				"record": row.name,
				"called": called,
				"what": what,
			}


# What is read of a member to say what it is.
SHOWN = {
	ORGANISATION: ("organisation_name", "kind"),
	"Partner City": ("city_name", "relationship_stage"),
	"Partner Organisation": ("organisation_name", "kind"),
	AGREEMENT: ("title", "agreement_type"),
	LEAD: ("company_name", "direction", "confidential_until", "anonymous_description"),
}


def _said(doctype: str, row: Any) -> tuple[str, str]:
	if doctype == LEAD:
		few_know = is_confidential(row.confidential_until, today())
		return (row.anonymous_description if few_know else row.company_name), _(row.direction)
	called, what = SHOWN[doctype]
	return row[called], _(row[what]) if row[what] else ""


def _of_country(doctype: str, filters: Any) -> tuple[Any, Any, Any] | None:
	"""A query over records one may know of joined with their countries, the column of the country, and the table.

	None where the person may know of none.
	"""
	known = known_records(doctype, frappe.session.user)
	if known is None:
		return None
	record = frappe.qb.DocType(doctype)
	if doctype in PARTNERS:
		return frappe.qb.from_(record).where(known & record.country.isnotnull()), record.country, record
	if doctype == LEAD:
		return frappe.qb.from_(record).where(known & record.status.isin(OPEN)), record.market, record
	table = frappe.qb.DocType("Heritage Country" if doctype == ORGANISATION else "MOU Party")
	query = frappe.qb.from_(record).join(table)
	query = query.on((table.parent == record.name) & (table.parenttype == doctype))
	if doctype == ORGANISATION:
		return query.where(known & _wanted_organisations(record, filters)), table.country, record
	in_force = record.workflow_state.isin(IN_FORCE) & (table.side == "Counterpart")
	return query.where(known & in_force & table.country.isnotnull()), table.country, record


def _wanted_organisations(organisation: Any, filters: Any) -> Criterion:
	wanted = organisation.name.isnotnull()
	if filters.kind:
		wanted &= organisation.kind == filters.kind
	if filters.topic:
		topic = frappe.qb.DocType("Topic Link")
		about = frappe.qb.from_(topic).select(topic.parent)
		about = about.where((topic.parenttype == ORGANISATION) & (topic.topic == filters.topic))
		wanted &= organisation.name.isin(about)
	return wanted
