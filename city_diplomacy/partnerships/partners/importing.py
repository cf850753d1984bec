"""Partners in an import: doubles of them looked for, and their names indexed, for many at once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import frappe
from frappe.utils import cstr

from city_diplomacy.domain.names.keys import keys_to_ask
from city_diplomacy.domain.names.similarity import likely_duplicates
from city_diplomacy.partnerships.partners import known_partners, name_index
from city_diplomacy.registers.importing import Importing

MOST_SHOWN = 5


def key(doc: Any) -> str:
	"""Its name as it is compared, with its place."""
	doc.tidy_name()
	doc.set_search_names()
	return "|".join((doc.name_key, cstr(doc.own_country()), cstr(doc.get("region")).casefold()))


def same(documents: Sequence[Any]) -> list[str]:
	"""For each document the stored partner it repeats by name and place."""
	with known_partners.read_ahead(documents):
		return [doc.same_partner() for doc in documents]


def alike(documents: Sequence[Any]) -> list[list[str]]:
	"""For each document the stored partners of a like name, as whoever enters one by hand is told of them."""
	if not documents:
		return []
	doctype, names = documents[0].doctype, [cstr(doc.get(doc.NAME_FIELD)) for doc in documents]
	shared = _sharing_most_keys(doctype, [keys_to_ask(name) for name in names])
	known_as = name_index.names_of(doctype, {record for records in shared for record in records})
	places = _countries(doctype, known_as)
	found = []
	for doc, name, records in zip(documents, names, shared, strict=True):
		here = doc.get("country") if doc.meta.has_field("country") else None
		candidates = {
			record: known_as[record]
			for record in records
			if record in known_as and not (here and places.get(record) not in (here, "", None))
		}
		found.append([match.key for match in likely_duplicates(name, candidates)[:MOST_SHOWN]])
	return found


def _sharing_most_keys(doctype: str, asked: list[set[str]]) -> list[list[str]]:
	"""For each name the records that have most of its keys, from one look at the index."""
	rows = frappe.get_all(
		"Name Key",
		filters={"record_type": doctype, "name_key": ["in", sorted(set().union(*asked)) or [""]]},
		fields=["name_key", "record"],
		limit_page_length=0,
	)
	holders: dict[str, set[str]] = defaultdict(set)
	for row in rows:
		holders[row.name_key].add(row.record)
	found = []
	for keys in asked:
		counted = Counter(record for one in keys for record in holders.get(one, ()))
		found.append([record for record, _shared in counted.most_common(name_index.MOST_COMPARED)])
	return found


def _countries(doctype: str, records: Any) -> dict[str, str]:
	if not frappe.get_meta(doctype).has_field("country"):
		return {}
	filters = {"name": ["in", list(records) or [""]]}
	rows = frappe.get_all(doctype, filters, ["name", "country"], limit_page_length=0)
	return {row.name: row.country for row in rows}


def ahead(documents: Sequence[Any]) -> AbstractContextManager[None]:
	return known_partners.read_ahead(documents)


def after(doctype: str, documents: Sequence[Any]) -> None:
	"""What `PartnerRecord.on_update` does for a new record, for all of them."""
	name_index.index_names(
		doctype, {doc.name: [cstr(doc.get(doc.NAME_FIELD)), *doc.other_names()] for doc in documents}
	)


PARTNERS = Importing(
	key=key,
	same=same,
	alike=alike,
	# The warning of likely doubles is not given in an import; agreements with a partner that is new there are none.
	answered=frozenset(
		("after_insert", "on_update", "city_diplomacy.partnerships.agreements.names.follow_partner")
	),
	ahead=ahead,
	prepared=known_partners.remember,
	after=after,
	many_at_once=True,
)
