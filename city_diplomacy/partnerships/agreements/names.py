"""What an agreement is found by: its number, its title, and its parties under any of their names."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import cstr

from city_diplomacy.domain.names.similarity import search_key
from city_diplomacy.partnerships.partners.name_index import NAME_FIELDS

# As long as a text may be in a field of this kind.
LONGEST = 10_000
# Its DocType, its name, and its name as the agreement says it.
Party = tuple[str, str, str]


def set_search_names(doc: Any) -> None:
	"""Fill in what an agreement is found by; as stored while neither its title nor its parties changed."""
	before = doc.get_doc_before_save()
	if before and before.search_names and _named(before) == _named(doc):
		doc.search_names = before.search_names
		return
	parties = [(row.party_type, row.party, row.party_name) for row in doc.parties]
	doc.search_names = _search_names(doc.name, doc.title, parties, _names_of_partners(parties))


def _named(doc: Any) -> tuple:
	return doc.title, tuple((row.party_type, row.party, row.party_name) for row in doc.parties)


def follow_partner(doc: Any, method: str | None = None) -> None:
	"""Hook `on_update` of partners: agreements with one are found by the names it has now."""
	if doc.get_doc_before_save() and doc.names_changed():
		_follow(doc.doctype, doc.name)


def follow_renamed_partner(doc: Any, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Hook `after_rename` of partners: the same for a new name."""
	_follow(doc.doctype, new)


def _follow(doctype: str, name: str) -> None:
	"""Has the agreements with a partner written anew once the change is committed."""
	if frappe.db.exists("MOU Party", {"party_type": doctype, "party": name}):
		frappe.enqueue(
			f"{__name__}.refresh_agreements_with", enqueue_after_commit=True, doctype=doctype, name=name
		)


def refresh_agreements_with(doctype: str, name: str) -> None:
	"""A job: write anew what the agreements with a partner are found by."""
	agreements = frappe.get_all(
		"MOU Party", {"party_type": doctype, "party": name}, pluck="parent", limit_page_length=0
	)
	refresh_agreements(sorted(set(agreements)))


def refresh_agreements(agreements: list[str]) -> None:
	"""Write anew what agreements are found by; nothing people clear or sign changes with it."""
	titles = frappe.get_all(
		"MOU", {"name": ["in", agreements or [""]]}, ["name", "title"], limit_page_length=0
	)
	rows = frappe.get_all(
		"MOU Party",
		{"parenttype": "MOU", "parent": ["in", agreements or [""]]},
		["parent", "party_type", "party", "party_name"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	parties: dict[str, list[Party]] = defaultdict(list)
	for row in rows:
		parties[row.parent].append((row.party_type, row.party, row.party_name))
	names = _names_of_partners(party for several in parties.values() for party in several)
	found_by = {
		one.name: {"search_names": _search_names(one.name, one.title, parties[one.name], names)}
		for one in titles
	}
	frappe.db.bulk_update("MOU", found_by, update_modified=False)


def _names_of_partners(parties: Iterable[Party]) -> dict[tuple[str, str], str]:
	"""What the partners among the parties are found by, under (DocType, name)."""
	partners: dict[str, set[str]] = defaultdict(set)
	for doctype, party, _name in parties:
		if doctype in NAME_FIELDS:
			partners[doctype].add(party)
	return {
		(doctype, row.name): cstr(row.search_names)
		for doctype, names in partners.items()
		# Only what finds it: whoever may know of the agreement is shown its parties.
		for row in frappe.get_all(
			doctype, {"name": ["in", sorted(names)]}, ["name", "search_names"], limit_page_length=0
		)
	}


def _search_names(name: str, title: str, parties: list[Party], names: dict[tuple[str, str], str]) -> str:
	known_by = [
		search_key([cstr(name), cstr(title), *(cstr(party_name) for _kind, _party, party_name in parties)])
	]
	known_by += [names.get((doctype, party), "") for doctype, party, _name in parties]
	every = dict.fromkeys(one for several in known_by for one in several.split("|") if one)
	return "|".join(every)[:LONGEST]
