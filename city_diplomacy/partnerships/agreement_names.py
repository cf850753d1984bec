"""What an agreement is found by: its number, its title, and its parties under any of their names."""

from typing import Any

import frappe
from frappe.utils import cstr

from city_diplomacy.domain.names import search_key
from city_diplomacy.partnerships.name_index import NAME_FIELDS

# As long as a text may be in a field of this kind.
LONGEST = 10_000


def set_search_names(doc: Any) -> None:
	"""Fill in what an agreement is found by; as stored while neither its title nor its parties changed."""
	before = doc.get_doc_before_save()
	if before and before.search_names and _named(before) == _named(doc):
		doc.search_names = before.search_names
		return
	doc.search_names = _search_names(
		doc.name, doc.title, [(row.party_type, row.party, row.party_name) for row in doc.parties]
	)


def _named(doc: Any) -> tuple:
	return doc.title, tuple((row.party_type, row.party, row.party_name) for row in doc.parties)


def follow_partner(doctype: str, name: str) -> None:
	"""Agreements with a partner are found by the names it has now, once the change is committed."""
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
	for one in titles:
		parties = [(row.party_type, row.party, row.party_name) for row in rows if row.parent == one.name]
		found_by = _search_names(one.name, one.title, parties)
		frappe.db.set_value("MOU", one.name, "search_names", found_by, update_modified=False)


def _search_names(name: str, title: str, parties: list[tuple[str, str, str]]) -> str:
	names = search_key(
		[cstr(name), cstr(title), *(cstr(party_name) for _kind, _party, party_name in parties)]
	)
	known_by = [names]
	for doctype in dict.fromkeys(kind for kind, _party, _name in parties if kind in NAME_FIELDS):
		partners = [party for kind, party, _name in parties if kind == doctype]
		# Only what finds it: whoever may know of the agreement is shown its parties.
		found_by = frappe.get_all(
			doctype, {"name": ["in", partners]}, pluck="search_names", order_by="name asc"
		)
		known_by += [cstr(names) for names in found_by]
	every = dict.fromkeys(name for names in known_by for name in names.split("|") if name)
	return "|".join(every)[:LONGEST]
