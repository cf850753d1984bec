"""The entries a person should look at, found over the stored keys: for one party, or for a lot of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import frappe

from city_diplomacy.domain.trade.screening.blocks import Asked
from city_diplomacy.domain.trade.screening.score import Party, Score, score
from city_diplomacy.registers.many_rows import in_lots

PARTY, KEY = "Restricted Party", "Restricted Party Key"
READ = (
	"name", "party_name", "aliases", "kind", "countries", "births", "restricted_party_list", "entry_id",
	"entry_digest",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
	"""An entry whose name reaches the threshold."""

	entry: Any
	score: Score


def candidates(parties: Mapping[str, Party], lists: Iterable[str]) -> dict[str, list[Found]]:
	"""For each party the entries of the lists, the likeliest first."""
	asked = {name: Asked(party) for name, party in parties.items()}
	entries_of = _entries_by_key({key for one in asked.values() for key in one.keys})
	worth = {name: one.worth_comparing(entries_of) for name, one in asked.items()}
	entries = _entries({entry for names in worth.values() for entry in names}, set(lists))
	found = {name: [] for name in parties}
	for name, names in worth.items():
		for entry, listed in ((entries[one]) for one in names if one in entries):
			if result := score(parties[name], listed):
				found[name].append(Found(entry, result))
		found[name].sort(key=lambda one: (-one.score.total, one.entry.party_name, one.entry.name))
	return found


def _entries_by_key(keys: set[str]) -> dict[str, list[str]]:
	table = frappe.qb.DocType(KEY)
	found: dict[str, list[str]] = {}
	for some in in_lots(sorted(keys)):
		rows = (
			frappe.qb.from_(table)
			.select(table.name_key, table.restricted_party)
			.where(table.name_key.isin(some))
			.run()
		)
		for key, entry in rows:
			found.setdefault(key, []).append(entry)
	return found


def _entries(names: set[str], lists: set[str]) -> dict[str, tuple[Any, Party]]:
	table = frappe.qb.DocType(PARTY)
	found = {}
	for some in in_lots(sorted(names)):
		rows = (
			frappe.qb.from_(table)
			.select(*(table[column] for column in READ))
			.where(table.name.isin(some))
			.run(as_dict=True)
		)
		found.update(
			{row.name: (row, party_of_entry(row)) for row in rows if row.restricted_party_list in lists}
		)
	return found


def party_of_entry(row: Any) -> Party:
	"""An entry as it is compared."""
	return Party(
		names=(row.party_name, *filter(None, (row.aliases or "").split("\n"))),
		kind=row.kind or "",
		countries=frozenset((row.countries or "").split()),
		births=tuple((row.births or "").split()),
	)
