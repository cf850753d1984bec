"""The public directory of community organisations: those that consent to something, and of each only that.

Nothing here asks Frappe for permissions: what passes `consented_fields` is public for anybody. It is read anew for
every request, so that a consent that is withdrawn is gone with the next one.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import cint

from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.partnerships.public_pages.public_register import PAGE_LENGTH, pages_of
from city_diplomacy.registers.record_dates import date_of

DOCTYPE = "Diaspora Organisation"
# What a consent is about: the field it lets the city show
CONSENT_FIELDS = {
	"Contact person": "contact_person",
	"E-mail": "email",
	"Phone": "phone",
	"Website": "website",
	"Neighbourhoods": "neighbourhoods",
	"Size": "size_range",
}
# Tables of what the organisation is: the table, the column that is shown
SHOWN_TABLES = {"heritage_countries": "country", "languages": "language", "sectors": "topic"}


def directory_is_open() -> bool:
	"""Whether the city publishes the directory."""
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	return bool(cint(settings.use_diaspora_relations) and cint(settings.use_public_directory))


def consented_fields(consents: Iterable[Any]) -> list[str]:
	"""The fields that may be shown: for each, the consent given last decides, and is not withdrawn."""
	latest: dict[str, Any] = {}
	for row in sorted(consents, key=lambda row: (date_of(row, "given_on"), row.idx)):
		latest[row.shown_field] = row
	return [
		fieldname
		for shown, fieldname in CONSENT_FIELDS.items()
		if shown in latest and not latest[shown].withdrawn_on
	]


def list_organisations(kind: str = "", country: str = "", words: str = "", page: int = 1) -> dict[str, Any]:
	"""Organisations in the directory by name: {"count", "page", "pages", "rows"}; each row has what may be shown of it."""
	shown = _shown_fields()
	wanted: list[list[Any]] = [["search_names", "like", f"%{word}%"] for word in search_form(words).split()]
	if kind:
		wanted.append(["kind", "=", kind])
	if country:
		wanted.append(["name", "in", _with_heritage(country) or [""]])
	rows = frappe.get_all(
		DOCTYPE,
		filters=wanted,
		fields=["name", "organisation_name", "kind", *CONSENT_FIELDS.values()],
		order_by="organisation_name asc, name asc",
		limit_page_length=0,
	)
	rows = [row for row in rows if row.name in shown]
	pages, page = pages_of(len(rows), page)
	on_page = rows[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]
	tables = _tables_of([row.name for row in on_page])
	return {
		"count": len(rows),
		"page": page,
		"pages": pages,
		"rows": [_public(row, shown[row.name], tables[row.name]) for row in on_page],
	}


def directory_choices() -> dict[str, list[str]]:
	"""Kinds and heritage countries that occur in the directory, sorted."""
	names = list(_shown_fields()) or [""]
	kinds = frappe.get_all(DOCTYPE, {"name": ["in", names]}, pluck="kind", limit_page_length=0)
	tables = _tables_of(names)
	countries = {country for table in tables.values() for country in table["heritage_countries"]}
	return {"kinds": sorted(set(kinds)), "countries": sorted(countries)}


def _public(row: Any, fields: list[str], tables: dict[str, list[str]]) -> dict[str, Any]:
	return {
		"organisation_name": row.organisation_name,
		"kind": row.kind,
		**{table: tables[table] for table in SHOWN_TABLES},
		**{field: row[field] for field in fields if row[field]},
	}


def _shown_fields() -> dict[str, list[str]]:
	"""By organisation, the fields it consents to; without one in force, it is not in the directory."""
	consents: dict[str, list[Any]] = defaultdict(list)
	for row in frappe.get_all(
		"Publication Consent",
		{"parenttype": DOCTYPE},
		["parent", "idx", "shown_field", "given_on", "withdrawn_on"],
		limit_page_length=0,
	):
		consents[row.parent].append(row)
	return {name: fields for name, rows in consents.items() if (fields := consented_fields(rows))}


def _with_heritage(country: str) -> list[str]:
	return frappe.get_all(
		"Heritage Country", {"parenttype": DOCTYPE, "country": country}, pluck="parent", limit_page_length=0
	)


def _tables_of(names: list[str]) -> dict[str, dict[str, list[str]]]:
	tables: dict[str, dict[str, list[str]]] = {name: {table: [] for table in SHOWN_TABLES} for name in names}
	meta = frappe.get_meta(DOCTYPE)
	for table, column in SHOWN_TABLES.items():
		for row in frappe.get_all(
			meta.get_field(table).options,
			{"parenttype": DOCTYPE, "parentfield": table, "parent": ["in", names or [""]]},
			["parent", column],
			order_by="parent asc, idx asc",
			limit_page_length=0,
		):
			tables[row.parent][table].append(row[column])
	return tables
