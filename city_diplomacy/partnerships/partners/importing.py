"""Partners in an import: doubles of them looked for, and their names indexed, for many at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any

import frappe
from frappe.utils import cstr

from city_diplomacy.domain.names.keys import keys_to_ask, keys_to_store
from city_diplomacy.domain.names.similarity import likely_duplicates
from city_diplomacy.partnerships.partners import known_partners, name_index
from city_diplomacy.registers.importing import AmongLines, Importing

MOST_SHOWN = 5


def key(doc: Any) -> str:
	"""Its name as it is compared, with its place."""
	doc.tidy_name()
	doc.set_name_key()
	return "|".join((doc.name_key, cstr(doc.own_country()), cstr(doc.get("region")).casefold()))


def same(documents: Sequence[Any]) -> list[str]:
	"""For each document the stored partner it repeats by name and place."""
	with known_partners.read_ahead(documents):
		return [doc.same_partner() for doc in documents]


def alike(documents: Sequence[Any]) -> list[list[str]]:
	"""For each document the stored partners of a like name, as whoever enters one by hand is told of them."""
	if not documents:
		return []
	doctype, asked = documents[0].doctype, [keys_to_ask(_name(doc)) for doc in documents]
	holders = _stored_holders(doctype, asked)
	shared = [_sharing_most(keys, holders) for keys in asked]
	known_as = name_index.names_of(doctype, set().union(*shared))
	countries = _countries(doctype, known_as)
	return [
		_alike_of(
			_name(doc),
			_country(doc),
			{record: known_as[record] for record in records if record in known_as},
			countries,
		)
		for doc, records in zip(documents, shared, strict=True)
	]


def alike_above(documents: Sequence[Any]) -> list[list[int]]:
	"""For each document the places of those above it in the list that have a like name, by the same rule."""
	known_as = {str(place): [_name(doc), *doc.other_names()] for place, doc in enumerate(documents)}
	countries = {str(place): doc.get("country") for place, doc in enumerate(documents)}
	holders: dict[str, list[str]] = defaultdict(list)
	found = []
	for (place, names), doc in zip(known_as.items(), documents, strict=True):
		candidates = _sharing_most(keys_to_ask(names[0]), holders)
		matches = _alike_of(names[0], _country(doc), {one: known_as[one] for one in candidates}, countries)
		found.append([int(one) for one in matches])
		for one in keys_to_store(names):
			holders[one].append(place)
	return found


def kept_of(doc: Any) -> dict[str, Any]:
	"""What a line is compared by with the other lines of its file."""
	names = [_name(doc), *doc.other_names()]
	asked, stored = keys_to_ask(names[0]), keys_to_store(names)
	return {
		"names": names,
		"country": _country(doc),
		"keys": sorted(asked & stored),
		"asked": sorted(asked - stored),
		"stored": sorted(stored - asked),
	}


def alike_lines(line: dict[str, Any], above: Mapping[int, dict[str, Any]]) -> list[int]:
	"""The lines above that may mean the partner of a line, by the same rule."""
	known_as = {str(number): kept["names"] for number, kept in above.items()}
	countries = {str(number): kept["country"] for number, kept in above.items()}
	return [int(one) for one in _alike_of(line["names"][0], line["country"], known_as, countries)]


def _name(doc: Any) -> str:
	return cstr(doc.get(doc.NAME_FIELD))


def _country(doc: Any) -> str:
	return cstr(doc.get("country")) if doc.meta.has_field("country") else ""


def _sharing_most(keys: Iterable[str], holders: Mapping[str, Iterable[str]]) -> list[str]:
	"""Those of the holders of a name's keys that have most of them."""
	counted = Counter(chain.from_iterable(holders.get(one, ()) for one in keys))
	if len(counted) <= name_index.MOST_COMPARED:
		return list(counted)
	return [holder for holder, _shared in counted.most_common(name_index.MOST_COMPARED)]


def _stored_holders(doctype: str, asked: Iterable[set[str]]) -> dict[str, list[str]]:
	"""By key the stored records that have it, from one look at the index."""
	table = frappe.qb.DocType("Name Key")
	rows = (
		frappe.qb.from_(table)
		.select(table.name_key, table.record)
		.where((table.record_type == doctype) & table.name_key.isin(sorted(set().union(*asked)) or [""]))
		.run()
	)
	holders: dict[str, list[str]] = defaultdict(list)
	for key, record in rows:
		holders[key].append(record)
	return holders


def _alike_of(
	name: str, here: str, known_as: Mapping[str, list[str]], countries: Mapping[str, Any]
) -> list[str]:
	"""Which of these go by a name like this, the likeliest first; none of another country."""
	if not known_as:
		return []
	candidates = {
		one: names
		for one, names in known_as.items()
		if not (here and countries.get(one) not in (here, "", None))
	}
	return [match.key for match in likely_duplicates(name, candidates)[:MOST_SHOWN]]


def _countries(doctype: str, records: Iterable[str]) -> dict[str, str]:
	if not frappe.get_meta(doctype).has_field("country"):
		return {}
	filters = {"name": ["in", list(records) or [""]]}
	rows = frappe.get_all(doctype, filters, ["name", "country"], limit_page_length=0)
	return {row.name: row.country for row in rows}


def ahead(documents: Sequence[Any]) -> AbstractContextManager[None]:
	return known_partners.read_ahead(documents)


def after(doctype: str, documents: Sequence[Any]) -> None:
	"""What `PartnerRecord.on_update` does for a new record, for all of them."""
	name_index.add_keys(doctype, {doc.name: _keys_of(doc) for doc in documents})


def _keys_of(doc: Any) -> Iterable[str]:
	"""The keys of a document's names, which are known where it was compared with the other lines."""
	if found := doc.flags.found_by:
		return [*found["keys"], *found["stored"]]
	return keys_to_store([_name(doc), *doc.other_names()])


PARTNERS = Importing(
	key=key,
	same=same,
	alike=alike,
	alike_above=alike_above,
	among_lines=AmongLines(kept=kept_of, alike=alike_lines, most_compared=name_index.MOST_COMPARED),
	# The warning of likely doubles is not given in an import; agreements with a partner that is new there are none.
	answered=frozenset(
		("after_insert", "on_update", "city_diplomacy.partnerships.agreements.names.follow_partner")
	),
	ahead=ahead,
	prepared=known_partners.remember,
	after=after,
	many_at_once=True,
	grounds=(),
)
