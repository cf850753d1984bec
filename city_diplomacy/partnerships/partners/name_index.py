"""The index by which partners with a like name are found among all of them: the rows of Name Key.

Its rows follow each record's names when it is saved, renamed, merged or deleted. Nobody has a right to them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import cstr, now_datetime

from city_diplomacy.domain.names.keys import keys_to_ask, keys_to_store
from city_diplomacy.registers import many_rows

NAME_FIELDS = {
	"Partner City": "city_name",
	"Partner Organisation": "organisation_name",
	"City Network": "network_name",
	"Diaspora Organisation": "organisation_name",
}
# Those that share most keys with the name asked about are compared with it.
MOST_COMPARED = 25
# Nobody reads who wrote a row; each column counts, a partner has some ten rows for each of its names.
COLUMNS = ("name", "creation", "name_key", "record_type", "record")


def index_names(doctype: str, names: dict[str, list[str]]) -> None:
	"""Bring the keys of records up to date; `names` are all the names of each record."""
	stored: dict[str, set[str]] = {record: set() for record in names}
	for row in frappe.get_all(
		"Name Key",
		filters={"record_type": doctype, "record": ["in", list(names) or [""]]},
		fields=["record", "name_key"],
		limit_page_length=0,
	):
		stored[row.record].add(row.name_key)
	wanted = {record: keys_to_store(known_as) for record, known_as in names.items()}
	changed = [record for record in names if wanted[record] != stored[record]]
	forget_names(doctype, [record for record in changed if stored[record]])
	add_keys(doctype, {record: wanted[record] for record in changed})


def add_keys(doctype: str, keys: Mapping[str, Iterable[str]]) -> None:
	"""Write the keys of records that have none in the index."""
	now, pairs = str(now_datetime()), [(key, record) for record, own in keys.items() for key in sorted(own)]
	rows = [
		(name, now, key, doctype, record)
		for name, (key, record) in zip(many_rows.names(len(pairs)), pairs, strict=True)
	]
	many_rows.insert("Name Key", COLUMNS, rows)


def forget_names(doctype: str, records: Sequence[str]) -> None:
	"""Take records out of the index."""
	if records:
		frappe.db.delete("Name Key", {"record_type": doctype, "record": ["in", list(records)]})


def names_alike(doctype: str, name: str, but: str, country: str | None = None) -> dict[str, list[str]]:
	"""All names of the records that may stand for a name already, by record.

	With a `country`, records of another country are left out; those without one stay. Records are read past
	permissions so that nobody enters what is there already: whoever may enter a partner is told of its likely doubles.
	"""
	keys = frappe.qb.DocType("Name Key")
	shared = (
		frappe.qb.from_(keys)
		.select(keys.record)
		.where(keys.name_key.isin(list(keys_to_ask(name)) or [""]) & (keys.record_type == doctype))
		.where(keys.record != but)
		.groupby(keys.record)
		.orderby(Count("*"), order=frappe.qb.desc)
		.limit(MOST_COMPARED)
		.run()
	)
	return names_of(doctype, [row[0] for row in shared], country)


def names_of(doctype: str, records: Iterable[str], country: str | None = None) -> dict[str, list[str]]:
	"""The names of records as they are written, with their alternate names and acronym."""
	meta = frappe.get_meta(doctype)
	filters: dict[str, Any] = {"name": ["in", list(records) or [""]]}
	if country and meta.has_field("country"):
		filters["country"] = ["in", [country, ""]]
	columns = [column for column in (NAME_FIELDS[doctype], "acronym") if meta.has_field(column)]
	rows = frappe.get_all(doctype, filters=filters, fields=["name", *columns], limit_page_length=0)
	names = {row.name: [cstr(row[column]) for column in columns if row[column]] for row in rows}
	for row in frappe.get_all(
		"Alternate Name",
		filters={"parenttype": doctype, "parent": ["in", list(names) or [""]]},
		fields=["parent", "alternate_name"],
		limit_page_length=0,
	):
		names[row.parent].append(row.alternate_name)
	return names
